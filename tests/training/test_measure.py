"""Measurements against scikit-learn and by hand."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss

from dlviz.data.examples import Examples
from dlviz.models.build import build
from dlviz.spec import ConvBlock, ConvNet, Mlp
from dlviz.training.measure import CHUNK, confusion, evaluate, first_filters, quality, worst_mistakes


@pytest.fixture
def scores() -> torch.Tensor:
    return torch.randn(300, 4, generator=torch.Generator().manual_seed(0)) * 2


@pytest.fixture
def labels() -> torch.Tensor:
    return torch.randint(4, (300,), generator=torch.Generator().manual_seed(1))


def examples(labels: torch.Tensor) -> Examples:
    pictures = np.arange(len(labels), dtype=np.uint8)[:, None, None] * np.ones((1, 28, 28), np.uint8)
    return Examples(pictures, labels.numpy(), np.arange(len(labels)) + 1000)


def test_quality_is_what_scikit_learn_says(scores: torch.Tensor, labels: torch.Tensor) -> None:
    measured = quality("test", scores, labels)
    assert measured["test_loss"] == pytest.approx(log_loss(labels, scores.double().softmax(1)), abs=1e-5)
    assert measured["test_accuracy"] == accuracy_score(labels, scores.argmax(1))


def test_confusion_is_what_scikit_learn_says(scores: torch.Tensor, labels: torch.Tensor) -> None:
    counts = confusion(scores, labels)
    assert counts.dtype == np.int32
    assert (counts == confusion_matrix(labels, scores.argmax(1))).all()


def test_the_worst_mistakes_come_surest_first(scores: torch.Tensor, labels: torch.Tensor) -> None:
    found = worst_mistakes(scores, examples(labels))
    share = scores.softmax(1)
    wrong = [(-share[i].max().item(), i) for i in range(300) if share[i].argmax() != labels[i]]
    expected = [i for _, i in sorted(wrong)[:12]]
    assert (found["mistakes"] - 1000).tolist() == expected
    assert found["mistake_pictures"][:, 5, 5].tolist() == [i % 256 for i in expected]
    assert found["mistake_truth"].tolist() == labels[expected].tolist()
    assert found["mistake_answer"].tolist() == scores[expected].argmax(1).tolist()
    assert found["mistake_certainty"] == pytest.approx(share[expected].max(1).values.numpy())


def test_places_without_a_mistake_are_empty() -> None:
    found = worst_mistakes(torch.tensor([[3.0, 0], [0, 3], [3, 0]]), examples(torch.tensor([0, 1, 1])))
    assert found["mistakes"].tolist() == [1002] + [-1] * 11
    assert found["mistake_answer"].tolist() == [0] + [-1] * 11
    assert (found["mistake_pictures"].shape, found["mistake_pictures"][1:].max()) == ((12, 28, 28), 0)


def test_scores_that_are_no_numbers_break_nothing() -> None:
    found = worst_mistakes(torch.full((20, 4), torch.nan), examples(torch.ones(20, dtype=torch.int64)))
    assert found["mistakes"].shape == (12,)


def test_evaluation_is_chunked_leaves_no_gradient_and_uses_evaluation_mode() -> None:
    network = build(ConvNet(blocks=(ConvBlock(channels=2, batch_norm=True),), dense=()), (1, 28, 28), 10, 0)
    pictures = torch.randint(256, (2 * CHUNK + 1, 1, 28, 28), dtype=torch.uint8)
    pieces = evaluate(network, pictures)
    assert [next(pieces) for _ in range(3)] == [None] * 3
    with pytest.raises(StopIteration) as returned:
        next(pieces)
    scores = returned.value.value
    assert not scores.requires_grad
    assert torch.allclose(scores, network.eval()(pictures.float() / 255), atol=1e-5)
    assert torch.is_grad_enabled()


def test_filters_are_the_first_layers_weights() -> None:
    network = build(ConvNet(blocks=(ConvBlock(channels=5, kernel=4),)), (1, 28, 28), 10, 0)
    assert (first_filters(network) == network.conv1.weight[:, 0].detach().numpy()).all()
    dense = build(Mlp(hidden=(40,)), (1, 28, 28), 10, 0)
    assert first_filters(dense).shape == (32, 28, 28)
    assert (first_filters(dense)[3, 2] == dense.dense1.weight[3, 56:84].detach().numpy()).all()
