"""Below the stage one part is open at a time, and the link says which."""

import pytest

from dlviz.concepts.forward_loss.panels.closer import PARTS
from dlviz.concepts.forward_loss.spec import Closer
from dlviz.words.forward_loss import WORDS
from tests.concepts.forward_loss.panels.test_stage import view_of
from tests.lab import looked


def test_every_part_of_the_link_exists() -> None:
    assert set(Closer.__args__) == set(PARTS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", list(PARTS))
def test_a_part_opens_and_the_link_says_so(open_page, name: str, lang: str) -> None:
    app = open_page("forward_loss", lang=lang)
    app.session_state["forward_loss.closer"] = WORDS[f"closer.{name}"][lang == "zh"]
    looked(app)
    assert view_of(open_page("forward_loss", lang=lang, link={"closer": name})).closer == name
