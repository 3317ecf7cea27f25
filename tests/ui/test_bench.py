"""The bench sends what is new, wants what its viewer wants and no more, and does what the browser asks for once."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.engine.followed import Followed, Watch
from dlviz.engine.host import HOLD, PLAY
from dlviz.recording import Moment, unpack
from dlviz.spec import Knobs, RunSpec
from dlviz.ui import bench
from dlviz.ui.bench import Figure, Track, common_past

RUN = RunSpec(device="cpu")
OTHER = RUN.model_copy(update={"seed": 1})
FORK = RUN.fork(10, learning_rate=0.1)


class Followers:
    """An engine whose runs go only where a test takes them."""

    def __init__(self) -> None:
        self.error, self.warm, self.owners = "", True, 1
        self.runs: dict[str, Followed] = {}
        self.repeated: list[Followed] = []

    def watch(self, spec: RunSpec, viewer: str, owner: str) -> Watch | None:
        """Return the viewer's hold on the run."""
        return Watch(self, self.run(spec), viewer, owner) if self.warm else None

    def run(self, spec: RunSpec) -> Followed:
        """Return the run, which is one for all."""
        return self.runs.setdefault(spec.digest, Followed(spec))

    def hold(self, viewer: str, followed: Followed) -> bool:
        """Note nothing: a test looks at one run at a time."""
        return False

    def hurry(self) -> None:
        """Nobody is there to hurry."""

    def again(self, run: Followed) -> None:
        """Note what is to run again."""
        self.repeated.append(run)

    def tell(self, spec: RunSpec, *steps: int, **news: object) -> None:
        """Let the run record moments after these steps, and say what else is new."""
        moments = [Moment(s, s / 10, {"train_loss": np.array(1 / (1 + s)), "filters": np.ones((2, 3))}) for s in steps]
        self.run(spec).add(moments)
        self.run(spec).hear({"state": "training", "step": max(steps, default=0), "total_steps": 40, **news})


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Followers:
    """Return the engine of the page."""
    found = Followers()
    monkeypatch.setattr(engine, "current", lambda: found)
    return found


def page() -> None:
    """A page with nothing but a bench, whose callbacks write down that they were called."""
    import streamlit as st

    from dlviz.ui import bench, language

    state = st.session_state
    language.settle()
    state.setdefault("forked", [])
    state.setdefault("settled", [])
    if "order" in state:
        state.pop("order")()
    bench.bench(
        "b", state["tracks"], state["figures"], on_fork=state["forked"].append, on_settle=state["settled"].append
    )
    state["shown"] = bench.shown("b", state["tracks"][0].spec)
    state["moves"] = bench.moves("b", state["tracks"][0].spec)
    state["idle_pace"] = bench._idle_pace("b")


def opened(*tracks: Track, lang: str = "en") -> AppTest:
    """Return the page as it is first shown."""
    app = AppTest.from_function(page, default_timeout=20)
    app.session_state["tracks"] = tracks or (Track(RUN, "mine"),)
    app.session_state["figures"] = (Figure("train_loss", "loss"),)
    app.session_state["language"] = lang
    return looked(app)


def looked(app: AppTest, **said: object) -> AppTest:
    """Return the page after another look, before which the browser said something."""
    if said:
        need = said.pop("need", {})
        app.session_state["b"] = {"bench": {"playing": True, "at": None, "goal": None, **said}, "need": need}
    app.run()
    assert not app.exception
    return app


def message(app: AppTest) -> tuple[dict, dict[str, np.ndarray]]:
    """Return what the browser was sent."""
    return unpack(app.get("bidi_component")[0].proto.bytes)


def steps_sent(app: AppTest, place: int = 0) -> list[int]:
    """Return the steps of the moments that the browser was sent for one track."""
    return [step for step, _ in message(app)[0]["tracks"][place]["moments"]]


# ------------------------------------------------------------------------------------ before it runs


@pytest.mark.parametrize(("lang", "words"), [("en", "warming up"), ("zh", "预热")])
def test_while_workers_warm_up_it_says_so(runs: Followers, lang: str, words: str) -> None:
    runs.warm = False
    app = opened(lang=lang)
    track = message(app)[0]["tracks"][0]
    assert (track["state"], track["moments"]) == ("starting", [])
    assert words in track["message"]
    assert app.session_state["shown"] is None


def test_an_engine_that_cannot_start_says_why(runs: Followers) -> None:
    runs.warm, runs.error = False, "OSError: no space left"
    assert "no space left" in message(opened())[0]["tracks"][0]["message"]


# ----------------------------------------------------------------------------------- what it sends


def test_every_moment_is_sent_with_its_numbers(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    header, arrays = message(opened())
    track = header["tracks"][0]
    assert track["moments"] == [[0, 0.0], [10, 1.0]]
    assert (track["label"], track["state"], track["total_steps"], track["current"]) == ("mine", "training", 40, True)
    assert arrays["0/1/train_loss"] == pytest.approx(1 / 11)
    assert arrays["0/0/filters"].shape == (2, 3)
    assert header["numbers"][0]["better"] == "lower"


def test_only_what_is_new_is_sent_to_a_browser_that_has_spoken(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    app = looked(opened(), playing=True)
    runs.tell(RUN, 20)
    looked(app)
    assert steps_sent(app) == [20]
    assert message(app)[0]["tracks"][0]["from"] == 2
    assert set(message(app)[1]) == {"0/0/train_loss", "0/0/filters"}


def test_without_news_the_same_bytes_are_sent(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    app = looked(looked(opened(), playing=True))
    before = app.get("bidi_component")[0].proto.bytes
    assert looked(app).get("bidi_component")[0].proto.bytes == before
    runs.tell(RUN, 20)
    assert message(looked(app))[0]["sequence"] != unpack(before)[0]["sequence"]


def test_a_browser_that_has_not_spoken_is_sent_everything_again(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    app = opened()
    runs.tell(RUN, 20)
    assert steps_sent(looked(app)) == [0, 10, 20]


def test_what_was_lost_on_the_way_is_sent_again(runs: Followers) -> None:
    runs.tell(RUN, 0, 10, 20)
    app = looked(opened(), playing=True)
    looked(app, need={"run": RUN.digest, "have": 1, "seq": 1})
    assert steps_sent(app) == [10, 20]


def test_a_moment_that_comes_late_is_put_in_its_place(runs: Followers) -> None:
    runs.tell(RUN, 0, 20)
    app = looked(opened(), playing=True)
    runs.tell(RUN, 10)
    looked(app)
    assert message(app)[0]["tracks"][0]["from"] == 1
    assert steps_sent(app) == [10, 20]


def test_a_kept_run_lies_beside_with_where_it_left(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    runs.tell(FORK, 0, 10, 20)
    tracks = message(opened(Track(FORK, "fork", RUN), Track(RUN, "mine")))[0]["tracks"]
    assert [track["current"] for track in tracks] == [True, False]
    assert tracks[0]["forked_at"] == 10
    assert tracks[0]["parent"] == tracks[1]["run"] == RUN.digest
    assert [edit["step"] for edit in tracks[0]["edits"]] == [10]
    assert tracks[1]["parent"] is tracks[1]["forked_at"] is None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("news", "words"),
    [
        ({"state": "diverged", "diverged_at": 1700}, " 1,700"),
        ({"state": "lost", "step": 23456}, " 23,456"),
        ({"state": "failed", "message": "no such folder"}, "no such folder"),
    ],
)
def test_how_a_run_ended_is_said(runs: Followers, lang: str, news: dict[str, object], words: str) -> None:
    runs.tell(RUN, 0, **news)
    track = message(opened(lang=lang))[0]["tracks"][0]
    assert track["state"] == news["state"]
    assert words in track["message"]
    assert (lang == "zh") == any(letter >= "\u4e00" for letter in track["message"])


def test_the_place_in_the_queue_is_told(runs: Followers) -> None:
    runs.tell(RUN, 0, state="waiting", place=3)
    assert message(opened())[0]["tracks"][0]["place"] == 3


# ---------------------------------------------------------------------------------- what it wants


def test_a_fresh_bench_plays_all_its_runs(runs: Followers) -> None:
    opened(Track(RUN, "one"), Track(OTHER, "other"))
    assert [runs.run(spec).want().goal for spec in (RUN, OTHER)] == [PLAY, PLAY]


@pytest.mark.parametrize(
    ("said", "goals"),
    [
        ({"playing": True}, [PLAY, PLAY]),
        ({"playing": False}, [HOLD, HOLD]),
        ({"playing": False, "goal": 12}, [12, HOLD]),
        ({"playing": False, "goal": 12, "at": 3}, [12, HOLD]),
    ],
)
def test_it_wants_what_its_viewer_said(runs: Followers, said: dict[str, object], goals: list[float]) -> None:
    looked(opened(Track(RUN, "one"), Track(OTHER, "other")), **said)
    assert [runs.run(spec).want().goal for spec in (RUN, OTHER)] == goals


@pytest.mark.parametrize(
    ("state", "said", "moves"),
    [
        ("starting", {}, True),
        ("paused", {}, True),  # it is played, so it goes on in a moment
        ("training", {}, True),
        ("training", {"playing": False}, False),  # for others
        ("paused", {"playing": False, "goal": 12}, True),
        ("paused", {"playing": False, "goal": 10}, False),
        ("finished", {}, False),
    ],
)
def test_a_run_moves_as_long_as_its_viewer_wants_more(
    runs: Followers, state: str, said: dict[str, object], moves: bool
) -> None:
    runs.tell(RUN, 0, 10, state=state)
    assert looked(opened(), **said).session_state["moves"] == moves


def test_one_viewers_pause_does_not_stop_the_others(runs: Followers) -> None:
    ann, bob = opened(), opened()
    looked(ann, playing=False)
    looked(bob)
    assert len(runs.runs) == 1
    assert runs.run(RUN).want().goal == PLAY
    looked(bob, playing=False)
    assert runs.run(RUN).want().goal == HOLD


def test_a_pause_that_was_heard_at_once_stops_the_run_before_the_page_looks_and_after(runs: Followers) -> None:
    app = looked(opened(Track(RUN, "one"), Track(OTHER, "other")), playing=True)
    bench.hear({"dlviz.bench.b": app.session_state["dlviz.bench.b"]}, "b", {"playing": False, "at": None, "goal": None})
    assert [runs.run(spec).want().goal for spec in (RUN, OTHER)] == [HOLD, HOLD]
    looked(app)  # a look that was asked for before knows of the pause
    assert [runs.run(spec).want().goal for spec in (RUN, OTHER)] == [HOLD, HOLD]


def test_what_was_said_last_holds_where_the_page_forgot_it(runs: Followers) -> None:
    app = looked(opened(), playing=False)
    app.session_state["b"] = {}
    looked(app)
    assert runs.run(RUN).want().goal == HOLD


# -------------------------------------------------------------------------- what the browser asks for


def test_a_fork_is_asked_for_once(runs: Followers) -> None:
    runs.tell(RUN, 0, 10)
    app = looked(opened(), playing=False, events=[[1, "fork", 10]])
    looked(app)
    assert app.session_state["forked"] == [10]
    looked(app, playing=False, events=[[1, "fork", 10], [2, "fork", 0]])
    assert app.session_state["forked"] == [10, 0]


def test_a_lost_run_is_run_again_once(runs: Followers) -> None:
    runs.tell(RUN, 0, state="lost")
    app = looked(opened(), events=[[1, "again", None]])
    looked(app)
    assert runs.repeated == [runs.run(RUN)]


def test_the_page_hears_where_the_viewer_came_to_rest(runs: Followers) -> None:
    runs.tell(RUN, 0, 10, 20)
    app = opened()
    for at in (20, 10, 0):  # scrubbing: another place at every look
        looked(app, playing=False, at=at)
    assert app.session_state["settled"] == []
    for _ in range(3):
        looked(app, playing=False, at=0)
    assert app.session_state["settled"] == [0]
    for _ in range(2):
        looked(app, playing=True, at=None)
    assert app.session_state["settled"] == [0, None]


def test_where_nothing_moves_the_link_still_names_the_moment_on_show_soon(runs: Followers) -> None:
    runs.tell(RUN, 0, 10, 20, state="finished", total_steps=20)
    app = looked(opened(), playing=False, at=20)
    looked(app, playing=False, at=20)
    assert app.session_state["idle_pace"] == bench.IDLE_LOOK
    looked(app, playing=False, at=10)
    assert app.session_state["idle_pace"] == bench.SETTLING
    looked(app, playing=False, at=10)
    assert app.session_state["settled"][-1] == 10
    assert app.session_state["idle_pace"] == bench.IDLE_LOOK


@pytest.mark.parametrize(("at", "shown"), [(None, 20), (20, 20), (10, 10), (13, 10), (0, 0)])
def test_the_moment_on_show_is_under_the_cursor_or_the_newest(runs: Followers, at: int | None, shown: int) -> None:
    runs.tell(RUN, 0, 10, 20)
    app = looked(opened(), playing=False, at=at)
    assert app.session_state["shown"].step == shown


# --------------------------------------------------------------------------- opened at a moment


def ordered(app: AppTest, order: Callable[[], None]) -> AppTest:
    """Return the page after a look in which it gave the bench an order first."""
    app.session_state["order"] = order
    return looked(app)


def test_a_link_to_a_moment_trains_to_it_and_stops_there(runs: Followers) -> None:
    app = ordered(opened(), lambda: bench.open_at("b", 20))
    assert runs.run(RUN).want().goal == 20
    assert message(app)[0]["command"] is None
    runs.tell(RUN, 0, 10, 20)
    looked(app)
    assert message(app)[0]["command"] == {"number": 1, "playing": False, "at": 20}
    looked(app, playing=False, at=20)
    assert runs.run(RUN).want().goal == HOLD
    assert app.session_state["settled"] == [20]  # as the link says


def test_a_moment_that_is_nearly_there_is_waited_for_once(runs: Followers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "BREATH", 60)
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            runs.tell(RUN, 0, 10, 20)

    monkeypatch.setattr(bench, "sleep", sleep)
    app = ordered(opened(), lambda: bench.open_at("b", 20))
    assert message(app)[0]["command"] == {"number": 1, "playing": False, "at": 20}
    assert len(slept) == 3
    monkeypatch.setattr(bench, "BREATH", 0)
    looked(ordered(app, lambda: bench.open_at("b", 40)))
    assert len(slept) == 3  # what takes long is shown when it comes


def test_a_moment_is_gone_to_when_it_is_there_and_not_when_word_of_its_step_comes(runs: Followers) -> None:
    app = ordered(opened(), lambda: bench.open_at("b", 20))
    for state in ("training", "finished"):
        runs.tell(RUN, 0, 10, state=state, step=20)
        looked(app)
        assert message(app)[0]["command"] is None
    runs.tell(RUN, 20, state="finished")
    looked(app)
    assert message(app)[0]["command"]["at"] == 20


def test_an_order_holds_before_the_browser_says_that_it_was_carried_out(runs: Followers) -> None:
    runs.tell(RUN, 0, 10, 20)
    app = looked(opened(), playing=True, at=None)
    ordered(app, lambda: bench.move("b", playing=False, at=10))
    assert runs.run(RUN).want().goal == HOLD
    assert app.session_state["shown"].step == 10
    looked(app, playing=True, at=None)  # said before it heard of the order
    assert runs.run(RUN).want().goal == HOLD
    looked(app, playing=True, at=20, command=1)  # and this is what the viewer did after it
    assert runs.run(RUN).want().goal == PLAY
    assert app.session_state["shown"].step == 20


def test_a_moment_behind_the_end_is_as_far_as_the_run_goes(runs: Followers) -> None:
    runs.tell(RUN, 0, 40, state="finished")
    app = ordered(opened(), lambda: bench.open_at("b", 10_000))
    assert message(app)[0]["command"]["at"] == 10_000


def test_a_link_to_no_moment_follows_the_newest(runs: Followers) -> None:
    app = ordered(opened(), lambda: bench.open_at("b", 20))
    ordered(app, lambda: bench.open_at("b", None))
    assert message(app)[0]["command"] == {"number": 1, "playing": True, "at": "newest"}
    assert runs.run(RUN).want().goal == PLAY


def test_every_command_is_a_new_one(runs: Followers) -> None:
    app = ordered(opened(), lambda: bench.move("b", playing=False))
    assert message(app)[0]["command"] == {"number": 1, "playing": False}
    ordered(app, lambda: bench.move("b", playing=False))
    assert message(app)[0]["command"] == {"number": 2, "playing": False}


# -------------------------------------------------------------------------------- the common past


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [
        (RUN, RUN, None),
        (RUN, FORK, 10),
        (FORK, RUN, 10),
        (FORK, FORK.fork(25, dropout=0.5), 25),
        (FORK, RUN.fork(10, dropout=0.5), 10),
        (RUN, RUN.model_copy(update={"knobs": Knobs(dropout=0.1)}), 0),
    ],
)
def test_two_runs_are_one_up_to_where_their_knobs_differ(one: RunSpec, other: RunSpec, step: int | None) -> None:
    assert common_past(one, other) == step
