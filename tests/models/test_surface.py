"""Surfaces: their heights, slopes and bends against closed forms and central differences in double precision."""

import math

import pytest
import torch

from dlviz.formula import read_formula
from dlviz.models.surface import Surface

STEP = 1e-5
FORMULAS = ["x^2 + 10*y^2", "(1 - x)^2 + 100*(y - x^2)^2", "sin(x)*exp(y) + x*y", "log(1 + x^2) + abs(y)", "x/3", "2"]
PLACES = torch.tensor([[0.3, -1.2], [1.5, 0.7], [-2.0, 0.1]], dtype=torch.float64)


def surface(*formulas: str) -> Surface:
    """Return the surface of these formulas."""
    return Surface([read_formula(text, ("x", "y")) for text in formulas])


@pytest.mark.parametrize("formula", FORMULAS)
def test_slopes_are_central_differences_of_heights(formula: str) -> None:
    ground = surface(formula)
    found = ground.slope(PLACES)
    for axis in range(2):
        move = torch.zeros(2, dtype=torch.float64)
        move[axis] = STEP
        wanted = (ground.height(PLACES + move) - ground.height(PLACES - move)) / (2 * STEP)
        assert torch.allclose(found[:, axis], wanted, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("formula", FORMULAS)
def test_bends_are_central_differences_of_slopes(formula: str) -> None:
    ground = surface(formula)
    found = ground.bend(PLACES)
    assert torch.equal(found, found.transpose(-1, -2)) or torch.allclose(found, found.transpose(-1, -2))
    for axis in range(2):
        move = torch.zeros(2, dtype=torch.float64)
        move[axis] = STEP
        wanted = (ground.slope(PLACES + move) - ground.slope(PLACES - move)) / (2 * STEP)
        assert torch.allclose(found[:, axis], wanted, rtol=1e-6, atol=1e-6)


def test_the_largest_bend_of_a_stretched_bowl_is_its_condition_number() -> None:
    assert surface("(x^2 + 37*y^2)/2").sharpest(PLACES[0]) == pytest.approx(37)
    assert surface("x*y").sharpest(PLACES[0]) == pytest.approx(1)
    assert math.isnan(surface("log(x)").sharpest(torch.zeros(2, dtype=torch.float64)))


def test_parts_take_turns_and_the_height_is_their_mean() -> None:
    ground = surface("3*x", "-x", "-x")
    assert ground.height(PLACES).tolist() == pytest.approx((PLACES[:, 0] / 3).tolist())
    assert ground.part(PLACES, 4).tolist() == (-PLACES[:, 0]).tolist()
    assert ground.part(PLACES, 3).tolist() == (3 * PLACES[:, 0]).tolist()


def test_a_place_knows_nothing_of_the_others() -> None:
    ground = surface("(1 - x)^2 + 100*(y - x^2)^2")
    many = ground.slope(PLACES)
    assert all(torch.equal(ground.slope(place), row) for place, row in zip(PLACES, many, strict=True))
