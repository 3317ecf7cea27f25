"""A thing to try asks first, runs after the answer, and says what the run itself found."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.concepts.activations.spec import View
from dlviz.engine.followed import Followed
from dlviz.recording import Moment
from dlviz.ui.tries import Page
from dlviz.words import catalogue


class Runs:
    """An engine whose one run goes where a test takes it."""

    error = ""

    def __init__(self) -> None:
        self.followed: dict[str, Followed] = {}

    def watch(self, spec: object, *_: object) -> Followed:
        """Return the run, which answers for itself."""
        return self.followed.setdefault(spec.digest, Followed(spec))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Return the engine of the page."""
    found = Runs()
    monkeypatch.setattr(engine, "current", lambda: found)
    return found


def page() -> None:
    """A page with the playground's things to try and nothing else."""
    from dlviz.concepts.playground.panels import tries as table
    from dlviz.concepts.playground.spec import DEFAULT
    from dlviz.ui import links

    links.enter("playground")
    view, _ = links.read(DEFAULT)
    table.panel(view)
    links.write(links.current(DEFAULT), DEFAULT)


def test_the_question_comes_first_and_the_run_says_what_is_right(runs: Runs) -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert len(app.button) == 0
    app.button_group[0].set_value("straight").run()
    assert len(app.button) == 3
    assert not runs.followed  # nothing runs before the answer
    app.button(key="playground.guess.0").click().run()
    assert app.caption[0].value == "It is running; the answer comes from the run itself."
    (run,) = runs.followed.values()
    last = Moment(5000, 200, {"train_accuracy": np.array(0.7), "validation_accuracy": np.array(0.66)})
    run.add([last])
    run.hear({"state": "finished", "step": 5000, "total_steps": 5000})
    app.run()
    told = app.markdown[-1].value
    assert told.startswith("**Between 60 and 90\u202f%.** 66.0\u202f% right after 5000 updates.")
    assert told.endswith("You said: More than 90\u202f%.")
    assert app.session_state["links.kept"]["playground"].state.run == run.spec


def test_another_choice_forgets_the_answer(runs: Runs) -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    app.button_group[0].set_value("straight").run()
    app.button(key="playground.guess.1").click().run()
    app.button_group[0].set_value("zeros").run()
    view = app.session_state["links.kept"]["playground"].state
    assert (view.preset, view.guess) == ("zeros", None)
    assert len(app.button) == 3


def asking() -> None:
    """A page whose one question is about something else than a run."""
    import streamlit as st

    from dlviz.concepts.playground.spec import DEFAULT
    from dlviz.ui import links, tries

    def leads_to(view: object) -> object:
        return view.model_copy(update={"shown": False})

    def answer(view: object) -> tries.Found | None:
        st.session_state["asked"] = view.shown
        known = st.session_state.get("known")
        return None if known is None else tries.Found(known, {"train": 3, "validation": 70, "steps": 7})

    table = {"straight": tries.Question(leads_to, "band", answer)}
    links.enter("playground")
    view, _ = links.read(DEFAULT)
    tries.panel(tries.Page("playground", DEFAULT, table), view)
    links.write(links.current(DEFAULT), DEFAULT)


def test_a_question_leads_to_its_state_and_waits_for_what_is_computed(runs: Runs) -> None:
    app = AppTest.from_function(asking, default_timeout=30).run()
    app.button_group[0].set_value("straight").run()
    assert len(app.button) == 3
    assert "asked" not in app.session_state  # nothing is computed before the guess
    app.button(key="playground.guess.1").click().run()
    assert app.caption[0].value == "It is being computed; the answer comes from what is measured."
    assert app.session_state["asked"] is False  # the state that was asked about is there
    app.session_state["known"] = 1
    app.run()
    told = app.markdown[-1].value
    assert told.startswith("**Between 60 and 90\u202f%.**") and told.endswith("You were right.")


def test_a_panel_may_have_a_choice_and_a_guess_of_its_own() -> None:
    view = View()
    page = Page("depth", view, {}, part="depth", prefix="deep_")
    assert page.chosen(view) == ("none", None)
    asked = page.having(view, preset="he", guess=2)
    assert page.chosen(asked) == ("he", 2)
    assert (asked.preset, asked.guess) == (view.preset, view.guess)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "**Yes.** So it is. You said: No."), ("zh", "**对**。确实如此。你猜的是：不。")],
)
def test_an_answer_ends_as_sentences_of_its_language_do(lang: str, said: str) -> None:
    parts = {"en": ("Yes", "So it is.", "No"), "zh": ("对", "确实如此。", "不")}[lang]
    verdict = catalogue.text("tries.wrong", lang, guess=parts[2])
    assert catalogue.text("tries.answer", lang, answer=parts[0], found=parts[1], verdict=verdict) == said


def below_zero() -> None:
    """A page whose question is answered by a number below zero."""
    from dlviz.concepts.mlp.spec import DEFAULT
    from dlviz.ui import links, tries

    found = tries.Found(2, {"validation": "-0.13"})
    table = {"one": tries.Question(lambda view: view, "fit", lambda _: found)}
    links.enter("mlp")
    view, _ = links.read(DEFAULT)
    tries.panel(tries.Page("mlp", DEFAULT, table), view)


def test_a_number_below_zero_has_its_printed_sign(runs: Runs) -> None:
    app = AppTest.from_function(below_zero, default_timeout=30)
    app.query_params.update({"preset": "one", "guess": "2"})
    assert "is −0.13. " in app.run().markdown[-1].value
