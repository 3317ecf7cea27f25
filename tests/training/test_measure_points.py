"""What is measured on the plane against the network asked directly, and against scikit-learn."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, mean_squared_error, r2_score

from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.spec import Mlp, Plane, RunSpec
from dlviz.training.machine import tensors
from dlviz.training.measure_points import Sight, batch_losses, quality


def measured(data: Plane) -> tuple[dict, dict]:
    """Return what is measured of a fresh network, and for each part its scores and labels."""
    spec = RunSpec(data=data, network=Mlp(hidden=(5,), activation="tanh", initializer="normal"))
    network = build_for(spec)
    parts = {name: part for name, part in tensors(load(data, 0), "cpu").items() if name != "test"}
    found = Sight(parts, data.about, spec.parameters, "cpu").measured(network)
    with torch.no_grad():
        return found, {name: (network(points).numpy(), labels.numpy()) for name, (points, labels) in parts.items()}


@pytest.mark.parametrize("data", ["circle", "checkerboard"])
def test_classes_are_judged_as_scikit_learn_judges_them(data: str) -> None:
    found, parts = measured(Plane(data=data, points=90))
    for name, (scores, labels) in parts.items():
        shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        assert found[f"{name}_loss"] == pytest.approx(log_loss(labels, shares), abs=1e-6)
        assert found[f"{name}_accuracy"] == accuracy_score(labels, scores.argmax(1))
    scores, labels = parts["validation"]
    assert (found["confusion"] == confusion_matrix(labels, scores.argmax(1))).all()


@pytest.mark.parametrize("data", ["slope", "hills"])
def test_numbers_are_judged_as_scikit_learn_judges_them(data: str) -> None:
    found, parts = measured(Plane(data=data, points=90, inputs=("x1", "x2", "sin_x1")))
    for name, (scores, labels) in parts.items():
        assert found[f"{name}_loss"] == pytest.approx(mean_squared_error(labels, scores[:, 0]), rel=1e-5)
        assert found[f"{name}_r2"] == pytest.approx(r2_score(labels, scores[:, 0]), rel=1e-5)
    assert "confusion" not in found


def test_numbers_that_are_all_alike_are_explained_wholly_or_not_at_all() -> None:
    labels = torch.full((4,), 0.5)
    assert quality("train", labels[:, None], labels, "number")["train_r2"] == 1
    assert quality("train", labels[:, None] + 1, labels, "number")["train_r2"] == 0


@pytest.mark.parametrize("size", [1, 4, 5, 11, 20])
def test_losses_are_told_batch_by_batch(size: int) -> None:
    scores, classes, numbers = torch.randn(11, 3), torch.arange(11) % 3, torch.randn(11, 1)
    losses, right = batch_losses(scores, classes, size, "class")
    parts = list(zip(scores.split(size), classes.split(size), strict=True))
    assert losses == pytest.approx([torch.nn.functional.cross_entropy(s, c).item() for s, c in parts], rel=1e-6)
    assert right == [int((s.argmax(1) == c).sum()) for s, c in parts]
    losses, right = batch_losses(scores[:, :1], numbers, size, "number")
    parts = list(zip(scores[:, :1].split(size), numbers.split(size), strict=True))
    assert losses == pytest.approx([torch.nn.functional.mse_loss(s, n).item() for s, n in parts], rel=1e-6)
    assert right == [0] * len(parts)
