"""Many seeds at once: each against its own single run, against a plain loop, and continued from a state."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, r2_score
from torch import nn
from torch.nn.functional import cross_entropy

from dlviz.data.load import load
from dlviz.models.build import build
from dlviz.recording import Curves
from dlviz.spec import Edit, Knobs, Mlp, Mnist5k, Plane, RunSpec
from dlviz.training.run import Run
from dlviz.training.seeds import learn_seeds, limit_gradients, losses, quality, train_seeds

SEEDS = (3, 0, 11)


def setting(activation="tanh", edits=(), data=None, batch_norm=False, **knobs: object) -> RunSpec:
    return RunSpec(
        data=data or Plane(data="moons", points=64, noise=0.2),
        network=Mlp(hidden=(5, 4), activation=activation, batch_norm=batch_norm),
        device="cpu",
        epochs=8,
        knobs=Knobs(**{"optimizer": "adam", "learning_rate": 0.02, "batch_size": 10, **knobs}),
        edits=edits,
    )


def single(spec: RunSpec, name: str) -> list[float]:
    return [moment[name].item() for moment in Run(spec).work() if moment is not None]


@pytest.mark.parametrize(
    "spec",
    [
        setting(),
        setting("relu", optimizer="momentum", weight_decay=0.01, batch_size=7),
        setting("sigmoid", optimizer="rmsprop"),
        setting("gelu", optimizer="nesterov", learning_rate=0.1),
        setting("elu", optimizer="adagrad", dropout=0.3),
        setting("silu", optimizer="adamw", weight_decay=0.1, schedule="cosine", schedule_epochs=5, warm_up_epochs=2),
        setting(optimizer="sgd", learning_rate=0.1, l1=0.01, l2=0.02, gradient_clip=0.5),
        setting(data=Plane(data="arms", points=62, inputs=("x1", "x1_squared", "sin_x2")), learning_rate=0.01),
        setting("own"),
        setting(batch_norm=True, optimizer="momentum", data=Plane(points=62)),
        setting(edits=(Edit(step=7, knobs=Knobs(optimizer="sgd", batch_size=16)), Edit(step=12, knobs=Knobs()))),
    ],
    ids=lambda spec: spec.knobs.optimizer,
)
def test_with_new_data_each_is_the_single_run_with_that_seed(spec):
    curves, _ = train_seeds(spec, SEEDS, 99, new_data=True)
    assert curves.epochs.tolist() == [*range(9)]
    for row, seed in enumerate(SEEDS):
        alone = spec.model_copy(update={"seed": seed})
        for split in ("train", "validation"):
            assert getattr(curves, f"{split}_loss")[row] == pytest.approx(single(alone, f"{split}_loss"), abs=1e-5)
            assert getattr(curves, f"{split}_score")[row] == pytest.approx(single(alone, f"{split}_accuracy"))
    assert np.ptp(curves.validation_loss[:, -1]) > 1e-3


def test_a_number_is_learnt_too():
    spec = setting(data=Plane(data="hills", points=60))
    curves, _ = train_seeds(spec, (5, 6), 8, new_data=True)
    alone = spec.model_copy(update={"seed": 6})
    assert curves.validation_loss[1] == pytest.approx(single(alone, "validation_loss"), abs=1e-5)
    assert curves.train_score[1] == pytest.approx(single(alone, "train_r2"), abs=1e-4)


def by_loop(spec: RunSpec, seed: int) -> list[float]:
    """Yield the training losses of one network on the data of the spec's own seed, by the textbook."""
    train = load(spec.data, spec.seed_of_data).train
    inputs, labels = torch.tensor(train.inputs), torch.tensor(train.labels)
    network = build(spec.network, (2,), 2, seed)
    optimizer = torch.optim.SGD(network.parameters(), spec.knobs.learning_rate)
    chance, found = torch.Generator().manual_seed(seed + 1), []
    for _ in range(spec.epochs):
        for batch in torch.randperm(len(labels), generator=chance).split(spec.knobs.batch_size):
            optimizer.zero_grad()
            cross_entropy(network(inputs[batch]), labels[batch]).backward()
            optimizer.step()
        found.append(cross_entropy(network(inputs), labels).item())
    return found


def test_with_the_same_data_only_weights_and_order_differ():
    spec = setting(optimizer="sgd", learning_rate=0.1)
    curves, _ = train_seeds(spec, SEEDS, 8)
    for row, seed in enumerate(SEEDS):
        assert curves.train_loss[row, 1:] == pytest.approx(by_loop(spec, seed), abs=1e-5)


@pytest.mark.parametrize("spec", [setting(), setting(dropout=0.4, optimizer="nesterov")], ids=["adam", "dropout"])
def test_parts_that_go_on_from_a_state_are_the_whole(spec):
    whole, last = train_seeds(spec, SEEDS, 8)
    state, parts = None, []
    for epochs in (3, 1, 99):
        curves, state = train_seeds(spec, SEEDS, epochs, state)
        parts.append(curves)
    assert state == last
    for name in Curves._fields:
        assert np.array_equal(np.concatenate([getattr(part, name) for part in parts], axis=-1), getattr(whole, name))
    nothing, same = train_seeds(spec, SEEDS, 5, state)
    assert (len(nothing.epochs), nothing.train_loss.shape, same) == (0, (3, 0), last)


def test_one_that_diverges_leaves_the_others_alone():
    spec = setting("identity", optimizer="sgd", learning_rate=0.6)
    curves, _ = train_seeds(spec, range(12), 8)
    lost = ~np.isfinite(curves.train_loss[:, -1])
    assert 0 < lost.sum() < 12  # the setting is at the edge
    assert not np.isfinite(curves.train_score[lost, -1]).any()
    assert not curves.solved(0.0)[lost].any()
    for row in np.flatnonzero(~lost)[:2]:
        assert curves.train_loss[row, 1:] == pytest.approx(by_loop(spec, int(row)), rel=1e-3)


def test_who_shares_a_processor_gets_it_back_after_every_update():
    spec, work, yielded = setting(batch_size=16), learn_seeds(setting(batch_size=16), SEEDS, 3), 0
    with pytest.raises(StopIteration) as end:
        while True:
            next(work)
            yielded += 1
            torch.set_num_threads(2)
    assert yielded == 3 * 2  # 32 points to learn from
    curves, state = train_seeds(spec, SEEDS, 3)
    assert end.value.value[1] == state
    assert np.array_equal(end.value.value[0].train_loss, curves.train_loss)
    assert torch.get_num_threads() == spec.threads


def test_losses_and_scores_are_those_of_each_network_by_itself():
    chance = torch.Generator().manual_seed(0)
    scores, numbers = torch.randn(3, 20, 4, generator=chance), torch.randn(3, 20, generator=chance)
    classes = torch.randint(0, 4, (3, 20), generator=chance)
    for row in range(3):
        assert losses(scores, classes)[row] == pytest.approx(cross_entropy(scores[row], classes[row]).item())
        assert quality(scores, classes)[row] == pytest.approx(accuracy_score(classes[row], scores[row].argmax(1)))
        assert losses(scores, numbers)[row] == pytest.approx((scores[row, :, 0] - numbers[row]).square().mean().item())
        assert quality(scores, numbers)[row] == pytest.approx(r2_score(numbers[row], scores[row, :, 0]), rel=1e-5)


def test_penalties_and_clipping_are_each_networks_own():
    chance = torch.Generator().manual_seed(0)
    many = [torch.randn(3, 5, 2, generator=chance), torch.randn(3, 5, generator=chance)]
    slopes = [torch.randn(values.shape, generator=chance) for values in many]
    for values, slope in zip(many, slopes, strict=True):
        values.grad = slope.clone()
    limit_gradients(many, Knobs(l1=0.3, l2=0.2, gradient_clip=2.0))
    for row in range(3):
        weight, bias = (nn.Parameter(values[row].clone()) for values in many)
        size = 0.3 * weight.abs().sum() + 0.1 * weight.square().sum()
        (size + (weight * slopes[0][row]).sum() + (bias * slopes[1][row]).sum()).backward()
        length = nn.utils.clip_grad_norm_([weight, bias], 2.0)
        assert length > 2
        assert torch.allclose(many[0].grad[row], weight.grad, atol=1e-6)
        assert torch.allclose(many[1].grad[row], bias.grad, atol=1e-6)


def test_what_cannot_be_is_refused():
    spec = setting()
    with pytest.raises(ValueError, match="dense networks that learn from points"):
        train_seeds(RunSpec(data=Mnist5k(), device="cpu"), SEEDS, 1)
    with pytest.raises(ValueError, match="set by hand belong to one network alone"):
        train_seeds(spec.fork(3, {0: 1.0}.items()), SEEDS, 1)
    for seeds in ((), (1, 1), range(101)):
        with pytest.raises(ValueError, match=f"1 to 100 different ones are needed, got {len(seeds)}"):
            train_seeds(spec, seeds, 1)
    state = train_seeds(spec, SEEDS, 1)[1]
    for other in ((setting("relu"), SEEDS, False), (spec, SEEDS[:2], False), (spec, SEEDS, True)):
        with pytest.raises(ValueError, match="state: it belongs to other seeds"):
            train_seeds(other[0], other[1], 1, state, new_data=other[2])


def test_no_random_number_is_drawn_from_everybodys_generator():
    before = torch.get_rng_state()
    train_seeds(setting(dropout=0.5), SEEDS, 1)
    assert torch.equal(torch.get_rng_state(), before)
