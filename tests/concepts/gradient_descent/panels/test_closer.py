"""A closer look opens on a click, is in the link, and computes nothing before."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.lab import link_to, shown, until

Open = Callable[..., AppTest]
PAGE = "gradient_descent"


def switch(app: AppTest) -> object:
    """Return the switch of what is looked at closer."""
    return next(one for one in app.get("button_group") if one.key == f"{PAGE}.section")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_open_at_first_and_what_is_opened_is_in_the_link(open_page: Open, lang: str) -> None:
    app = open_page(PAGE, lang=lang)
    assert "basins" not in shown(app)
    switch(app).set_value("basins").run()
    assert not app.exception
    assert link_to(app)["section"] == "basins"
    switch(app).set_value(None).run()
    assert "section" not in link_to(app)


def test_a_link_opens_it(open_lab: Open) -> None:
    app = until(open_lab(slug=PAGE, section="basins", racers="sgd", steps="10"), lambda app: "basins" in shown(app))
    assert not app.exception
