"""Look closer: each part has its own questions, and the open one is in the link."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import closer
from dlviz.concepts.mlp.spec import CLOSER, PARTS, RUNS, Closer, View
from dlviz.words import catalogue
from tests.lab import said, state_of

Open = Callable[..., AppTest]


def test_every_question_has_a_panel_and_words() -> None:
    assert set(closer.PANELS) == set(Closer.__args__) == {name for part in PARTS for name in CLOSER[part]}
    assert all(catalogue.known(f"mlp.{key}") for name in closer.PANELS for key in (f"closer.{name}", f"{name}.help"))


@pytest.mark.parametrize("part", PARTS)
def test_a_link_opens_any_of_them(open_page: Open, part: str) -> None:
    for name in CLOSER[part]:
        app = open_page("mlp", link={"data": RUNS[part].data.data, "closer": name})
        assert not app.exception
        assert catalogue.text(f"mlp.{name}.help", "en") in said(app)
        assert state_of(app, "mlp").opened == name == View(run=RUNS[part], closer=name).opened
