"""Visitors go through what a browser would, against a real app, and what they met is counted rightly."""

from pathlib import Path

import pytest

from dlviz import visitors
from dlviz.visitors import Visit, summary
from tests.browser.server import served


def test_a_summary_counts_what_happened() -> None:
    visits = [
        Visit(first_move=1.0, clicks=[0.1, 0.3], steps=40),
        Visit(first_move=3.0, clicks=[0.2], steps=8),
        Visit(errors=["KeyError: x"]),
    ]
    found = summary(visits)
    assert (found["visitors"], found["moving"], found["clicks"]) == (3, 2, 3)
    assert (found["first_move_median"], found["first_move_longest"]) == (2.0, 3.0)
    assert (found["click_median"], found["click_longest"]) == (0.2, 0.3)
    assert (found["steps_least"], found["steps_most"]) == (0, 40)
    assert found["errors"] == ["KeyError: x"]


def test_a_summary_of_nobody_has_no_times() -> None:
    found = summary([])
    assert found["moving"] == 0
    assert found["first_move_median"] is found["click_p95"] is None


def test_nobody_at_the_address_is_an_error() -> None:
    with pytest.raises(OSError, match="9"):
        visitors.visit("http://localhost:9", visitors=1, seconds=1)


@pytest.mark.xdist_group("browser")
def test_each_trains_a_network_of_their_own_and_turns_its_knob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "KNOB_EVERY", 2.0)
    with served("app.py", tmp_path) as app:
        visitors.visit(app.url, visitors=1, seconds=20, turns=False)  # until a worker is warm
        found = visitors.visit(app.url, visitors=2, seconds=15)
        log = app.errors()
    assert found["errors"] == []
    assert log == ""
    assert (found["visitors"], found["moving"]) == (2, 2)
    assert found["clicks"] >= 2
    assert found["steps_least"] > 0
