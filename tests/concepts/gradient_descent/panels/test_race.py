"""A turn draws the race and its knobs again; the page around them follows where it shows what was turned."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent.panels import race
from dlviz.concepts.gradient_descent.spec import Race, View
from tests.lab import component, shown, until

Open = Callable[..., AppTest]
TURNED = View(race=Race(racers="sgd(lr=0.01);momentum;adam"))
MOVED = View(race=Race(x=1.0))


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what opens a tab."""
    now: dict[str, str] = {}
    monkeypatch.setattr(race.st, "session_state", now)
    return lambda name: now.update({"gradient_descent.tabs.open": name})


@pytest.mark.parametrize(
    ("opened", "section", "old"),
    [
        ("meaning", "closed", False),
        ("sources", "noise", False),
        ("code", "closed", True),
        ("formula", "closed", True),
        ("meaning", "basins", True),
        ("meaning", "rates", True),
    ],
)
def test_a_turn_is_the_business_of_what_shows_it(tab: Callable, opened: str, section: str, old: bool) -> None:
    tab(opened)
    views = [view.model_copy(update={"section": section}) for view in (View(), TURNED)]
    assert race.is_old(*views, moved=False) is old
    assert not race.is_old(views[1], views[1], moved=False)


def test_fields_that_say_where_the_start_is_follow_when_it_rests(tab: Callable) -> None:
    tab("meaning")
    assert not race.is_old(View(), MOVED, moved=True)
    assert race.is_old(View(), MOVED, moved=False)


def test_race_and_knobs_are_on_the_page_once(open_lab: Open) -> None:
    app = until(open_lab(slug="gradient_descent"), lambda app: "descent" in shown(app))
    assert shown(app).count("descent") == 1
    assert [one.key for one in app.select_slider].count("gradient_descent.lr") == 1
    app.select_slider(key="gradient_descent.lr").set_value(0.02)
    app = until(app, lambda app: "lr" not in component(app, "descent")[0])
    assert "sgd(lr=0.02)" in app.query_params["racers"]
