"""The duel: moves come from the browser, torch says what they are worth, and the link holds all of it."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.playground import compute
from dlviz.concepts.playground.panels import optimizer
from dlviz.concepts.playground.spec import DEFAULT, LEVELS, Duel, View
from dlviz.words import duel as words
from tests.lab import component, link_to, looked, said, shown, until

Open = Callable[..., AppTest]
SHORT = {"slug": "playground", "epochs": "1", "closer": "optimizer"}
MOVES = "w0=0.5,w2=-1.25,w0=2"


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return app.session_state["links.kept"]["playground"].state


def opened(open_lab: Open, **link: str) -> AppTest:
    """Return the page with the duel on it."""
    return until(open_lab(**SHORT, **link), lambda app: "duel" in shown(app))


def made(app: AppTest, moves: list, looks: int = 0, hints: int = 0) -> AppTest:
    """Return the page after the browser said which moves there are."""
    says = {"start": optimizer.start(view_of(app).duel), "moves": moves, "looks": looks, "hints": hints, "seq": 1}
    app.session_state[optimizer.KEY] = {"moves": says}
    return app


# ------------------------------------------------------------------------------------------ the page


@pytest.mark.parametrize("level", LEVELS)
def test_both_begin_with_the_same_weights_and_points(open_lab: Open, level: str) -> None:
    app = opened(open_lab, duel_level=level)
    header, arrays = component(app, "duel")
    match = compute.duel(Duel(duel_level=level))
    assert np.array_equal(arrays["weights"], match.weights)
    assert np.array_equal(arrays["weights"][0], match.own_weights[0])
    assert np.array_equal(arrays["points"], match.points)
    assert arrays["weights"].shape == (header["length"] + 1, LEVELS[level].weights)
    assert len(arrays["points"]) == 100
    assert header["moves"] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_the_duel(open_lab: Open, lang: str) -> None:
    link = {"duel_level": "moons", "duel_moves": MOVES, "duel_looks": "41", "duel_hints": "2", "duel_rate": "0.2"}
    app = opened(open_lab, lang=lang, duel_seed="8", **link)
    header, arrays = component(app, "duel")
    assert header["moves"] == [[0, 0.5], [2, -1.25], [0, 2.0]] == header["answered"]
    assert (header["looks"], header["hints"], header["rate"]) == (41, 2, 0.2)
    match = compute.duel(Duel(duel_level="moons", duel_seed=8, duel_moves=MOVES, duel_rate=0.2))
    assert np.array_equal(arrays["downhill"], match.downhill)
    assert link_to(app) | {"lang": lang} == {**codec.write(view_of(app), DEFAULT), "lang": lang}
    assert link.items() <= link_to(app).items()


def test_before_a_worker_has_answered_there_is_a_word(open_page: Open) -> None:
    app = open_page("playground", link={"closer": "optimizer"})
    assert not app.exception
    assert "duel" not in shown(app)
    assert words.WORDS["level"][0] in [one.label for one in app.get("button_group")]


@pytest.mark.parametrize(
    "moves", ["w3=1", "w0=9", "w0=1.234", "0=1", ",".join(["w0=1"] * 11), "w0=nan", "w0=1,", "x" * 300]
)
def test_moves_that_cannot_be_are_named_in_one_sentence(open_lab: Open, moves: str) -> None:
    app = opened(open_lab, duel_moves=moves)
    assert app.warning.len == 1
    assert "duel" in app.warning[0].value
    assert view_of(app).duel == Duel()


def test_another_level_or_start_forgets_the_moves_and_another_rate_does_not(open_lab: Open) -> None:
    app = opened(open_lab, duel_moves=MOVES, duel_looks="9")
    rate = next(one for one in app.get("button_group") if one.key == "playground.duel_rate")
    rate.set_value("0.1")
    looked(app)
    assert (view_of(app).duel.duel_rate, view_of(app).duel.duel_moves) == (0.1, MOVES)
    app = until(app, lambda app: component(app, "duel")[0]["rate"] == 0.1)
    app.button(key="playground.duel_another").click().run()
    assert view_of(app).duel == Duel(duel_seed=4, duel_rate=0.1)
    level = next(one for one in app.get("button_group") if one.key == "playground.duel_level")
    level.set_value("ring")
    app = until(app, lambda app: component(app, "duel")[0]["sizes"] == [2, 3, 1])
    assert view_of(app).duel == Duel(duel_level="ring", duel_seed=4, duel_rate=0.1)


def test_the_verdict_comes_with_the_last_move(open_lab: Open) -> None:
    all_but_one = ",".join(["w0=1", "w1=1"] * 4 + ["w0=2"])
    app = opened(open_lab, duel_moves=all_but_one)
    assert "got lower" not in said(app)
    app = until(opened(open_lab, duel_moves=f"{all_but_one},w1=2"), lambda app: "lower" in said(app))
    assert "After 10 moves" in said(app)


def test_a_teacher_can_leave_it_out(open_page: Open) -> None:
    app = open_page("playground", link={"closer": "optimizer", "hide": "optimizer"})
    assert words.WORDS["level"][0] not in [one.label for one in app.get("button_group")]


# --------------------------------------------------------------------------------- what the browser says


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict:
    """Return the page's state as a visitor's browser changes it: {"view": View, "says": what it says}."""
    now = {"view": View(), "says": {}}
    monkeypatch.setattr(optimizer, "_said", lambda: now["says"])
    monkeypatch.setattr(optimizer.links, "current", lambda default: now["view"])
    monkeypatch.setattr(optimizer.links, "write", lambda view, default: now.update(view=view))
    return now


def test_moves_from_the_browser_become_the_state(told: dict) -> None:
    told["says"] = {"start": "line/3", "moves": [[0, 1.25], [2, -3]], "looks": 17, "hints": 1, "seq": 5}
    optimizer._moved()
    assert told["view"].duel == Duel(duel_moves="w0=1.25,w2=-3", duel_looks=17, duel_hints=1)


@pytest.mark.parametrize(
    "says",
    [
        {"start": "ring/3", "moves": [[0, 1]], "looks": 1, "hints": 0},  # of another duel
        {"start": "line/3", "moves": [[7, 1]], "looks": 1, "hints": 0},
        {"start": "line/3", "moves": [[0, "fast"]], "looks": 1, "hints": 0},
        {"start": "line/3", "moves": [[0]], "looks": 1, "hints": 0},
        {"start": "line/3", "moves": 3, "looks": 1, "hints": 0},
        {"start": "line/3", "moves": [[0, 1]], "looks": None, "hints": 0},
        {"start": "line/3", "moves": [[0, float("inf")]], "looks": 1, "hints": 0},
        {},
    ],
)
def test_what_no_browser_of_ours_says_changes_nothing(told: dict, says: dict) -> None:
    told["says"] = says
    optimizer._moved()
    assert told["view"] == View()


# ---------------------------------------------------------------------------------------- the verdict


def match_with(own: float, other: float) -> optimizer.Match:
    """Return a match that ends with these losses."""
    nothing = np.zeros(0)
    return optimizer.Match(
        nothing, nothing, nothing, np.array([1, other]), nothing, nothing, np.array([1, own]), nothing, nothing
    )


@pytest.mark.parametrize(
    ("own", "other", "begins", "apart"),
    [
        (
            0.5,
            0.25,
            "**SGD got lower.** After 10 moves its loss is **0.25**, yours **0.5**",
            "0.25 apart, which is 50\u202f%",
        ),
        (
            0.1,
            0.4,
            "**You got lower.** After 10 moves your loss is **0.1**, SGD's **0.4**",
            "0.3 apart, which is 75\u202f%",
        ),
        (0.3, 0.3001, "**A draw.**", "**0.3**"),
    ],
)
def test_the_verdict_says_who_and_by_how_much(
    own: float, other: float, begins: str, apart: str, open_page: Open
) -> None:
    open_page("playground")  # for the language
    text = optimizer.verdict(Duel(duel_looks=33, duel_hints=2), match_with(own, other))
    assert text.startswith(begins)
    assert apart in text
    assert "33 settings" in text
    assert "all 3 numbers at once" in text
    assert text.endswith("Hints used: 2.")
