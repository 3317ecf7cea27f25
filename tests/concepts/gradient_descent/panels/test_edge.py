"""The edge of stability: every moment is measured once, on a grid that stays, and the words say what it shows."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import solutions
from dlviz.concepts.gradient_descent.panels import edge
from dlviz.concepts.gradient_descent.panels.walkers import Walker
from dlviz.concepts.gradient_descent.spec import Real
from dlviz.recording import Moment
from dlviz.training.run import Run
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
TRAINED = "points=60|hidden=4|epochs=12"
LINK = {"slug": "gradient_descent", "section": "network", "trained": TRAINED, "batch_a": "1024", "batch_b": "1024"}


def moments(*steps: int) -> tuple[Moment, ...]:
    """Return a moment after each of so many steps."""
    return tuple(Moment(step, step / 2, {"weights": np.zeros(3, np.float32)}) for step in steps)


def steps(found: list[Moment]) -> set[int]:
    return {moment.step for moment in found}


def walker(batch: int = 1024, **knobs: object) -> Walker:
    """Return a run that is over, with three moments."""
    run = Real(trained=TRAINED, batch_a=batch, **knobs).runs[0]
    passes = 1 if batch >= 30 else 5
    return Walker(run, tuple(Moment(s, s / passes, {"weights": np.zeros(1)}) for s in (0, 5, 10)), True, None)


def measured(*sharpness: float, limit: float) -> edge.Measured:
    values = np.repeat(np.array(sharpness, float)[:, None], 3, axis=1)
    places = np.linspace(0, 10, len(sharpness))
    return edge.Measured(places, places, values, values * 1e-4, np.full(len(sharpness), limit))


def test_the_marks_of_a_longer_run_are_among_those_of_a_shorter_one_or_new() -> None:
    before = steps(edge.marks(moments(*range(90)), False))
    after = steps(edge.marks(moments(*range(1000)), False))
    assert len(before) == 90 and 60 < len(after) <= edge.MOST + 1
    assert {step for step in after if step < 90} <= before


def test_the_last_moment_of_a_run_that_is_over_is_measured() -> None:
    assert 997 in steps(edge.marks(moments(*range(0, 998)), True))
    assert 997 not in steps(edge.marks(moments(*range(0, 998)), False))
    assert steps(edge.marks(moments(0), False)) == {0}


def test_what_was_found_is_kept_for_the_runs_that_were_asked_about_last() -> None:
    known, found = {}, solutions.Edge(np.ones((2, 3)), np.zeros((2, 3)), np.array([20.0, 20]), 4)
    for run in range(12):
        edge.learn(known, str(run), [0, 5], found)
    edge.learn(known, "4", [10, 15], found)
    assert list(known) == ["5", "6", "7", "8", "9", "10", "11", "4"]
    assert sorted(known["4"]) == [0, 5, 10, 15]


@pytest.mark.parametrize(
    ("late", "limit", "where"),
    [(19, 20, "hovers"), (22, 20, "hovers"), (8, 20, "below"), (40, 20, "above"), (8, np.nan, "none")],
)
def test_the_words_say_where_the_second_half_was(late: float, limit: float, where: str) -> None:
    told = measured(1, 2, late, late, limit=limit)
    assert edge.where(told) == where
    words = edge.said(walker(), told, "SGD")
    assert ("limit" in words) and (f"{float(late):#.3g}" in words)
    assert ("There is no line" in words) == (where == "none")


def test_with_mini_batches_the_limit_is_said_to_be_about_whole_steps() -> None:
    told = measured(1, 2, 3, limit=20)
    assert "5 examples at a time" in edge.said(walker(batch=5), told, "SGD")
    assert "at a time" not in edge.said(walker(), told, "SGD")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_has_what_is_measured_of_the_runs_own_weights(open_lab: Open, lang: str) -> None:
    app = open_lab(lang=lang, **LINK, aspect="edge", rate_a="0.1")

    def whole(app: AppTest) -> bool:
        return "edge" in shown(app) and all(
            f"{i}/places" in (found := component(app, "edge")[1]) and found[f"{i}/places"][-1] == 12 for i in (0, 1)
        )

    app = until(app, whole)
    header, arrays = component(app, "edge")
    assert header["over"] == "step"
    assert arrays["0/limits"] == pytest.approx(20)
    assert np.isnan(arrays["1/limits"]).all()
    run = Run(Real(trained=TRAINED, rate_a=0.1, batch_a=1024).runs[0].model_copy(update={"device": "cpu"}))
    rows = {moment.step: moment["weights"] for moment in run.work() if moment is not None}
    expected = solutions.edge(
        run.spec, arrays["0/places"].astype(int), np.stack([rows[int(s)] for s in arrays["0/places"]])
    )
    assert arrays["0/values"] == pytest.approx(expected.values, rel=1e-3, abs=1e-5)
    assert "Lanczos" in said(app)
    assert not app.exception


def test_runs_of_different_batches_are_drawn_over_epochs(open_lab: Open) -> None:
    app = open_lab(**{**LINK, "batch_b": "10"}, aspect="edge")
    app = until(app, lambda app: "edge" in shown(app) and "1/places" in component(app, "edge")[1])
    header, arrays = component(app, "edge")
    assert header["over"] == "epoch"
    assert arrays["1/places"][-1] <= 12


def test_a_network_of_very_many_weights_is_left_alone(open_lab: Open) -> None:
    app = open_lab(**{**LINK, "trained": "points=60|hidden=150,150|epochs=1"}, aspect="edge")
    app = until(app, lambda app: "20,000 weights" in said(app))
    assert "edge" not in shown(app)


@pytest.mark.parametrize(("fault", "level"), [("squared", True), ("huber", False)])
def test_the_sharpness_of_a_paraboloid_is_said_to_be_level(fault: str, level: bool) -> None:
    run = Real(trained=f"data=auto-mpg|network=linear|fault={fault}").runs[0]
    one = Walker(run, (Moment(4, 1.0, {"weights": np.zeros(8)}),), True, None)
    assert ("is level" in edge.said(one, measured(9.24, 9.24, 9.24, limit=20), "SGD")) == level
