"""The paths of the penalties: a line for each weight, and the run on the stage where its strength is."""

import numpy as np
import pytest

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import penalty, stage
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.recording import Moment, unpack
from dlviz.spec import Linear, RunSpec

FOUND = compute.path(CARS.data, 0, Linear(), "l1")
MOMENT = Moment(3, 1.0, {"weights": np.arange(8, dtype=np.float32)})


@pytest.fixture(autouse=True)
def known(quiet_engine: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the points be known without asking anybody."""
    monkeypatch.setattr(stage, "points", lambda view: compute.sample(view.run.data, view.run.seed))


def with_knobs(**knobs: object) -> View:
    """Return the page with all columns of the cars and these knobs."""
    return View(run=RunSpec(**{**dict(CARS), "knobs": CARS.knobs.model_copy(update=knobs)}))


def test_every_column_has_its_line_in_miles_per_gallon() -> None:
    header, arrays = unpack(penalty.picture(with_knobs(l1=0.1), FOUND, MOMENT))
    assert len(header["series"]) == len(arrays["values"]) == 7
    assert len({(one["place"], one["dash"]) for one in header["series"]}) == 7  # no two look alike
    unit = compute.sample(CARS.data, 0).unit[1]
    np.testing.assert_allclose(arrays["values"], unit * FOUND.weights.T, rtol=1e-5, atol=1e-6)
    assert header["y_label"] == "weight, miles per gallon per standard deviation"
    assert [name for name in header["names"] if name] == ["0.0001", "0.001", "0.01", "0.1", "1", "10"]


def test_the_run_is_marked_at_its_own_strength() -> None:
    now = unpack(penalty.picture(with_knobs(l1=0.1), FOUND, MOMENT))[0]["now"]
    assert now["x"] == pytest.approx(0.1)
    assert now["values"] == pytest.approx((compute.sample(CARS.data, 0).unit[1] * np.arange(7)).tolist())
    assert unpack(penalty.picture(with_knobs(), FOUND, MOMENT))[0]["now"]["x"] == pytest.approx(1e-4)


@pytest.mark.parametrize("view", [with_knobs(l2=0.1), with_knobs(fault="huber"), View(run=LINE)])
def test_a_run_that_is_on_none_of_these_paths_is_not_marked(view: View) -> None:
    assert (
        penalty._now(view, FOUND, MOMENT if view.run != LINE else Moment(0, 0.0, {"weights": np.zeros(2)}), 1.0) is None
    )


def test_what_is_said_is_what_the_validation_points_say() -> None:
    best = FOUND.strengths[FOUND.validation.argmin()]
    assert f"λ = {best:.2g}" in penalty.said(with_knobs(), FOUND)
    assert f"{np.sqrt(FOUND.validation.min()):.3g} miles per gallon" in penalty.said(with_knobs(), FOUND)
    unjudged = compute.path(LINE.data.model_copy(update={"validation_share": 0.0}), 0, Linear(), "l2")
    assert "λ =" not in penalty.said(View(), unjudged)
