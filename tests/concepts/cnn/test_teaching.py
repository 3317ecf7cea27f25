"""A drawing can be taught, quickly, and what was known stays known."""

import numpy as np
import pytest
import torch

from dlviz.concepts.cnn.compute import taught
from dlviz.concepts.cnn.drawing import prepare
from dlviz.concepts.cnn.spec import ARTICLE
from dlviz.concepts.cnn.teaching import KNOWN, _batch, teach
from dlviz.probes.activations import probabilities
from dlviz.probes.surgery import accuracy
from dlviz.training.run import Run
from tests import strokes


@pytest.fixture(scope="module")
def learnt():
    run = Run(ARTICLE.model_copy(update={"device": "cpu", "epochs": 2}))
    list(run.work())
    run.network.eval()
    return run.network, run.splits


def drawn(digit: int, seed: int) -> np.ndarray:
    return prepare(strokes.rasterise(strokes.strokes(digit, seed), strokes.thickness(seed))).picture


def taught_one(learnt, digit: int, seed: int, label: int):
    network, splits = learnt
    known = splits.train.inputs, splits.train.labels
    picture = drawn(digit, seed)[None]
    pupil, losses = teach(network, picture, np.array([label]), *known, 20, torch.Generator().manual_seed(0))
    before, after = (accuracy(one, splits.validation.inputs, splits.validation.labels) for one in (network, pupil))
    return probabilities(pupil, picture)[0], losses, before, after


def test_drawings_are_learnt_and_the_rest_is_not_forgotten(learnt):
    lost = []
    for digit, seed in ((1, 11), (4, 3), (9, 29), (0, 200)):
        answer, losses, before, after = taught_one(learnt, digit, seed, digit)
        assert answer[digit] > 0.9
        assert len(losses) == 20 and losses[-5:].mean() < losses[0]
        lost.append(before - after)
    assert np.mean(lost) < 0.02 and max(lost) < 0.04


def test_even_a_wrong_label_is_learnt_because_it_is_learning_and_not_a_trick(learnt):
    answer, *_ = taught_one(learnt, 7, 5, 3)
    assert answer.argmax() == 3


def test_the_given_network_stays_as_it_was(learnt):
    network, _ = learnt
    before = {name: values.clone() for name, values in network.state_dict().items()}
    taught_one(learnt, 2, 1, 2)
    assert all(torch.equal(values, before[name]) for name, values in network.state_dict().items())
    assert all(values.grad is None for values in network.parameters()) or not network.training


def test_nothing_to_learn_is_said(learnt):
    network, splits = learnt
    nothing = np.zeros((0, 28, 28), np.float32)
    with pytest.raises(ValueError, match="0 pictures"):
        teach(network, nothing, np.zeros(0), splits.train.inputs, splits.train.labels, 5, torch.Generator())


def test_the_ask_says_what_the_lesson_did(learnt):
    found = taught(lambda spec, step: learnt, ARTICLE, None, (drawn(1, 11),), (1,), 15)
    assert found.before.shape == found.after.shape == (1, 10) and found.losses.shape == (15,)
    assert found.after[0, 1] > found.before[0, 1]
    assert found.digits == 500 and 0 <= found.accuracy_after <= 1
    again = taught(lambda spec, step: learnt, ARTICLE, None, (drawn(1, 11),), (1,), 15)
    assert np.array_equal(found.after, again.after)


def test_the_ask_reads_others_too_without_teaching_them(learnt):
    lesson = (lambda spec, step: learnt, ARTICLE, None, (drawn(1, 11),), (1,), 15)
    alone, beside = taught(*lesson), taught(*lesson, (drawn(4, 3),))
    assert beside.before.shape == beside.after.shape == (2, 10)
    assert np.allclose(beside.after[0], alone.after[0], atol=1e-6) and np.array_equal(beside.losses, alone.losses)
    assert beside.before[1] == pytest.approx(probabilities(learnt[0], drawn(4, 3)[None])[0], abs=1e-6)


@pytest.mark.parametrize("count", [1, 3, 10])
def test_every_drawing_is_shown_in_every_step(learnt, count):
    _, splits = learnt
    pictures = np.stack([np.full((28, 28), (place + 1) / 20, np.float32) for place in range(count)])
    generator = torch.Generator().manual_seed(0)
    inputs, truth = _batch(pictures, np.arange(count), splits.train.inputs, splits.train.labels, generator)
    shown = len(inputs) - KNOWN
    assert len(truth) == len(inputs) and set(truth[:shown].tolist()) == set(range(count))
