"""The picture of the points: own points come from the hand and go into the link, and test points are not shown."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import stage
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.recording import unpack
from dlviz.rows import pairs_text, read_pairs
from dlviz.spec import Curve, Knobs, Linear, Pairs, Table


def test_own_points_are_known_without_asking() -> None:
    pairs = [(-0.5, 0.25), (0.5, -0.75), (0.0, 1.0)]
    known = stage.points(View(run=LINE.model_copy(update={"data": Pairs(pairs=pairs_text(pairs))})))
    np.testing.assert_allclose(np.column_stack([known.x[:, 0], known.y]), pairs, atol=1e-3)
    assert known.split.tolist() == [0, 0, 0]


@pytest.mark.parametrize("data", [Curve(outliers=0.2), Table(columns=("weight",)), Table()])
def test_the_picture_holds_training_and_validation_points(quiet_engine: object, data: Curve | Table) -> None:
    run = LINE.model_copy(update={"data": data})
    known = compute.sample(data, 0)
    best = compute.solution(data, 0, Linear(), Knobs())
    header, arrays = unpack(stage.picture(View(run=run), known, best))
    assert len(arrays["y"]) == (known.split < 2).sum()
    assert set(arrays["split"]) == {0, 1}
    assert header["kind"] == ("answers" if data == Table() else "line")
    assert bool(header["lines"]) == (data != Table())
    axis = header["y"]
    assert axis["low"] < arrays["y"].min() < arrays["y"].max() < axis["high"]


def test_the_exact_line_of_the_picture_goes_through_the_middle_of_the_cloud(quiet_engine: object) -> None:
    data = Table(columns=("weight",))
    known = compute.sample(data, 0)
    header, _ = unpack(
        stage.picture(
            View(run=LINE.model_copy(update={"data": data})), known, compute.solution(data, 0, Linear(), Knobs())
        )
    )
    (weight, bias), (zero, one) = header["lines"][0]["weights"], header["unit"]
    learnt = known.split == 0
    x = known.x[learnt, 0].mean()
    assert zero + one * (weight * (x - header["middle"]) / header["spread"] + bias) == pytest.approx(
        known.y[learnt].mean(), rel=1e-5
    )


def test_a_bowl_of_its_own_has_its_own_way() -> None:
    bowl = compute.bowl(LINE.data, 0, LINE.knobs, walk=True)
    header, arrays = unpack(stage.bowl_picture(bowl, None, bowl.best, None, 200))
    assert (header["player"], header["library"], header["height"]) == (None, None, 200)
    assert arrays["way"].shape == (compute.STEPS + 1, 2)
    assert header["exact"] == pytest.approx(bowl.best.tolist())


def test_units_of_weights_are_said(quiet_engine: object) -> None:
    raw = CARS.model_copy(update={"data": Table(scaling=False)})
    assert len({stage.weight_unit(one) for one in (LINE, CARS, raw)}) == 3


def page() -> None:
    """A page on which a hand has just painted."""
    import streamlit as st

    from dlviz.concepts.linear_regression.panels import stage
    from dlviz.concepts.linear_regression.spec import DEFAULT
    from dlviz.ui import links

    links.enter("linear_regression")
    links.read(DEFAULT)
    st.session_state[stage.FIT] = {"points": st.session_state["told"]}
    stage._painted()
    st.session_state["found"] = links.current(DEFAULT)


def after(told: object) -> View:
    """Return the state of the page after the browser has told this."""
    app = AppTest.from_function(page)
    app.session_state["told"] = told
    app.run()
    assert not app.exception
    return app.session_state["found"]


def test_points_that_were_painted_are_learnt_from(quiet_engine: object) -> None:
    run = after({"xy": [[-1, -1], [0.5, 0.25], [3, 1]], "seq": 5}).run
    assert isinstance(run.data, Pairs)
    np.testing.assert_allclose(read_pairs(run.data.pairs), [(-1, -1), (0.5, 0.25), (1, 1)], atol=1e-3)
    assert run.knobs == LINE.knobs


@pytest.mark.parametrize(
    "told",
    [{}, {"xy": None}, {"xy": [[1]]}, {"xy": [["a", 2], [1, 2]]}, {"xy": [[1, 2]]}, {"xy": [[float("nan"), 0]] * 3}],
)
def test_nonsense_changes_nothing(quiet_engine: object, told: dict) -> None:
    assert after(told) == View()
