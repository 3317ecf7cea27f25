"""What becomes a graph, and how it learns: the choices beside the stage."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.backprop.spec import DEFAULT, UNTOUCHED, Question, View
from dlviz.formula import FUNCTIONS, FormulaError, read_program
from dlviz.ui import fields, layers, links, reasons
from dlviz.ui.folds import fold
from dlviz.ui.language import t

PREFIX = "backprop"
SHAPES = (
    "scene",
    "program",
    "inputs",
    "hidden",
    "activation",
    "penalty",
    "data",
    "sample",
    "batch",
    "times",
    "memory",
    "seed",
)
"""What makes another graph, or other first numbers: one comes to it anew."""


def scene(view: View) -> View:
    """Show what can be taken apart, and return the view with what was chosen."""
    question = view.question
    chosen = _choice("scene", question.scene, segments=4)
    return changed(view, {"scene": chosen})


def controls(view: View) -> View:
    """Show the choices of the scene and of learning; return the view that they make."""
    shown = {"expression": _expression, "neuron": _neuron, "mlp": _perceptron, "rnn": _recurrent}
    with st.container(key="backprop-scene", gap="small"):
        values = shown[view.question.scene](view.question)
    with st.container(key="backprop-learning", gap="small"):
        values |= {"learning_rate": _field("learning_rate", view.question, "rate")}
        values |= {"bug": _choice("bug", view.question.bug, segments=1)}
    unfolded = fold(t("backprop.more"), "backprop.more")
    if unfolded is None:
        return changed(view, values)
    with unfolded:
        values |= {"updates": _field("updates", view.question, "updates")}
        st.button(
            t("backprop.reset"),
            key="backprop.reset",
            help=t("backprop.reset.help"),
            disabled=not view.question.values,
            on_click=_reset,
        )
    return changed(view, values)


def changed(view: View, values: dict[str, object]) -> View:
    """Return the view of a changed question; in another graph one stands where everybody begins."""
    question = view.question.model_copy(update=values)
    if question == view.question:
        return view
    anew = any(getattr(question, name) != getattr(view.question, name) for name in SHAPES)
    if anew and question.program == view.question.program:
        question = question.model_copy(update={"values": ""})
    return view.model_copy(update={"question": question, **(UNTOUCHED if anew else {})})


def _reset() -> None:
    view = links.current(DEFAULT)
    question = view.question.model_copy(update={"values": ""})
    links.put(view.model_copy(update={"question": question, **UNTOUCHED}))


# --------------------------------------------------------------------------------------- scenes


def _expression(question: Question) -> dict[str, object]:
    key = f"{PREFIX}.program"
    fields.follow(key, question.program)
    typed = st.text_area(
        t("backprop.program"), st.session_state[key], key=key, height=220, help=t("backprop.program.help")
    )
    fields.report(key, typed)
    st.caption(t("backprop.functions", functions=", ".join(FUNCTIONS)))
    if typed == question.program:
        return {}
    try:
        read_program(typed)
        return {"program": Question.model_validate({**dict(question), "program": typed}).program}
    except FormulaError as error:
        st.warning(reasons.say_formula(error))
    except ValueError:  # longer than a link can hold
        st.warning(t("formula.too_long", most=1000))
    fields.refuse({key: question.program})
    return {}


def _neuron(question: Question) -> dict[str, object]:
    return {
        "inputs": _field("inputs", question),
        "activation": _choice("activation", question.activation, segments=4),
        "penalty": _choice("penalty", question.penalty, segments=1),
    }


def _perceptron(question: Question) -> dict[str, object]:
    return {
        "data": _choice("data", question.data, segments=1),
        "sample": _field("sample", question),
        "batch": _field("batch", question),
        "hidden": layers.units(Question, "hidden", question.hidden, f"{PREFIX}.hidden") or question.hidden,
        "activation": _choice("activation", question.activation, segments=4),
        "penalty": _choice("penalty", question.penalty, segments=1),
        "seed": _field("seed", question),
    }


def _recurrent(question: Question) -> dict[str, object]:
    return {"times": _field("times", question), "memory": _field("memory", question)} | (
        {"seed": _field("seed", question)} if question.memory > 1 else {}
    )


# -------------------------------------------------------------------------------------- widgets


def _field(name: str, question: Question, words: str | None = None) -> object:
    words = words or name
    draw = fields.typed if name == "seed" else fields.field
    return draw(
        Question,
        name,
        getattr(question, name),
        f"{PREFIX}.{name}",
        label=t(f"backprop.{words}"),
        help=t(f"backprop.{words}.help"),
    )


def _choice(name: str, value: str, segments: int) -> str:
    shared = name in ("activation", "data")
    label = t("fields.activation") if name == "activation" else t(f"backprop.{name}")
    return fields.choice(
        label,
        fields.options_of(Question.model_fields[name]),
        value,
        f"{PREFIX}.{name}",
        names=fields.option if shared else lambda one: t(f"backprop.{name}.{one}"),
        help=t(f"backprop.{name}.help"),
        segments=segments,
    )
