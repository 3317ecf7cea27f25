"""A tab opens its section, and the link says which one is open."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dlviz.concepts.activations.panels import sections
from dlviz.words.activations import WORDS
from tests.lab import link_to, looked, said

Open = Callable[..., AppTest]


def test_the_section_of_the_link_is_open(open_page: Open) -> None:
    for name in sections.PANELS:
        app = open_page("activations", link={"section": name})
        leads = [one for one in sections.PANELS if WORDS[f"section.{one}.lead"][0] in said(app)]
        assert leads == [name]
        assert link_to(looked(app)).get("section", "function") == name
