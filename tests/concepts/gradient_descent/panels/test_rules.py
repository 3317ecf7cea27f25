"""The rule that is written beside a step is the one that was computed: each is redone by hand from its own formula."""

import numpy as np
import pytest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import rules
from dlviz.concepts.gradient_descent.spec import GROUNDS, OPTIMIZERS, Race, Racer


def hand(name: str, k: dict, g: np.ndarray, trace: object, t: int) -> np.ndarray:
    """Return the step number t (from 1) as the written rule says it, from the slopes and moments that are shown."""
    m, s, lr = trace.moments[0, t - 1], trace.squares[0, t - 1], k["lr"]
    x = trace.path[0, t - 1]
    hat = lambda value, beta: value / (1 - k[beta] ** t)  # noqa: E731
    if name == "sgd":
        return -lr * g
    if name == "momentum":
        return -lr * m
    if name == "nesterov":
        return -lr * (g + k["momentum"] * m)
    if name in ("adam", "adamw"):
        return -lr * hat(m, "beta1") / (np.sqrt(hat(s, "beta2")) + k["eps"]) - lr * k["weight_decay"] * x * (
            name == "adamw"
        )
    if name == "adagrad":
        return -lr * g / (np.sqrt(s) + k["eps"])
    if name == "rmsprop":
        return -lr * g / (np.sqrt(s) + k["eps"])
    if name == "adamax":
        return -lr / (1 - k["beta1"] ** t) * m / s
    if name == "asgd":
        eta = lr / (1 + k["lambd"] * lr * (t - 1)) ** k["alpha"] if t > 1 else lr
        return -eta * (g + k["lambd"] * x)
    if name == "muon":
        v = (1 - k["momentum"]) * g + k["momentum"] * m
        return -lr * v / np.linalg.norm(v)
    raise KeyError(name)


@pytest.mark.parametrize(
    ("name", "close"),
    [(name, 1e-6) for name in ("sgd", "momentum", "nesterov", "adam", "adamw", "adagrad", "rmsprop", "adamax")]
    + [("asgd", 1e-5), ("muon", 0.4)],  # Muon's length is only about one
)
def test_the_written_rule_gives_the_step(name: str, close: float) -> None:
    race = Race(surface="himmelblau", racers=name, steps=8)
    trace, knobs = compute.race(race), Racer(name).knobs(race.ground)
    for t in range(1, 9):
        step = trace.path[0, t] - trace.path[0, t - 1]
        assert step == pytest.approx(hand(name, knobs, trace.slopes[0, t - 1], trace, t), rel=close, abs=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_goes_from_the_slope_to_the_new_place(name: str) -> None:
    lines = rules.lines(name, Racer(name).knobs(GROUNDS["bowl"]))
    assert [line.of for line in lines[:2]] == ["before", "slopes"]
    assert lines[-1].of == "after"
    assert sum(line.of == "step" for line in lines) == 1


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_a_rule_says_the_optimizer_keeps_it_keeps(name: str) -> None:
    trace = compute.race(Race(racers=name, steps=3))
    kept = {line.of for line in rules.lines(name, Racer(name).knobs(GROUNDS["ravine"]))}
    for of in ("moments", "squares"):
        assert (of in kept) <= bool(np.isfinite(getattr(trace, of)).all()), of


def test_knobs_stand_in_the_formula_as_they_are() -> None:
    knobs = Racer("adam").turn("beta1", 0.8).turn("lr", 0.002).knobs(GROUNDS["bowl"])
    text = "\n".join(line.formula for line in rules.lines("adam", knobs))
    assert "m ← 0.8·m + 0.2·g" in text
    assert "−0.002·m̂ / (√ŝ + 1e−8)" in text
    plain = rules.lines("adam", {**knobs, "bias_correction": 0.0})
    assert "m̂" not in plain[-2].formula


def test_weight_decay_stands_where_it_acts() -> None:
    knobs = Racer("sgd").turn("weight_decay", 0.1).knobs(GROUNDS["bowl"])
    assert rules.lines("sgd", knobs)[1].formula == "∇f(θ);  g = ∇f(θ) + 0.1·θ"
    decoupled = Racer("adamw").turn("weight_decay", 0.1).knobs(GROUNDS["bowl"])
    assert (
        rules.lines("adamw", decoupled)[-2].formula.endswith("− 0.25·0.1·θ")
        or "0.1·θ" in rules.lines("adamw", decoupled)[-2].formula
    )


def test_rmsprop_has_a_velocity_only_with_momentum() -> None:
    assert not rules.has_velocity("rmsprop", {"momentum": 0.0})
    assert rules.has_velocity("rmsprop", {"momentum": 0.5})
