"""Three parts, each with its own bench; runs are called by what sets them apart."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.spec import CARS, DIGITS, PARTS, WAVE
from dlviz.spec import Mlp, Mnist5k, Pairs
from tests.lab import state_of

Open = Callable[..., AppTest]


def test_each_part_has_a_bench_and_a_score_of_its_own() -> None:
    assert len({parts.LABS[part].key for part in PARTS}) == len(PARTS)
    assert [parts.score_of(part) for part in PARTS] == ["r2", "accuracy", "r2"]


@pytest.mark.parametrize(
    ("run", "usual", "called"),
    [
        (WAVE, WAVE, "as it opens"),
        (WAVE.model_copy(update={"data": Pairs(pairs="gAgAAAAA")}), WAVE, "Your own points"),
        (DIGITS.model_copy(update={"data": Mnist5k(train_share=0.02)}), DIGITS, "2\u202f% of the examples"),
        (CARS.model_copy(update={"network": Mlp(hidden=(9,), activation="tanh")}), CARS, "Hidden layers 9"),
    ],
)
def test_runs_are_called_by_what_sets_them_apart(run: object, usual: object, called: str) -> None:
    script = f"""
import streamlit as st
from dlviz.concepts.mlp.panels import parts
from dlviz.spec import RunSpec
run, usual = (RunSpec.model_validate_json(text) for text in ({run.model_dump_json()!r}, {usual.model_dump_json()!r}))
st.text(parts.name(run, usual))
"""
    assert AppTest.from_string(script, default_timeout=30).run().text[0].value == called


def test_where_a_part_was_left_one_comes_back_to(open_page: Open) -> None:
    app = open_page("mlp", link={"hidden": "3"})
    for part, left in (("table", CARS), ("digits", DIGITS)):
        app.get_by_key(parts.KEY).set_value(part).run()
        assert state_of(app, "mlp").run == left
    app.get_by_key(parts.KEY).set_value("function").run()
    assert state_of(app, "mlp").run.network.hidden == (3,)
    assert not app.exception
