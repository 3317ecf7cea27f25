"""The terrain: minima that are known are found, and nothing else is taken for one."""

import pytest
import torch

from dlviz.formula import read_formula
from dlviz.models.surface import Surface
from dlviz.probes.terrain import minima, places_of

BOX = (-5.0, 5.0, -5.0, 5.0)


def surface(formula: str) -> Surface:
    """Return the surface of a formula."""
    return Surface([read_formula(formula, ("x", "y"))])


@pytest.mark.parametrize(
    ("formula", "known"),
    [
        ("x^2 + 10*y^2", [(0, 0)]),
        ("(1 - x)^2 + 100*(y - x^2)^2", [(1, 1)]),
        ("(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", [(3, 0.5)]),
        (
            "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
            [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)],
        ),
        ("(x^2 - y^2)/2 + y^4/8", [(0, 2**0.5), (0, -(2**0.5))]),
        ("x^3 - 3*x*y^2", []),
        ("x^2 - y^2", []),
        ("x + y", []),
        ("3", []),
    ],
)
def test_published_minima_are_found_and_no_others(formula: str, known: list[tuple[float, float]]) -> None:
    found = {tuple(round(one, 4) + 0.0 for one in place) for place in minima(surface(formula), BOX).tolist()}
    assert found == {tuple(round(float(one), 4) + 0.0 for one in place) for place in known}


def test_the_deepest_comes_first() -> None:
    ground = surface("20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)")
    found = minima(ground, (-2.2, 2.2, -2.2, 2.2))
    assert found[0].tolist() == pytest.approx([0, 0], abs=1e-9)
    heights = ground.height(found)
    assert len(found) == 25
    assert (heights.diff() >= -1e-9).all()


def test_a_curve_has_its_minima_on_a_line() -> None:
    found = minima(surface("x^4/4 - x^2"), BOX, one=True)
    assert found.tolist() == [pytest.approx([-(2**0.5), 0]), pytest.approx([2**0.5, 0])]


def test_places_run_upwards_row_by_row() -> None:
    grid = places_of((0, 2, 10, 14), 3)
    assert grid[0].tolist() == [[0, 10], [1, 10], [2, 10]]
    assert grid[2, 1].tolist() == [1, 14]
    assert places_of((0, 2, 10, 14), 3, one=True).tolist() == [[[0, 0], [1, 0], [2, 0]]]


def test_heights_that_are_no_numbers_are_no_hollows() -> None:
    found = minima(surface("sqrt(x) + y^2"), BOX)
    assert found.shape == (0, 2) or torch.isfinite(found).all()
