"""Diagnosis: runs that really suffer from each cause, the change made from the same step, and runs that are well."""

from dataclasses import replace

import numpy as np
import pytest

from dlviz.probes.diagnosis import Finding, diagnose
from dlviz.probes.landscape import loss_about
from dlviz.probes.units import Layer, Look, look
from dlviz.recording import Moment, Recording
from dlviz.spec import Knobs, Mlp, Mnist5k, Plane, RunSpec
from dlviz.training.run import Run


def setting(data="circle", hidden=(4, 2), activation="tanh", epochs=40, noise=0.1, points=500, **knobs) -> RunSpec:
    return RunSpec(
        data=Plane(data=data, noise=noise, points=points),
        network=Mlp(hidden=hidden, activation=activation),
        device="cpu",
        epochs=epochs,
        knobs=Knobs(**{"optimizer": "sgd", "learning_rate": 0.03, "batch_size": 10, **knobs}),
    )


def trained(spec: RunSpec) -> tuple[Run, Recording]:
    run = Run(spec)
    moments = tuple(moment for moment in run.work() if moment is not None)
    return run, Recording(spec, moments, run.diverged_at, run.finished)


def seen(run: Run) -> Look | None:
    train = run.splits.train
    return None if run.diverged_at is not None else look(run.network, train.inputs, train.labels, loss_about("class"))


def findings(spec: RunSpec) -> tuple[Finding, ...]:
    run, recording = trained(spec)
    return diagnose(recording, run.step, seen(run))


ILL = {
    "diverged": setting(activation="identity", hidden=(8, 8, 8), learning_rate=1),
    "dead": setting(activation="relu", hidden=(8, 8), learning_rate=3),
    "saturated": setting(learning_rate=3, epochs=60),
    "rate_too_small": setting(learning_rate=1e-3),
    "rate_too_large": setting(learning_rate=1, epochs=60),
    "overfitting": setting(hidden=(32, 32), optimizer="adam", learning_rate=0.01, noise=0.3, points=60, epochs=150),
}


@pytest.mark.parametrize("name", ILL)
def test_each_cause_is_found_and_its_change_helps_from_the_same_step(name):
    """Both go on for thirty epochs: the run with the change, and the run as it is."""
    spec = ILL[name]
    found = {finding.name: finding for finding in findings(spec)}
    assert name in found
    finding = found[name]
    longer = spec.model_copy(update={"epochs": spec.epochs + 30})
    changed = trained(longer.fork(finding.step, weights=finding.weights, **finding.knobs))[1]
    as_it_was = trained(longer)[1]
    if name == "diverged":
        assert as_it_was.diverged_at == finding.numbers["diverged_at"]
        assert changed.diverged_at is None
        return
    before, after = (np.mean(one.series("validation_loss")[1][-5:]) for one in (as_it_was, changed))
    assert after < 0.95 * before


SLOW = {
    "a plateau": setting("spiral", learning_rate=3e-4, epochs=400),
    "with momentum": setting(
        "spiral", hidden=(8, 8), activation="relu", optimizer="momentum", learning_rate=1e-4, epochs=150
    ),
    "three classes": setting("arms", learning_rate=1e-3, epochs=150),
    "at the start": setting("circle", learning_rate=1e-5),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_rate_too_small_is_found_where_a_higher_one_goes_down_twice_as_far(name):
    """Both go on for sixty epochs; so flat a place needs more to be left, but one sees who is faster."""
    spec = SLOW[name]
    run, recording = trained(spec)
    (finding,) = diagnose(recording, run.step, seen(run))
    longer = spec.model_copy(update={"epochs": spec.epochs + 60})
    ends = [trained(one)[1].moments[-1] for one in (longer, longer.fork(finding.step, **finding.knobs))]
    same, faster = (float(recording.moments[-1]["train_loss"] - end["train_loss"]) for end in ends)
    assert finding.name == "rate_too_small"
    assert faster > 2 * same > 0


WELL = {
    **{data: setting(data, hidden=(8, 4), optimizer="adam", learning_rate=0.01) for data in ("circle", "xor", "gauss")},
    "relu": setting("moons", hidden=(8, 4), activation="relu", optimizer="adam", learning_rate=0.01),
    "spiral": setting("spiral", hidden=(16, 16), optimizer="adam", learning_rate=0.01, epochs=100, noise=0),
    "plain descent": setting(epochs=60),
    "at its minimum": setting("circle", hidden=(), learning_rate=0.1, batch_size=250, epochs=100),
    "nearly there": setting("circle", hidden=(), learning_rate=0.01, batch_size=250, epochs=150),
    "at another minimum": setting("spiral", hidden=(), learning_rate=0.1, batch_size=250, epochs=100),
    "at its limit": setting("gauss", hidden=(4,), noise=0.5, optimizer="adam", learning_rate=0.01, epochs=60),
}


@pytest.mark.parametrize("name", WELL)
def test_a_run_that_is_well_is_left_in_peace(name):
    assert findings(WELL[name]) == ()


# ----------------------------------------------------------------------- one number after the other


def recorded(train, validation=None, spec=None, weights=None, diverged_at=None) -> Recording:
    """A recording with a moment an epoch of ten steps."""
    rows = []
    for place, loss in enumerate(train):
        arrays = {"train_loss": np.array(loss), "weights": np.ones(2) if weights is None else weights[place]}
        if validation is not None:
            arrays["validation_loss"] = np.array(validation[place])
        rows.append(Moment(10 * place, float(place), arrays))
    return Recording(spec or setting(), tuple(rows), diverged_at)


def checkup(loss=0.7, slope=0.4, length=2.0, guess=0.69, layers=()) -> Look:
    return Look(layers, loss, slope, length, guess)


def names(recording: Recording, look: Look | None = None) -> list[str]:
    return [finding.name for finding in diagnose(recording, 10_000, look or checkup())]


CRAWLING = np.linspace(0.7, 0.69, 20)  # as many moments as are looked back over


def test_a_rate_is_too_small_where_the_loss_crawls_down_a_real_slope():
    assert names(recorded(CRAWLING)) == ["rate_too_small"]
    assert names(recorded(CRAWLING), checkup(slope=0.01)) == []  # there is no way down
    assert names(recorded(CRAWLING), checkup(loss=0.1)) == []  # it has learnt enough
    assert names(recorded(np.linspace(0.7, 0.5, 20))) == []  # it falls
    assert names(recorded(CRAWLING[::-1])) == []  # it rises
    assert names(recorded(CRAWLING + 0.01 * (np.arange(20) % 2))) == []  # it trembles: the steps are not short
    assert names(recorded(0.68 + 0.02 * 0.8 ** np.arange(20))) == []  # it comes to its end
    far = np.linspace([1.0, 1], [2, 2], 20)
    assert names(recorded(CRAWLING, weights=far)) == []  # the weights travel
    assert names(recorded(CRAWLING[:5])) == []  # too early to tell
    (finding,) = diagnose(recorded(CRAWLING), 200, checkup())
    assert finding.numbers["fall"] == pytest.approx(0.01 / 0.7 / 19)
    assert finding.numbers["gain"] == pytest.approx(0.1 * 2 * 0.4 / 0.7)
    assert (finding.step, finding.knobs, finding.weights) == (200, {"learning_rate": 0.3}, ())


def test_a_rate_is_too_large_where_the_loss_jumps_and_gets_nowhere():
    jumping = 0.6 + 0.1 * (np.arange(20) % 2)
    assert names(recorded(jumping)) == ["rate_too_large"]
    assert names(recorded(jumping), checkup(loss=0.05)) == []
    leaping = np.linspace(3, 300, 20) * (1 + 0.1 * (np.arange(20) % 2))
    assert names(recorded(leaping), checkup(loss=300)) == ["rate_too_large"]
    assert names(recorded(0.6 + 0.01 * (np.arange(20) % 2))) == []
    assert names(recorded(np.linspace(3, 0.6, 20) * (1 + 0.1 * (np.arange(20) % 2)))) == []  # it jumps, but down
    (finding,) = diagnose(recorded(jumping), 200, checkup())
    assert finding.numbers["swing"] == pytest.approx(0.1 / jumping.mean())
    assert finding.knobs == {"learning_rate": 0.003}
    calm = diagnose(recorded(jumping), 5, checkup())
    assert calm == ()  # what comes after the step is not known yet


def test_overfitting_is_a_validation_loss_that_rises_while_the_other_falls():
    falling, rising = np.linspace(0.6, 0.05, 41), 0.5 + 0.01 * np.abs(np.arange(41) - 10)
    assert names(recorded(falling, rising), checkup(loss=0.05)) == ["overfitting"]
    (finding,) = diagnose(recorded(falling, rising), 400, checkup(loss=0.05))
    assert finding.numbers == pytest.approx(
        {"lowest": 0.5, "epoch": 10, "validation_loss": 0.78, "train_loss": np.median(falling[-5:])}
    )
    assert finding.knobs == {"l2": 0.03}
    stronger = setting(l2=0.02)
    assert diagnose(recorded(falling, rising, stronger), 400, checkup(loss=0.05))[0].knobs == {"l2": 0.2}
    assert names(recorded(falling, 0.5 - 0.005 * np.arange(41)), checkup(loss=0.05)) == []
    assert names(recorded(rising, rising), checkup(loss=0.5)) == []  # both rise
    assert names(recorded(falling, rising / 20), checkup(loss=0.05)) == []  # nearly perfect on both
    assert names(recorded(falling), checkup(loss=0.05)) == []  # no points were kept to judge it


def layer(activation: str, outputs: np.ndarray, sums: np.ndarray) -> Layer:
    units = sums.shape[1]
    places = np.arange(3 * units).reshape(3, units)
    return Layer(activation, sums, outputs, np.full((units, 2), 5.0), np.arange(units) + 0.5, places[:2].T, places[2])


def test_dead_units_are_those_that_give_nothing_anywhere_and_are_made_to_listen():
    sums = np.array([[-2.0, 3, -1, 4], [-4, -5, -1, -6]])
    dead = layer("relu", np.maximum(sums, 0), sums)
    (finding,) = diagnose(recorded([0.7, 0.7]), 10, checkup(layers=(dead,), loss=0.5))
    assert (finding.name, finding.knobs) == ("dead", {})
    assert finding.numbers == {"units": 4, "dead": 2, "share": 0.5}
    assert dict(finding.weights) == {0: 5, 4: 5, 8: 0.5 + 3, 2: 5, 6: 5, 10: 2.5 + 1 + 1}
    assert diagnose(recorded([0.7, 0.7]), 10, checkup(layers=(dead,), loss=5))[0].knobs == {"learning_rate": 0.003}
    alive = layer("relu", np.maximum(-sums, 0), -sums)
    assert names(recorded([0.7, 0.7]), checkup(layers=(alive, alive))) == []
    assert names(recorded([0.7, 0.7]), checkup(layers=(replace_activation(dead, "tanh"),))) == []
    digits = RunSpec(data=Mnist5k(), device="cpu")
    (finding,) = diagnose(recorded([0.7, 0.7], spec=digits), 10, checkup(layers=(dead,), loss=0.5))
    assert (finding.knobs, finding.weights) == ({"learning_rate": 1e-4}, ())  # no weights can be set there


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_saturated_units_are_flat_nearly_everywhere_and_are_brought_back(activation):
    sums = np.stack([np.linspace(6, 30, 20), np.linspace(-1, 1, 20)], axis=1)
    outputs = np.tanh(sums) if activation == "tanh" else 1 / (1 + np.exp(-sums))
    (finding,) = diagnose(recorded([0.7, 0.7]), 10, checkup(layers=(layer(activation, outputs, sums),), loss=0.5))
    assert (finding.name, finding.numbers["share"]) == ("saturated", 0.5)
    scale = 1 / sums[:, 0].std()
    assert dict(finding.weights) == pytest.approx({0: 5 * scale, 2: 5 * scale, 4: scale * (0.5 - 18)})
    mostly = sums[:, :1] - 8  # a third of them within reach
    outputs = np.tanh(mostly) if activation == "tanh" else 1 / (1 + np.exp(-mostly))
    assert names(recorded([0.7, 0.7]), checkup(layers=(layer(activation, outputs, mostly),))) == []


def test_units_with_a_function_of_ones_own_are_saturated_where_it_is_flat():
    sums = np.stack([np.linspace(6, 30, 20), np.linspace(-1, 1, 20)], axis=1)
    own = layer("own", np.exp(-sums), sums)._replace(slopes=np.exp(-sums))
    (finding,) = diagnose(recorded([0.7, 0.7]), 10, checkup(layers=(own,), loss=0.5))
    assert (finding.name, finding.numbers["share"]) == ("saturated", 0.5)
    assert finding.numbers["slope"] == pytest.approx(0.0591)
    unknown = own._replace(slopes=np.full_like(sums, np.nan))  # where there is no slope, none is flat
    assert names(recorded([0.7, 0.7]), checkup(layers=(unknown,), loss=0.5)) == []


def replace_activation(one: Layer, activation: str) -> Layer:
    return one._replace(activation=activation)


def test_no_more_weights_are_changed_than_an_edit_holds():
    sums = -np.ones((4, 200))
    (finding,) = diagnose(recorded([1, 1]), 10, checkup(layers=(layer("relu", 0 * sums, sums),), loss=0.5))
    assert len(finding.weights) == 255
    assert finding.weights == tuple(sorted(finding.weights))


def test_after_a_divergence_the_way_back_is_to_the_last_sound_moment():
    losses = [0.7, 0.6, 0.65, 900.0, np.nan]
    recording = recorded(losses, losses, diverged_at=37)
    (finding,) = diagnose(recording, 40, None)
    assert (finding.name, finding.step, finding.knobs) == ("diverged", 20, {"learning_rate": 0.003})
    assert finding.numbers == {"diverged_at": 37, "learning_rate": 0.03, "first_loss": 0.7, "largest_loss": 900}
    assert diagnose(recorded(losses, diverged_at=37), 40, None)[0].step == 20
    (at_once,) = diagnose(recorded([0.18, np.inf], diverged_at=9), 10, None)
    assert (at_once.numbers["first_loss"], at_once.numbers["largest_loss"]) == (0.18, np.inf)
    assert diagnose(replace(recording, diverged_at=None), 40, checkup(loss=np.nan)) == ()
    assert diagnose(recording, 20, None) == ()


def test_a_suggested_rate_stays_within_its_limits():
    fast = setting(learning_rate=5.0)
    assert diagnose(recorded(CRAWLING, spec=fast), 200, checkup())[0].knobs == {"learning_rate": 10}
