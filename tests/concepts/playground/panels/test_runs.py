"""Runs kept beside the stage live in the link, and each is called by its data, its shape and what was turned."""

import pytest

from dlviz import codec
from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import CIRCLE, DEFAULT
from dlviz.rows import rows_text
from dlviz.spec import Mlp, Plane, Points, RunSpec


def test_kept_runs_come_back_from_the_link_and_can_be_dropped() -> None:
    painted = RunSpec(data=Points(rows=rows_text([(1, 2, 0)] * 500, "class")), network=Mlp(hidden=(3,)))
    view = runs.keep(runs.keep(DEFAULT, CIRCLE), painted.fork(9, l1=0.1))
    back, problems = codec.read(codec.write(view, DEFAULT), DEFAULT)
    assert problems == []
    assert runs.kept(back) == [CIRCLE, painted.fork(9, l1=0.1)]
    assert runs.kept(runs.drop(back, CIRCLE)) == [painted.fork(9, l1=0.1)]


def test_points_too_many_for_the_link_push_out_what_was_kept() -> None:
    many = RunSpec(data=Points(rows=rows_text([(1, 2, 0)] * 2000, "class")), network=Mlp(hidden=(3,)))
    view = runs.keep(runs.keep(DEFAULT, CIRCLE), many)
    back, problems = codec.read(codec.write(view, DEFAULT), DEFAULT)
    assert (back, problems) == (view, [])
    assert runs.kept(runs.keep(view, many.fork(3, l1=0.1))) == [many.fork(3, l1=0.1)]


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (CIRCLE, "Circle 2-4-2-2"),
        (CIRCLE.fork(50, learning_rate=0.1), "Circle 2-4-2-2, Learning rate 0.1 @50"),
        (CIRCLE.fork(50, {3: 1.0}.items()), "Circle 2-4-2-2, by hand @50"),
        (
            RunSpec(
                data=Plane(data="hills", inputs=("x1",)), network=Mlp(hidden=(), activation="tanh"), knobs=CIRCLE.knobs
            ),
            "Hills (a number) 1-1",
        ),
    ],
)
def test_a_run_is_called_by_its_data_its_shape_and_what_was_turned(run: RunSpec, name: str) -> None:
    assert runs.name(run) == name


def test_beside_each_other_runs_are_called_by_what_sets_them_apart() -> None:
    hot, by_hand = CIRCLE.fork(50, learning_rate=0.1), CIRCLE.fork(50, {3: 1.0}.items())
    view = DEFAULT.model_copy(update={"run": hot})
    assert runs.names(view) == ["Circle 2-4-2-2, Learning rate 0.1 @50"]
    view = runs.keep(runs.keep(view, CIRCLE), by_hand)
    assert runs.names(view) == ["Learning rate 0.1 @50", "Circle 2-4-2-2", "by hand @50"]
    spiral = runs.keep(view, CIRCLE.model_copy(update={"data": Plane(data="spiral")}))
    assert runs.names(spiral)[0] == "Circle 2-4-2-2, Learning rate 0.1 @50"
