"""A row that was typed goes with a link as text, and its fields hold what it says."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.ui import typed_rows

USUAL = np.array([1.0, 2.0])


def test_a_row_is_read_from_its_text_again() -> None:
    row = np.array([4, 0.125, -2500])
    np.testing.assert_allclose(typed_rows.row_of(typed_rows.text_of(row), np.zeros(3)), row)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,1", "1,inf"])
def test_nonsense_is_the_usual_row(text: str) -> None:
    np.testing.assert_array_equal(typed_rows.row_of(text, USUAL), USUAL)


@pytest.mark.parametrize(("value", "typed"), [(2977.584, 2978), (0.123456, 0.1235), (15.0, 15)])
def test_four_digits_are_typed(value: float, typed: float) -> None:
    assert typed_rows.rounded(value) == typed


def fields() -> None:
    """Three fields."""
    import numpy as np
    import streamlit as st

    from dlviz.ui import fields, typed_rows

    low, high = np.array([0.0, 10.0, -1.0]), np.array([4.0, 30.0, 1.0])
    row = st.session_state.get("row", np.array([3.0, 12.3456, 100.0]))
    st.session_state["got"] = typed_rows.typed(row, low, high, ["a", "b", "c"], "x")
    fields.settle()


def test_a_field_for_each_number_goes_as_far_again_to_either_side() -> None:
    app = AppTest.from_function(fields, default_timeout=20).run()
    assert [one.label for one in app.number_input] == ["a", "b", "c"]
    assert [(one.min, one.max) for one in app.number_input] == [(-4, 8), (-10, 50), (-3, 3)]
    assert [one.value for one in app.number_input] == [3, 12.35, 3]  # no further than its end
    assert app.session_state["got"].tolist() == [3, 12.35, 3]


def test_what_is_turned_is_the_row_from_then_on() -> None:
    app = AppTest.from_function(fields, default_timeout=20)
    app.session_state["row"] = np.array([3.0, 12.0, 0.5])
    app.run()
    assert app.session_state["got"] is None
    app.number_input(key="x.1").set_value(20.0).run()
    assert app.session_state["got"].tolist() == [3, 20, 0.5]
