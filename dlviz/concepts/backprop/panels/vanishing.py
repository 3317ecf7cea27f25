"""Vanishing and exploding: a deep network learns, and each layer's gradient is measured at every update."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from dlviz.concepts.backprop.spec import DEFAULT, View
from dlviz.export.vanishing_text import vanishing_script
from dlviz.recording import pack
from dlviz.signals import Lesson
from dlviz.stack import Vanishing
from dlviz.ui import links, reasons, stacks, tries
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.behind import code, download
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.folds import fold
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.tries import Found, Page, Question

COMPUTE = "dlviz.training.deep:learn"
KEY = "vanishing"
PREFIX = "backprop"
PART = "vanishing"  # of the page, that waits for an answer
SHOWN, BEFORE = "vanishing.shown", "vanishing.before"  # the last answer on show, and the one before it
LOOK = 0.3  # seconds between two looks for an answer
PATIENCE = 1.5  # seconds that a moved control may wait for its picture
EXTENT = 6.0  # the map shows -EXTENT to EXTENT


def panel(view: View) -> None:
    """Show things to try, the lesson that the view asks for, and the controls beside it."""
    with st.container(border=True, key="backprop-vanishing"):
        st.subheader(t("vanishing.title"), anchor=False)
        st.markdown(t("vanishing.lead"))
        tries.panel(PAGE, view)
        keep_looking(PART, _vanishing, LOOK)


def _vanishing(waiting: bool) -> None:
    picture, beside = st.columns([5, 2], gap="large")
    with beside, drawer("backprop.vanishing"):
        given = _controls(links.current(DEFAULT))
    with picture:
        found = _shown(given)
        st.caption(f"{t(f'vanishing.theory.{theory(given)}')} {t('vanishing.theory.beside')}")
        _code(given)
    looked(PART, waiting, owed=found is None or not found.fresh)


def _shown(given: Vanishing) -> Answer | None:
    """Show the newest answer beside the one before it, and return it."""
    try:
        found = asked("vanishing", given)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return Answer(None, None, True)
    if found is None:
        st.caption(t("bench.warming_up"))
        return None
    if not found.fresh:
        st.caption(t("vanishing.learning"))
    _remember(found.note, found.value)
    before = st.session_state.get(BEFORE)
    data = message(found.note, found.value, before, given.deep_at if found.fresh else None)
    mount("vanishing", key=KEY, data=data, on_change={"at": _settled})
    return found


def asked(slot: str, given: Vanishing, patience: float = PATIENCE) -> Answer | None:
    """Return the newest answer of a worker, with the question that it is about as its note."""
    question = given.question
    return ask(f"backprop.{slot}", COMPUTE, question, note=question, wait=patience)


def theory(given: Vanishing) -> str:
    """Return which law of wide, fresh layers says what a layer multiplies a gradient by."""
    if given.deep_shortcut:
        return "shortcut" if given.deep_norm == "none" else "normed_shortcut"
    return {"none": "plain", "batch": "batch", "layer": "layer"}[given.deep_norm]


def _remember(question: Vanishing, lesson: Lesson) -> None:
    """Keep the lesson that was on show until now, so that the next one stands beside it."""
    shown = st.session_state.get(SHOWN)
    if shown is not None and shown[0] != question:
        st.session_state[BEFORE] = shown
    st.session_state[SHOWN] = (question, lesson)


def _said() -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get("at") or {}


def _settled() -> None:
    """Note the step on show."""
    said, view = _said(), links.current(DEFAULT)
    try:
        at = None if said.get("step") is None else int(said["step"])
        given = Vanishing.model_validate({**dict(view.vanishing), "deep_at": at})
    except (ValueError, TypeError):  # no browser of ours says such a thing
        return
    links.write(view.model_copy(update={"vanishing": given}), DEFAULT)


# ------------------------------------------------------------------------------------------ controls


def _controls(view: View) -> Vanishing:
    """Show what can be chosen, and return what is asked for then."""
    given = view.vanishing
    stacks.heading("layers")
    given = stacks.edit(given, ("deep_layers", "deep_bend", "deep_start", "deep_scale"), PREFIX)
    words, help = t("stack.another"), t("stack.another.help")
    st.button(words, key=f"{PREFIX}.deep_another", icon=":material/casino:", help=help, on_click=_another)
    stacks.heading("cures")
    given = stacks.edit(given, ("deep_norm", "deep_shortcut", "deep_clip"), PREFIX)
    stacks.heading("learning")
    given = stacks.edit(given, ("deep_rate", "deep_data"), PREFIX)
    unfolded = fold(t("stack.more"), "backprop-deep-more")
    if unfolded is not None:
        with unfolded:
            given = stacks.edit(given, ("deep_steps", "deep_width", "deep_seed"), PREFIX)
    if given.question != view.vanishing.question:
        given = given.model_copy(update={"deep_at": None})
        links.write(view.model_copy(update={"vanishing": given}), DEFAULT)
    return given


def _another() -> None:
    view = links.current(DEFAULT)
    given = stacks.another_seed(view.vanishing).model_copy(update={"deep_at": None})
    links.put(view.model_copy(update={"vanishing": given}))


def _code(given: Vanishing) -> None:
    """Offer the script that prints the same numbers; it is on the page only where somebody opens it."""
    place = fold(t("vanishing.code"), f"{PREFIX}.deep_code")
    if place is None:
        return
    script = vanishing_script(given)
    with place:
        st.markdown(t("vanishing.code.lead"))
        download(t("vanishing.code.download"), script, "vanishing.py", f"{PREFIX}.deep_script")
        code(script)


# ------------------------------------------------------------------------------- to the browser


def message(asked: Vanishing, lesson: Lesson, before: tuple[Vanishing, Lesson] | None, at: int | None) -> bytes:
    """Return all that the component draws: the lesson, and the one `before` it as a ghost, where it fits beside it."""
    words = all_below("vanishing.picture.")
    header = {
        "name": name(asked),
        "before": name(before[0]) if before else None,
        "steps": asked.deep_steps,
        "at": at,
        "clip": asked.deep_clip,
        "diverged_at": lesson.diverged_at,
        "extent": EXTENT,
        "heard": _said().get("seq"),
        "words": words,
    }
    arrays = _arrays(lesson) | {"maps": lesson.maps, "map_steps": lesson.map_steps}
    arrays |= {"points": lesson.points, "labels": lesson.labels}
    if before:
        arrays |= {f"before/{key}": values for key, values in _arrays(before[1]).items()}
    return pack(header, arrays)


def _arrays(lesson: Lesson) -> dict[str, np.ndarray]:
    return {key: getattr(lesson, key) for key in ("losses", "shares", "norms", "totals")}


def name(asked: Vanishing) -> str:
    """Return what tells a lesson from others: its depth, its bend, its start, and what helps it."""
    start = stacks.option(asked.deep_start) if asked.deep_start != "normal" else f"σ = {asked.deep_scale:g}"
    helps = {
        t("vanishing.helps.norm", norm=stacks.option(asked.deep_norm)): asked.deep_norm != "none",
        t("vanishing.helps.shortcut"): asked.deep_shortcut,
        t("vanishing.helps.clip", clip=f"{asked.deep_clip:g}"): asked.deep_clip > 0,
    }
    parts = [t("vanishing.layers", layers=asked.deep_layers), stacks.option(asked.deep_bend), start]
    parts += [words for words, there in helps.items() if there]
    return " · ".join([*parts, t("vanishing.rate", rate=f"{asked.deep_rate:g}")])


# ------------------------------------------------------------------------------------ things to try

RUNAWAY = Vanishing(deep_bend="relu", deep_start="normal", deep_scale=0.6)
FAINT = Vanishing(deep_layers=20, deep_bend="tanh", deep_start="normal", deep_rate=0.02)
TRIED: dict[str, Vanishing] = {
    "sigmoid": Vanishing(),
    "he": Vanishing(deep_bend="relu", deep_start="he"),
    "norm": Vanishing(deep_norm="batch"),
    "explode": RUNAWAY,
    "clip": RUNAWAY.model_copy(update={"deep_clip": 1.0}),
    "shortcut": FAINT.model_copy(update={"deep_shortcut": True}),
}
THOUSANDTH = 1e-3
LEARNT, GUESSES = 0.9, 0.6  # share of points that is right


def passed(lesson: Lesson) -> int:
    """Return 0, 1 or 2 where of the last hidden layer's gradient most, little or hardly any arrives at the first."""
    share = lesson.passed(0)
    return 0 if share > 0.1 else 1 if share > THOUSANDTH else 2


def learnt(lesson: Lesson) -> int:
    """Return 0 to 3 for a lesson that was learnt, partly learnt, not learnt, or that ran away."""
    if lesson.diverged_at is not None:
        return 3
    return 0 if lesson.shares[-1] >= LEARNT else 1 if lesson.shares[-1] > GUESSES else 2


ASKS_OF = {"sigmoid": ("passed", passed)}


def _answer(name: str, _: View) -> Found | None:
    try:
        found = asked(f"try.{name}", TRIED[name])
    except Failed:
        return None
    if found is None or not found.fresh:
        return None
    lesson: Lesson = found.value
    values = {
        "passed": stacks.readable(lesson.passed(0)),
        "share": f"{100 * lesson.shares[-1]:.1f}",
        "loss": stacks.readable(lesson.losses[-1]),
        "first": stacks.readable(lesson.norms[0, 0]),
        "length": stacks.readable(lesson.totals[0]),
        "steps": lesson.diverged_at or lesson.last,
    }
    return Found(ASKS_OF.get(name, ("learnt", learnt))[1](lesson), values)


def _question(name: str) -> Question:
    def leads_to(view: View) -> View:
        chosen = TRIED[name].model_copy(update={"deep_preset": name})
        return view.model_copy(update={"vanishing": chosen})

    return Question(leads_to, ASKS_OF.get(name, ("learnt", learnt))[0], partial(_answer, name))


PAGE = Page("vanishing", DEFAULT, {name: _question(name) for name in TRIED}, part="vanishing", prefix="deep_")
