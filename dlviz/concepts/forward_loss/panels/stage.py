"""The stage: the network taken apart, and beside it what is taken apart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz import engine
from dlviz.concepts.forward_loss.recording import Anatomy
from dlviz.concepts.forward_loss.spec import DEFAULT, Subject, View, changes_text, read_changes
from dlviz.recording import pack
from dlviz.ui import crowd, links, reasons
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import part

COMPUTE = "dlviz.concepts.forward_loss.compute"
KEY = "anatomy"
HELD = "forward_loss.held"  # (subject, changes) while a hand still drags a number: on show, but not in the link yet
ANEW = "forward_loss.anew"  # whether the parts below have to follow
LOOK = 0.4  # seconds between two looks for the first answer
PATIENCE = 1.0
NAMED = ("relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "identity")


class Asked(NamedTuple):
    """What was asked: a subject, and the numbers changed by hand as text."""

    subject: Subject
    changed: str


def panel(view: View) -> None:
    """Show the network taken apart; a number that is dragged or a step of the walk runs nothing else of the page."""
    try:
        waiting = known(view) is None
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    with st.container(key="forward-loss-stage"):
        part(_stage, crowd.pace(LOOK) if waiting else None)(waiting)


def known(view: View) -> Anatomy | None:
    """Return the network on the stage with its numbers as they are held; None while it is being computed.

    Raises: asking.Failed where it cannot be computed.
    """
    answer = _ask(_asked(view))
    return answer.value if answer is not None and answer.fresh else None


def _asked(view: View) -> Asked:
    subject, held = st.session_state.get(HELD) or (None, "")
    return Asked(settled(view.subject), held if subject == view.subject else view.changed)


def settled(subject: Subject) -> Subject:
    """Return the subject with its run's device decided, as workers need it."""
    if subject.run.device == "cpu":
        return subject
    device = engine.current().device or "cpu"  # nothing is computed before a device is known
    return subject.model_copy(update={"run": subject.run.model_copy(update={"device": device})})


def _ask(asked: Asked) -> Answer | None:
    return ask("forward_loss.anatomy", f"{COMPUTE}:anatomy", *asked, note=asked, wait=PATIENCE)


def _stage(waiting: bool) -> None:
    view = links.current(DEFAULT)
    try:
        found = _ask(_asked(view))
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t("bench.warming_up"))
        return
    header = config(view, found.note, found.value)
    mount("anatomy", key=KEY, data=pack(header, arrays(found.value)), on_change={"look": _looked, "changed": _changed})
    if st.session_state.pop(ANEW, False) or waiting == found.fresh:
        st.rerun()  # the rest of the page follows, or looks no more, or looks until the answer has come


# -------------------------------------------------------------------------------- to the browser and back


def config(view: View, asked: Asked, found: Anatomy) -> dict[str, object]:
    """Return all that the picture shows beside the numbers; `asked` is what these are about."""
    subject = asked.subject
    return {
        "subject": name_of(subject),
        "activations": [layer.activation for layer in found.layers],
        "head": subject.head,
        "truth": found.truth,
        "truth_name": truth_name(subject, found),
        "inputs": inputs_of(subject, found),
        "classes": class_names(subject),
        "side": math.isqrt(subject.sizes[0]) if subject.source == "digit" else 0,
        "walk": view.walk,
        "drawn": view.drawn,
        "changed": read_changes(asked.changed),
        "heard": max((_said(name).get("seq") or 0 for name in ("look", "changed")), default=0) or None,
        "words": {
            **all_below("forward_loss.picture."),
            "activations": {layer.activation: bend_name(layer.activation) for layer in found.layers},
        },
    }


def bend_name(activation: str) -> str:
    """Return what an activation is called: its name, or the formula that somebody typed."""
    return option(activation) if activation in NAMED else f"f(x) = {activation}"


def name_of(subject: Subject) -> str:
    """Return what tells this subject from others, in few letters."""
    digest = subject.run.model_copy(update={"device": "cpu"}).digest
    run = f"/{digest}/{subject.step}" if subject.source == "yours" else f"/{subject.trained}/{subject.bend}"
    return f"{subject.source}/{subject.example}{run}"


def inputs_of(subject: Subject, found: Anatomy) -> list[dict[str, object]]:
    """Return each input's name and, where it was standardised, what was noted, its column's mean and deviation."""
    if subject.source == "digit":
        side = math.isqrt(subject.sizes[0])
        cells = (divmod(place, side) for place in range(side * side))
        return [{"name": t("forward_loss.pixel", row=row + 1, column=column + 1)} for row, column in cells]
    if subject.source == "yours":
        return [{"name": option(name)} for name in subject.run.data.inputs]
    names = all_below(f"forward_loss.input.{subject.source}.")
    values = found.inputs[0] * found.deviations + found.means
    return [
        {"name": name, "raw": raw(subject.source, place, value), "mean": float(mean), "deviation": float(deviation)}
        for place, (name, value, mean, deviation) in enumerate(
            zip(names.values(), values, found.means, found.deviations, strict=True)
        )
    ]


def raw(source: str, place: int, value: float) -> str:
    """Return what was noted in the table, in its unit."""
    number = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return t(f"forward_loss.unit.{source}.{place}", value=number)


def class_names(subject: Subject) -> list[str]:
    """Return what each answer of the network is called."""
    if subject.source == "yours":
        if subject.head == "identity":
            return [t("forward_loss.answer")]
        return [t("forward_loss.class", number=place + 1) for place in range(subject.sizes[-1])]
    if subject.source == "digit":
        return [str(digit) for digit in range(10)]
    return list(all_below(f"forward_loss.class.{subject.source}.").values())


def truth_name(subject: Subject, found: Anatomy) -> str:
    """Return what the example on screen really is."""
    if subject.head == "identity":
        return f"{found.targets[0, 0]:.3g}"
    if subject.head == "sigmoid":
        return t(f"forward_loss.truth.{subject.source}.{found.label}")
    return class_names(subject)[found.truth]


def arrays(found: Anatomy) -> dict[str, np.ndarray]:
    """Return the numbers as the browser takes them."""
    parts = {"inputs": found.inputs, "original_inputs": found.original_inputs, "original": found.original}
    for place, layer in enumerate(found.layers):
        numbers = (layer.weights, layer.biases, layer.sums, layer.outputs)
        parts |= {f"{name}{place}": part for name, part in zip("wbzh", numbers, strict=True)}
    judged = {name: getattr(found, name) for name in ("answers", "targets", "losses", "slopes")}
    picture = {} if found.picture is None else {"picture": found.picture}
    return {name: np.ascontiguousarray(part) for name, part in (parts | judged | picture).items()}


def _said(name: str) -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get(name) or {}


def _looked() -> None:
    """Take over how far the walk has come, and how the network is drawn."""
    view, said = links.current(DEFAULT), _said("look")
    try:
        news = View.model_validate({**dict(view), "walk": said.get("walk"), "drawn": said.get("drawn")})
    except ValueError:  # no browser of ours says such a thing
        return
    links.write(news, DEFAULT)


def _changed() -> None:
    """Take over numbers set by hand: into the link once the hand has let go."""
    view, said = links.current(DEFAULT), _said("changed")
    if said.get("subject") != name_of(view.subject):
        return
    try:
        text = changes_text({str(name): float(value) for name, value in dict(said.get("changes") or {}).items()})
        news = View.model_validate({**dict(view), "changed": text, "answer": None})
    except (ValueError, TypeError):
        return
    st.session_state[HELD] = (view.subject, text)
    if said.get("last"):
        st.session_state[HELD] = None
        st.session_state[ANEW] = True
        links.put(news)
