"""What is left of many runs: the same moments are looked at, and the same weights kept, as in each run by itself."""

import numpy as np
import pytest

from dlviz.spec import Curve, Knobs, Mlp, Mnist5k, Pairs, RunSpec, Table
from dlviz.training.finals import are_alike, learn_alike
from dlviz.training.run import Run
from tests.pieces import whole

FEW = Mnist5k(train_share=0.05, validation_share=0.02, test_share=0.02)
CURVE = RunSpec(data=Curve(data="wave"), network=Mlp(hidden=(4,)), epochs=7, device="cpu")


def setting(data: object, hidden: tuple[int, ...] = (5, 4), epochs: int = 6, **more: object) -> RunSpec:
    own = {"activation": more.pop("activation", "tanh"), "batch_norm": more.pop("batch_norm", False)}
    network = Mlp(hidden=hidden, **own)
    chosen = Knobs(**{"learning_rate": 0.02, "batch_size": 16, **more})
    return RunSpec(data=data, network=network, epochs=epochs, device="cpu", knobs=chosen)


def seeds(spec: RunSpec, *numbers: int) -> tuple[RunSpec, ...]:
    return tuple(spec.model_copy(update={"seed": number}) for number in numbers)


def has_diverged(spec: RunSpec) -> bool:
    run = Run(spec)
    for _ in run.work():
        pass
    return run.diverged_at is not None


@pytest.mark.parametrize(
    "spec",
    [
        setting(Curve(data="wave", points=70), epochs=130),  # so long that not every epoch is a moment
        setting(Table(), fault="huber", huber_delta=0.3, dropout=0.2),
        setting(Table(data="diabetes"), optimizer="nesterov", fault="absolute", l1=0.01, gradient_clip=0.5),
        setting(Table(), batch_norm=True, optimizer="momentum"),
        setting(FEW, hidden=(9,), epochs=3, batch_size=30, dropout=0.1),
        setting(FEW, hidden=(6, 5), epochs=2, optimizer="adamw", weight_decay=0.1, schedule="cosine"),
        setting(Pairs(), hidden=(3,)),
    ],
    ids=["curve", "huber", "absolute", "norm", "digits", "deep digits", "nothing to validate on"],
)
def test_the_best_moment_and_the_last_are_those_of_each_run_alone(spec: RunSpec) -> None:
    runs = seeds(spec, 3, 0, 11)
    for run, found in zip(runs, whole(learn_alike(runs)), strict=True):
        alone, kept = Run(run), []
        for moment in alone.work():
            if moment is not None:
                kept.append((float(moment.arrays.get("validation_loss", -moment.epoch)), moment.epoch, alone.weights()))
        _, epoch, best = min(kept, key=lambda one: one[0])
        assert found.best_epoch == pytest.approx(epoch, rel=1e-6)
        for here, there in ((found.best, best), (found.last, alone.weights())):
            assert here.keys() == there.keys()
            assert all(np.allclose(here[name], there[name], atol=2e-5) for name in there)


def test_who_diverges_has_no_last_weights_and_the_others_go_on() -> None:
    spec = setting(Table(), hidden=(5,), activation="relu", epochs=20, optimizer="sgd", learning_rate=0.3)
    runs = seeds(spec, *range(6))
    lost = [has_diverged(run) for run in runs]
    assert set(lost) == {True, False}
    found = whole(learn_alike(runs))
    assert [one.last is None for one in found] == lost
    assert all(np.isfinite(values).all() for one in found for values in one.best.values())


def test_only_seeds_may_differ() -> None:
    assert are_alike(seeds(CURVE, 1, 2))
    other = CURVE.model_copy(update={"epochs": 9})
    assert not are_alike((CURVE, other))
    assert not are_alike(seeds(CURVE.fork(3, learning_rate=0.5), 1, 2))
    assert not are_alike(seeds(setting(FEW, rotate=10.0), 1, 2))
    with pytest.raises(ValueError, match="differ in nothing but the seed"):
        whole(learn_alike((CURVE, other)))
