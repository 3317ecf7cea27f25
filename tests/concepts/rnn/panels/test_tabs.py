"""The sizes in the formula are those of the network that is built; what it means is said of the part that is open."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.rnn.panels import tabs
from dlviz.concepts.rnn.spec import PARTS, RUNS, View
from dlviz.models.build import build_for
from dlviz.words import catalogue
from dlviz.words import rnn as words
from tests.lab import said

Open = Callable[..., AppTest]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_the_numbers_that_are_learnt(part: str, kind: str) -> None:
    run = RUNS[part].model_copy(update={"network": RUNS[part].network.model_copy(update={"network": kind})})
    found, network = tabs._sizes(View(part=part, run=run)), build_for(run)
    assert found["whole"] == f"{sum(values.numel() for values in network.parameters()):,}"
    assert found["cell"] == f"{sum(values.numel() for values in network.cell.parameters()):,}"
    assert network.cell.weight_ih_l0.shape == (found["rows"], found["inputs"])
    assert network.cell.weight_hh_l0.shape == (found["rows"], found["state"])


@pytest.mark.parametrize("part", PARTS)
def test_what_is_no_class_is_answered_by_no_softmax(part: str) -> None:
    assert ("softmax" in tabs.ANSWERS[part]) == (RUNS[part].data.about == "class")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_title_and_meaning_speak_of_the_part_that_is_open(open_page: Open, part: str, lang: str) -> None:
    text = said(open_page("rnn", lang=lang, link={"part": part, "data": RUNS[part].data.data}))
    leads = [one for one in PARTS if words.WORDS[f"lead.{one}"][lang == "zh"] in text]
    meanings = [one for one in PARTS if catalogue.prose("rnn", lang)[one] in text]
    assert (leads, meanings) == ([part], [part])
