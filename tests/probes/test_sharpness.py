"""Sharpness: against the eigenvalues of the whole Hessian, and of matrices whose eigenvalues are known."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.func import functional_call, jacrev
from torch.nn.functional import cross_entropy

from dlviz.models.build import build
from dlviz.probes.landscape import flat_weights, squared_error
from dlviz.probes.sharpness import largest, sharpness
from dlviz.spec import Mlp

CHANCE = np.random.default_rng(0)
POINTS = CHANCE.uniform(-2, 2, (40, 2)).astype(np.float32)
LABELS = CHANCE.integers(0, 2, 40)
NUMBERS = CHANCE.uniform(-1, 1, 40).astype(np.float32)


def network(activation: str = "tanh", outputs: int = 2, **more: object) -> nn.Module:
    return build(Mlp(hidden=(5, 4), activation=activation, **more), (2,), outputs, 0)


def by_the_whole_hessian(network: nn.Module, row: np.ndarray, labels: np.ndarray, loss) -> np.ndarray:
    """All eigenvalues, the largest first, of the matrix of second derivatives that torch writes down."""
    network = network.double().eval()
    shapes = {name: values.shape for name, values in network.named_parameters()}
    points, truth = torch.tensor(POINTS).double(), torch.tensor(labels)
    truth = truth.double() if truth.is_floating_point() else truth

    def loss_of(flat: torch.Tensor) -> torch.Tensor:
        parts = flat.split([shape.numel() for shape in shapes.values()])
        values = {name: part.view(shape) for part, (name, shape) in zip(parts, shapes.items(), strict=True)}
        return loss(functional_call(network, values, (points,)), truth)

    return np.linalg.eigvalsh(jacrev(jacrev(loss_of))(torch.tensor(row)).detach().numpy())[::-1]


@pytest.mark.parametrize(
    ("activation", "about"), [("tanh", "class"), ("tanh", "number"), ("sigmoid", "class"), ("gelu", "number")]
)
def test_they_are_the_eigenvalues_of_the_whole_hessian(activation, about):
    labels, loss = (LABELS, cross_entropy) if about == "class" else (NUMBERS, squared_error)
    one = network(activation, 2 if about == "class" else 1)
    start = flat_weights(one)
    rows = np.stack([start, start + 0.3 * CHANCE.standard_normal(len(start)), 3 * start])
    found = sharpness(one, rows, POINTS, labels, 3, loss, tolerance=1e-9)
    for row, values in zip(rows, found.values, strict=True):
        assert np.allclose(values, by_the_whole_hessian(one, row, labels, loss)[:3], rtol=1e-8, atol=1e-10)


def test_at_the_usual_tolerance_the_sharpness_is_right_to_four_digits_in_few_rounds():
    one = build(Mlp(hidden=(12, 12), activation="tanh"), (2,), 2, 1)
    row = flat_weights(one)
    found = sharpness(one, row[None], POINTS, LABELS)
    exact = by_the_whole_hessian(one, row, LABELS, cross_entropy)
    assert found.values[0] == pytest.approx(exact[:3], rel=1e-4)
    assert found.rounds < 25
    assert (np.abs(found.values[0] - exact[:3]) <= found.errors[0]).all()


def test_the_network_stays_as_it_is():
    one = network()
    before = flat_weights(one)
    sharpness(one, before[None] + 1, POINTS, LABELS)
    assert (flat_weights(one) == before).all()
    assert next(one.parameters()).dtype == torch.float32


def test_a_normalisation_takes_the_examples_as_one_batch():
    one = network(batch_norm=True)
    row = flat_weights(one)
    found = sharpness(one, row[None], POINTS, LABELS, 2, tolerance=1e-9)
    slopes = [slope_in_training(one, row + h * way) for way in np.eye(len(row)) for h in (1e-5, -1e-5)]
    bent = (np.array(slopes[::2]) - np.array(slopes[1::2])) / 2e-5
    assert found.values[0] == pytest.approx(np.linalg.eigvalsh((bent + bent.T) / 2)[::-1][:2], rel=1e-7)


def slope_in_training(network: nn.Module, row: np.ndarray) -> np.ndarray:
    """The slope of the loss as training sees it: by plain backward, with the batch's own mean and spread."""
    network = network.double().train()
    nn.utils.vector_to_parameters(torch.tensor(row), network.parameters())
    network.zero_grad()
    cross_entropy(network(torch.tensor(POINTS).double()), torch.tensor(LABELS)).backward()
    return torch.cat([values.grad.flatten() for values in network.parameters()]).numpy()


@pytest.mark.parametrize("size", [1, 2, 7, 60])
def test_a_matrix_with_known_eigenvalues_has_them(size):
    known = CHANCE.uniform(-3, 2, size)
    turned, _ = np.linalg.qr(CHANCE.standard_normal((size, size)))
    matrix = torch.tensor(turned * known @ turned.T)[None]
    found = largest(lambda directions: matrix @ directions, (1, size), 3, tolerance=1e-10)
    assert np.allclose(found.values[0], np.sort(known)[::-1][:3], atol=1e-9)


def test_the_largest_is_the_most_positive_although_a_negative_one_is_larger_in_size():
    matrix = torch.diag(torch.tensor([1.0, -50.0, 0.5, -2.0, 0.0, 0.2]).double())[None]
    assert largest(lambda directions: matrix @ directions, (1, 6), 2).values[0] == pytest.approx([1, 0.5])


def test_where_all_bend_down_the_largest_is_negative():
    matrix = -torch.diag(torch.tensor([3.0, 1.0, 2.0]).double())[None]
    assert largest(lambda directions: matrix @ directions, (1, 3), 1).values[0] == pytest.approx([-1])


def test_equal_eigenvalues_are_all_found():
    matrix = torch.diag(torch.tensor([4.0, 4.0, 4.0] + [1.0] * 20).double())[None]
    assert largest(lambda directions: matrix @ directions, (1, 23), 3).values[0] == pytest.approx([4, 4, 4])


def test_nothing_bends_on_a_plain():
    assert largest(torch.zeros_like, (2, 9), 2).values == pytest.approx(np.zeros((2, 2)))


def test_rows_that_do_not_fit_or_have_run_away_are_refused():
    one = network()
    size = len(flat_weights(one))
    with pytest.raises(ValueError, match=f"rows of {size} are needed"):
        sharpness(one, np.zeros((2, size + 1)), POINTS, LABELS)
    with pytest.raises(ValueError, match="diverged"):
        sharpness(one, np.full((1, size), np.nan), POINTS, LABELS)
