"""Updates written out by hand against autograd, bit for bit, and against differences of the loss in float64."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from dlviz.models.build import build, set_dropout
from dlviz.models.layers import Stages
from dlviz.spec import Activation, Mlp
from dlviz.training.flat import Flat
from dlviz.training.stretch import ByAutograd, ByHand

POINTS, SIZE = 23, 5  # four whole batches and one of three
ACTIVATIONS = ["relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "identity"]


def study(about: str, **fields: object) -> tuple[Stages, Flat, Tensor, Tensor]:
    """Return a network, its parameters as one, and something to learn."""
    outputs = 1 if about == "number" else 3
    network = build(Mlp(**{"hidden": (6, 5), **fields}), (2,), outputs, 7, torch.Generator().manual_seed(5))
    chance = torch.Generator().manual_seed(1)
    points = torch.randn(POINTS, 2, generator=chance)
    truth = torch.randn(POINTS, 1, generator=chance) if about == "number" else torch.arange(POINTS) % 3
    return network, Flat(network), points, truth


def taught(way: type, about: str, share: float, **fields: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the scores, the parameters and the last gradient after a stretch of plain descent."""
    network, flat, points, truth = study(about, **fields)
    set_dropout(network, share)
    network.train()

    def descend(rate: float) -> None:
        flat.values.data.sub_(rate * flat.values.grad)

    scores = way(network, about).learn(points, truth, SIZE, [0.1, 0.2, 0.05, 0.1, 0.3], descend)
    buffers = [values.double() for values in network.buffers()]
    learnt = torch.cat([flat.values.detach().double(), *(values.flatten() for values in buffers)])
    return scores.numpy(), learnt.numpy(), flat.values.grad.numpy()


@pytest.mark.parametrize("about", ["class", "number"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_by_hand_has_the_bits_of_autograd(activation: Activation, about: str) -> None:
    for ours, autograds in zip(
        taught(ByHand, about, 0, activation=activation),
        taught(ByAutograd, about, 0, activation=activation),
        strict=True,
    ):
        assert np.array_equal(ours, autograds)


TYPED = ["x*sigmoid(x)", "x^2/4", "max(x, 0.1x)", "sin(2x)", "x", "exp(-x^2)", "sign(x)", "log(x)"]


@pytest.mark.parametrize("about", ["class", "number"])
@pytest.mark.parametrize("own", TYPED)
def test_typed_activations_have_the_bits_of_autograd(own: str, about: str) -> None:
    for fields in ({"activation": "own"}, {"activations": ("own", "tanh")}, {"activation": "own", "batch_norm": True}):
        for ours, autograds in zip(
            taught(ByHand, about, 0.2, own=own, **fields),
            taught(ByAutograd, about, 0.2, own=own, **fields),
            strict=True,
        ):
            assert np.array_equal(ours, autograds, equal_nan=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"share": 0.3},
        {"share": 0.5, "activations": ("relu", "tanh")},
        {"share": 0, "batch_norm": True},
        {"share": 0.2, "batch_norm": True, "activation": "elu"},
        {"share": 0.4, "hidden": ()},
        {"share": 0, "hidden": (4, 4, 4, 4, 4, 4), "activation": "tanh"},
    ],
    ids=str,
)
def test_all_stages_have_the_bits_of_autograd(fields: dict) -> None:
    share = fields["share"]
    rest = {name: value for name, value in fields.items() if name != "share"}
    for about in ("class", "number"):
        for ours, autograds in zip(
            taught(ByHand, about, share, **rest), taught(ByAutograd, about, share, **rest), strict=True
        ):
            assert np.array_equal(ours, autograds)


def test_a_batch_of_one_with_batch_norm_has_the_bits_of_autograd() -> None:
    results = []
    for way in (ByHand, ByAutograd):
        network, flat, points, truth = study("class", batch_norm=True)
        way(network, "class").learn(points[:6], truth[:6], 5, [0.1, 0.1], lambda _: None)
        results.append(torch.cat([flat.values.grad, network.norm1.running_mean]).numpy())
        assert network.norm1.num_batches_tracked == 1
    assert np.array_equal(*results)


@pytest.mark.parametrize("about", ["class", "number"])
@pytest.mark.parametrize("activation", ["tanh", "gelu", "silu", "elu", "sigmoid", "own"])
def test_gradients_are_the_slopes_of_the_loss(activation: Activation, about: str) -> None:
    """Central differences in float64: h = 1e-5 leaves errors of 1e-9, float32 gradients some 1e-6."""
    network, flat, points, truth = study(about, activation=activation)
    ByHand(network, about).learn(points, truth, POINTS, [0.0], lambda _: None)
    exact, start = network.double(), flat.values.detach().double()
    loss = nn.functional.mse_loss if about == "number" else nn.functional.cross_entropy
    slopes = []
    for place in range(len(start)):
        losses = []
        for side in (1e-5, -1e-5):
            moved = start.clone()
            moved[place] += side
            nn.utils.vector_to_parameters(moved, exact.parameters())
            losses.append(loss(exact(points.double()), truth.double() if about == "number" else truth).item())
        slopes.append((losses[0] - losses[1]) / 2e-5)
    assert flat.values.grad.numpy() == pytest.approx(np.array(slopes), abs=3e-6)


def test_rates_reach_their_updates_in_order() -> None:
    network, _, points, truth = study("class")
    seen: list[float] = []
    scores = ByHand(network, "class").learn(points, truth, SIZE, [1, 2, 3, 4, 5], seen.append)
    assert seen == [1, 2, 3, 4, 5]
    with torch.no_grad():
        assert torch.allclose(scores, network(points), atol=1e-6)
