"""Which fields are beside the stage depends on the data; what a busy browser says too late changes nothing."""

import pytest
import streamlit as st

from dlviz.concepts.logistic_regression.panels import train
from dlviz.concepts.logistic_regression.spec import DEFAULT, SETS, usual
from dlviz.spec import Knobs, RunSpec
from dlviz.ui import fields

KEY = "logistic_regression.set"


@pytest.mark.parametrize("name", SETS)
def test_every_field_beside_the_stage_is_one_of_the_run(name: str) -> None:
    run = usual(name)
    known = {*RunSpec.model_fields, *Knobs.model_fields, *type(run.data).model_fields, *type(run.network).model_fields}
    groups = train._groups(DEFAULT.model_copy(update={"run": run}))
    assert {field for fields in groups.values() for field in fields} <= known
    assert ("network" in groups) == run.on_plane  # powers of the inputs are for the plane


def test_an_echo_of_the_data_before_is_passed_over_and_a_choice_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {KEY: "gauss"}
    monkeypatch.setattr(st, "session_state", state)
    clock = [100.0]
    monkeypatch.setattr(train.time, "monotonic", lambda: clock[0])
    train._past_echoes("gauss")
    train._past_echoes("points")  # somebody put it on the stage; the browser still says gauss
    assert state[KEY] == "points"
    state[KEY] = "gauss"
    train._past_echoes("points")
    assert state[KEY] == "points"
    state[KEY] = "moons"
    train._past_echoes("points")
    assert state[KEY] == "moons"
    state[KEY] = "gauss"
    clock[0] += fields.INSIST + 0.1
    train._past_echoes("points")
    assert state[KEY] == "gauss"
