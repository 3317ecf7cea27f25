"""Another data set keeps what both have in common."""

from dlviz.concepts.linear_regression.panels.controls import knob_names, other_data
from dlviz.concepts.linear_regression.spec import View
from dlviz.spec import Curve, Pairs, RunSpec, Table


def test_curves_keep_their_points_and_tables_their_shares() -> None:
    assert other_data(Curve(points=77, noise=0.3), "wave") == Curve(data="wave", points=77, noise=0.3)
    assert other_data(Table(columns=("weight",), test_share=0.3), "diabetes") == Table(data="diabetes", test_share=0.3)
    assert other_data(Curve(points=77), "pairs") == Pairs()
    assert other_data(Pairs(), "auto-mpg") == Table()


def test_without_a_browser_the_knobs_are_those_of_the_first_moment(quiet_engine: object) -> None:
    run: RunSpec = View().run
    huber = run.model_copy(update={"knobs": run.knobs.model_copy(update={"fault": "huber"})})
    assert "huber_delta" not in knob_names(View())
    assert "huber_delta" in knob_names(View(run=huber))
