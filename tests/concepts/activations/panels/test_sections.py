"""A tab opens its section, and the link says which one is open."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.activations.panels import sections
from dlviz.concepts.activations.spec import DEFAULT, LEARNT, View
from dlviz.ui import links
from dlviz.words.activations import WORDS
from tests.lab import link_to, looked, said

Open = Callable[..., AppTest]


def test_a_network_that_was_left_in_the_playground_is_looked_into_but_for_that_of_a_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    views = [DEFAULT]
    own = LEARNT.model_copy(update={"seed": 3})
    monkeypatch.setattr(links, "current", lambda default: views[-1])
    monkeypatch.setattr(links, "put", views.append)
    monkeypatch.setattr(links, "with_run_of", lambda slug, view: view.model_copy(update={"run": own, "at": 50}))
    sections._choose("softmax")
    assert views[-1].run == LEARNT
    sections._choose("network")
    assert (views[-1].section, views[-1].run, views[-1].at) == ("network", own, 50)
    views.append(View(run=LEARNT.model_copy(update={"seed": 9})))
    sections._choose("network")
    assert (views[-1].run.seed, views[-1].at) == (9, None)


def test_the_section_of_the_link_is_open(open_page: Open) -> None:
    for name in sections.PANELS:
        app = open_page("activations", link={"section": name})
        leads = [one for one in sections.PANELS if WORDS[f"section.{one}.lead"][0] in said(app)]
        assert leads == [name]
        assert link_to(looked(app)).get("section", "function") == name
