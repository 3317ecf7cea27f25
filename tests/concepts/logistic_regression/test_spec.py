"""What the page on logistic regression can show, and what its link refuses."""

import pytest

from dlviz.concepts.logistic_regression.spec import CLOUDS, DEFAULT, FIRST, SETS, View, usual
from dlviz.spec import Linear, Mlp, Plane, Points, RunSpec, Table


@pytest.mark.parametrize("name", SETS)
def test_every_data_set_has_a_run_that_the_page_can_show(name: str) -> None:
    run = usual(name)
    assert run.data.data == name
    assert View(run=run).run == run
    assert run.outputs == (1 if run.data.outputs == 2 else 3)


def test_the_page_opens_with_a_run_that_is_computed_before_anybody_asks() -> None:
    assert DEFAULT.run == FIRST[0] == usual("gauss") == CLOUDS
    assert len({run.digest for run in FIRST}) == len(FIRST)


@pytest.mark.parametrize(
    ("run", "field"),
    [
        (RunSpec(data=Plane(data="slope"), network=Linear()), "data"),
        (RunSpec(data=Plane(data="checkerboard"), network=Linear()), "data"),
        (RunSpec(data=Table(data="diabetes"), network=Linear()), "data"),
        (RunSpec(data=Plane(data="gauss"), network=Mlp()), "network"),
        (RunSpec(data=Points(rows="QAtV0VWyq1NWar2YAVW3"), network=Linear()), "rows"),
        (RunSpec(data=Points(label="number", rows="QAtVQA" * 3), network=Linear()), "rows"),
        (RunSpec(data=Plane(data="gauss"), network=Linear(degree=4)), "degree"),
        (RunSpec(data=Table(data="wine"), network=Linear(degree=2)), "degree"),
    ],
)
def test_what_the_page_cannot_show_is_refused_by_the_name_of_its_field(run: RunSpec, field: str) -> None:
    with pytest.raises(ValueError, match=f"{field}:"):
        View(run=run)
