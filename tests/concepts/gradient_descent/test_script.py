"""The script of a race, run alone, prints the losses of the page."""

import contextlib
import io
from typing import get_args

import numpy as np
import pytest
import torch

from dlviz.concepts.gradient_descent import compute, script
from dlviz.concepts.gradient_descent.spec import DEFAULT, OPTIMIZERS, SURFACES, Race, Schedule
from dlviz.formula import read_formula
from dlviz.models.formulas import evaluate

PLACE = torch.tensor([0.7, -1.3, 2.2], dtype=torch.float64)


def printed(race: Race) -> list[np.ndarray]:
    """Return the losses (T+1,) that the script prints for each racer."""
    said, before = io.StringIO(), torch.get_default_dtype()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(script.pytorch_script(race), "race", "exec"), {"__name__": "race"})
    finally:
        torch.set_default_dtype(before)
    return [np.array(line.split()[2:], float) for line in said.getvalue().splitlines()]


def same(race: Race) -> None:
    """Check that the script prints what the page shows."""
    trace = compute.race(race)
    for found, wanted in zip(printed(race), trace.losses, strict=True):
        sound = np.isfinite(wanted)
        assert found[sound] == pytest.approx(wanted[sound], rel=1e-6, abs=1e-6)


def test_the_page_as_it_opens() -> None:
    same(DEFAULT.race)


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface(surface: str) -> None:
    same(Race(surface=surface, racers="sgd;adam;rprop", steps=40))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer(name: str) -> None:
    same(Race(surface="himmelblau", racers=name, steps=40))


@pytest.mark.parametrize(
    "change",
    [
        {"racers": "adam(bias_correction=0);newton(positive=1);sgd(lr=0.01)"},
        {"racers": "rmsprop(centered=1,momentum=0.5);adam(amsgrad=1,weight_decay=0.1)"},
        {"noise": 1.5, "seed": 3},
        {"x": 1.0, "y": -0.5},
        *({"schedule": name, "racers": "sgd;adam;lbfgs;newton"} for name in get_args(Schedule)),
        {"condition": 200.0},
        {"surface": "own", "formula": "sqrt(2) + max(x, 0)*relu(y) - abs(x)^3 + sigmoid(-x) + softplus(y) + 2^3"},
        {"surface": "own", "formula": "7"},
    ],
)
def test_every_option(change: dict) -> None:
    same(Race(**{"steps": 30, **change}))


@pytest.mark.parametrize(
    "text",
    [
        "x - (y - 2) - 1",
        "-(x + y)^2",
        "2^x^2",
        "x/(y*3)",
        "(-x)^3",
        "sqrt(2)*x",
        "min(x, 1) - pi",
        "1/(1 + exp(-x))",
        "3",
    ],
)
def test_a_formula_as_python_has_the_same_value(text: str) -> None:
    formula = read_formula(text, ("x", "y"))
    wanted = evaluate(formula, {"x": PLACE, "y": PLACE.flip(0)})
    found = eval(script.python_of(formula), {"torch": torch, "x": PLACE, "y": PLACE.flip(0)})
    assert torch.allclose(found, wanted)
