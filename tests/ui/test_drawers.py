"""A drawer is a button, whose browser half opens what is put below it, in the visitor's language."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import visit


def handles(app: AppTest) -> list[dict[str, str]]:
    """Return what the browser is told of each drawer on the page."""
    parts = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "dlviz.drawer"]
    return [json.loads(part.json)[0] for part in parts]


@pytest.mark.parametrize(("lang", "label"), [("en", "Controls"), ("zh", "调节")])
def test_a_page_with_two_stages_has_two_drawers(quiet_engine: object, lang: str, label: str) -> None:
    app = visit("backprop", lang=lang)
    assert not app.exception
    assert handles(app) == [{"drawer": name, "label": label} for name in ("backprop", "backprop-vanishing")]
