"""Learning from points against the loop of the textbook, and what the learner remembers of it."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.recording import Moment, pack_moments
from dlviz.spec import INPUTS, Knobs, Mlp, Plane, RunSpec
from dlviz.training.machine import tensors
from dlviz.training.optimizers import KINDS, make_optimizer
from dlviz.training.points_learner import PointsLearner

SMALL = RunSpec(data=Plane(points=100), network=Mlp(hidden=(4, 3), activation="tanh"), device="cpu")


def learner(spec: RunSpec) -> PointsLearner:
    """Return a learner of the run's network that has not learnt yet."""
    noise = torch.Generator().manual_seed(1)
    found = PointsLearner(spec, build_for(spec, noise), tensors(load(spec.data, spec.seed_of_data), "cpu"), noise)
    found.turn(make_optimizer([found.flat.values], spec.knobs), spec.knobs)
    return found


def plainly_learnt(spec: RunSpec, positions: torch.Tensor, rate: float) -> tuple[list[float], torch.Tensor]:
    """Return losses and weights after the same updates with autograd and torch.optim, parameter by parameter."""
    network, knobs = build_for(spec).train(), spec.knobs
    points, labels = tensors(load(spec.data, spec.seed_of_data), "cpu")["train"]
    optimizer = make_optimizer(network.parameters(), knobs)
    losses = []
    for batch in positions.split(knobs.batch_size):
        scores = network(points[batch])
        if spec.data.about == "number":
            loss = nn.functional.mse_loss(scores[:, 0], labels[batch])
        else:
            loss = nn.functional.cross_entropy(scores, labels[batch])
        losses.append(loss.item())
        weights = [values for values in network.parameters() if values.ndim > 1]
        extra = sum(knobs.l1 * w.abs().sum() + knobs.l2 / 2 * w.square().sum() for w in weights)
        optimizer.zero_grad()
        (loss + extra).backward()
        if knobs.gradient_clip:
            nn.utils.clip_grad_norm_(network.parameters(), knobs.gradient_clip)
        optimizer.step()
    return losses, nn.utils.parameters_to_vector(network.parameters()).detach()


SETTINGS = {
    **{name: {"knobs": Knobs(optimizer=name, learning_rate=0.02, batch_size=7)} for name in KINDS},
    "decayed": {"knobs": Knobs(optimizer="rmsprop", weight_decay=0.1, batch_size=7)},
    "penalties": {"knobs": Knobs(l1=0.01, l2=0.02, batch_size=7)},
    "clipped": {"knobs": Knobs(optimizer="momentum", learning_rate=0.1, gradient_clip=0.05, batch_size=7)},
    "number": {"data": Plane(data="hills", points=100), "knobs": Knobs(batch_size=7)},
    "all inputs": {"data": Plane(data="arms", points=100, inputs=INPUTS), "knobs": Knobs(batch_size=7)},
}


@pytest.mark.parametrize("fields", SETTINGS.values(), ids=SETTINGS)
def test_a_hundred_updates_are_those_of_autograd_and_torchs_optimizer(fields: dict) -> None:
    spec = SMALL.model_copy(update=fields)
    ours, rate = learner(spec), spec.knobs.learning_rate
    losses: list[float] = []
    positions = torch.cat([torch.randperm(50, generator=torch.Generator().manual_seed(i)) for i in range(14)])
    for stretch in positions.split(7 * 25):
        losses += ours.learn(stretch, [rate] * len(stretch.split(7))).losses
    expected, weights = plainly_learnt(spec, positions, rate)
    assert len(losses) == 100
    assert losses == pytest.approx(expected, abs=1e-6)
    assert ours.flat.values.detach().numpy() == pytest.approx(weights.numpy(), abs=1e-5)


def test_it_does_learn() -> None:
    ours = learner(SMALL.model_copy(update={"knobs": Knobs(learning_rate=0.05, batch_size=10)}))
    for _ in range(60):
        ours.learn(torch.arange(50), [0.05] * 5)
    assert ours.measured()["train_accuracy"] == 1


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_a_stretch_ends_at_the_update_that_broke_it(dropout: float) -> None:
    spec = RunSpec(
        data=Plane(data="hills", points=100),
        network=Mlp(hidden=(8, 8), activation="identity"),
        device="cpu",
        knobs=Knobs(optimizer="sgd", batch_size=2, dropout=dropout),
    )
    ours, alone = learner(spec), learner(spec)
    for each in (ours, alone):
        nn.Module.train(each.network)
        for layer in each.network:
            if hasattr(layer, "share"):
                layer.share = dropout
        each.turn(make_optimizer([each.flat.values], spec.knobs), spec.knobs)
    learnt = ours.learn(torch.arange(50), [10.0] * 25)
    count = len(learnt.losses)
    assert 1 < count < 25
    assert all(map(math.isfinite, learnt.losses[:-1])) and not math.isfinite(learnt.losses[-1])
    for start in range(0, 2 * count, 2):  # one by one there is nothing to take back
        alone.learn(torch.arange(start, start + 2), [10.0])
    assert np.array_equal(ours.flat.values.detach(), alone.flat.values.detach(), equal_nan=True)
    assert ours.batch.tolist() == alone.batch.tolist()


def test_the_last_mini_batch_and_its_gradient_are_remembered() -> None:
    ours = learner(SMALL.model_copy(update={"knobs": Knobs(optimizer="sgd", batch_size=8)}))
    ours.learn(torch.arange(20), [0.1] * 3)
    assert ours.measured()["batch"].tolist() == [16, 17, 18, 19]
    before = ours.measured()["weights"]
    ours.learn(torch.arange(20, 28), [0.5])
    after = ours.measured()
    assert before - after["weights"] == pytest.approx(0.5 * after["gradients"], abs=1e-7)
    assert ours.gradient_norm == pytest.approx(np.linalg.norm(after["gradients"]), rel=1e-6)
    again = learner(SMALL)
    again.restore(ours.arrays())
    assert again.batch.tolist() == ours.batch.tolist()
    assert torch.equal(again.flat.values.grad, ours.flat.values.grad)


@pytest.mark.parametrize("data", ["spiral", "arms", "hills"])
def test_a_moment_of_two_layers_of_eight_fits_in_sixteen_kilobytes(data: str) -> None:
    network = Mlp(hidden=(8, 8), activation="tanh")
    ours = learner(RunSpec(data=Plane(data=data), network=network, device="cpu", knobs=Knobs(batch_size=10)))
    ours.learn(torch.arange(250), [0.01] * 25)
    rest = {"losses": np.zeros(50, np.float32), "epoch_losses": np.zeros(16), **dict.fromkeys("abcdef", np.array(0.5))}
    assert len(pack_moments([Moment(400, 16.0, {**ours.measured(), **rest})])) <= 16_000
