"""Softmax: logits to drag, the probabilities they become, and how each probability answers to each logit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from dlviz.concepts.activations.panels.answers import answer
from dlviz.concepts.activations.panels.facts import number
from dlviz.concepts.activations.spec import DEFAULT, FEWEST_LOGITS, LARGEST_LOGIT, MOST_LOGITS, View
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.fields import follow, report
from dlviz.ui.language import t

KEY = "activations.softmax"
TEMPERATURES = [digit * 10.0**power for power in range(-2, 2) for digit in (1, 2, 5)] + [100.0]
MORE = (0.0, 1.0, -1.0, 0.5)  # logits that are added where there are to be more
WORDS = ("label", "logit", "chance", "hint", "jacobian", "jacobian.said", "falls", "rises")


def panel(view: View) -> None:
    """Show the logits with their probabilities, and beside them the temperature and the rest."""
    picture, beside = st.columns([2, 1], gap="large")
    with beside, drawer("activations.softmax"):
        changed = _controls(view)
        if changed != view:
            links.write(changed, DEFAULT)
    with picture:
        _stage(changed)


def _stage(view: View) -> None:
    try:
        found = answer("activations.softmax", "softmax", view.logits, view.temperature, view.added, note=view)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None:
        st.skeleton(height=480)
        return
    mount("softmax", key=KEY, data=message(view, found.value, found.note), on_change={"logits": _dragged})


def message(view: View, found: object, asked: View) -> dict[str, object]:
    """Return what the component draws, in the visitor's language."""
    return {
        "logits": list(view.logits),
        "low": -LARGEST_LOGIT,
        "high": LARGEST_LOGIT,
        "probabilities": found.probabilities.tolist(),
        "jacobian": found.jacobian.tolist(),
        "numbers": numbers(found, asked),
        "seq": _heard().get("seq"),
        "words": {name: t(f"activations.softmax.{name}") for name in WORDS},
    }


def numbers(found: object, asked: View) -> list[dict[str, str]]:
    """Return the numbers that matter now: label, value, and what the value means."""
    count = len(found.probabilities)
    rows = [
        (
            "entropy",
            t("activations.softmax.bits", value=number(found.entropy)),
            t("activations.softmax.entropy.note", most=number(math.log2(count))),
        ),
        ("added", _difference(found.moved), t("activations.softmax.added.note", added=number(asked.added))),
        ("naive", naive(found.naive), t(f"activations.softmax.naive.{'fails' if _fails(found) else 'works'}")),
        ("closed", _difference(found.closed), t("activations.softmax.closed.note")),
    ]
    return [{"label": t(f"activations.softmax.{name}"), "value": value, "note": note} for name, value, note in rows]


def _fails(found: object) -> bool:
    return not np.allclose(found.naive, found.probabilities, atol=1e-4)


def naive(values: np.ndarray) -> str:
    """Return the probability of the first class as it comes out where nothing guards against overflow."""
    first = float(values[0])
    return "NaN" if math.isnan(first) else t("views.percent", value=f"{100 * first:.1f}")


def _difference(value: float) -> str:
    if value == 0:
        return "0"
    power = math.floor(math.log10(value))
    return number(value) if power > -3 else f"10{str(power).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


# ----------------------------------------------------------------------------------- the controls


def _controls(view: View) -> View:
    temperature = _temperature(view.temperature)
    help = t("activations.added.help")
    added = fields.field(View, "added", view.added, "activations.added", label=t("activations.added"), help=help)
    follow("activations.classes", len(view.logits))
    count = st.slider(
        t("activations.classes"),
        FEWEST_LOGITS,
        MOST_LOGITS,
        st.session_state["activations.classes"],
        key="activations.classes",
        help=t("activations.classes.help"),
    )
    report("activations.classes", count)
    st.caption(t("activations.softmax.limits"))
    return view.model_copy(update={"temperature": temperature, "added": added, "logits": resized(view.logits, count)})


def _temperature(value: float) -> float:
    follow("activations.temperature", value)
    chosen = st.select_slider(
        t("activations.temperature"),
        sorted({*TEMPERATURES, value}),
        st.session_state["activations.temperature"],
        format_func=fields.number,
        key="activations.temperature",
        help=t("activations.temperature.help"),
    )
    report("activations.temperature", chosen)
    return chosen


def resized(logits: Sequence[float], count: int) -> tuple[float, ...]:
    """Return so many logits: the first ones as they are, and more at the end where there are too few."""
    more = (MORE[place % len(MORE)] for place in range(max(0, count - len(logits))))
    return (*logits[:count], *more)


def _heard() -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get("logits") or {}


def _dragged() -> None:
    """Take over the logits as they were dragged."""
    view = links.current(DEFAULT)
    try:
        values = tuple(float(value) for value in _heard().get("values", ()))
        changed = View.model_validate({**dict(view), "logits": values})
    except (TypeError, ValueError):  # no browser of ours says such a thing
        return
    links.put(changed)
