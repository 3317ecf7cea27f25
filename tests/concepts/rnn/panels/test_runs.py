"""The runs of the page: what they are called, which part they belong to, and what a part begins with."""

import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import runs
from dlviz.concepts.rnn.spec import FORGETFUL, NAMES, PARTS, RECALL, RUNS, View
from dlviz.spec import Recurrent


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names be English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def test_a_run_is_called_by_its_network_and_what_sets_it_apart() -> None:
    assert runs.name(NAMES) == "GRU"
    assert runs.name(FORGETFUL) == "Plain RNN"
    other = NAMES.model_copy(update={"network": Recurrent(network="lstm", state=32), "seed": 4})
    assert set(runs.name(other).split(", ")) == {"LSTM", "Size of the state 32", "Seed 4"}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_its_runs(part: str) -> None:
    assert runs.part_of(RUNS[part]) == part
    view = runs.start(part)
    assert (view.part, view.run) == (part, RUNS[part])
    assert View.model_validate(dict(view)) == view


def test_a_plain_network_goes_along_where_one_learns_to_remember() -> None:
    assert runs.lab("recall").kept(runs.start("recall")) == [FORGETFUL]
    assert runs.start("names").kept == ""


def test_a_run_of_another_part_is_not_kept_beside() -> None:
    view = runs.start("names")
    assert runs.keep(view, RECALL) == view
    assert runs.lab("names").kept(runs.keep(view, NAMES.model_copy(update={"seed": 3}))) == [
        NAMES.model_copy(update={"seed": 3})
    ]
