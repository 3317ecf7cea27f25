"""A spec's fields as widgets: what a field is, its limits, its name and its help decide what you see.

A widget shows the value it is given and returns what the visitor made of it. When the value it is
given is not what it last returned, somebody else changed it (a link, Back, a preset, a fork) and
the widget follows. So a page needs no keys: it passes its state in, and keeps what comes back.

Keys are "<prefix>.<field>", the same in every language; in the browser the class is
`.st-key-<prefix>-<field>`.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from pydantic.fields import FieldInfo

from dlviz import codec
from dlviz.spec import Choice
from dlviz.ui.language import t
from dlviz.words import catalogue

MOST_SEGMENTS = 3  # options shown side by side; more of them go into a drop-down
WIDEST_SLIDER = 128  # whole numbers with a wider range are typed
FORMATS = {
    "rotate": "%d°",
    "shift": "%.1f px",
    **dict.fromkeys(("validation_share", "test_share", "train_share", "dropout", "thickness", "scale"), "percent"),
}
STEPS = {
    "learning_rate": [digit * 10.0**power for power in range(-6, 1) for digit in (1, 2, 5)] + [10.0],
    "weight_decay": [0.0, *(digit * 10.0**power for power in range(-6, 0) for digit in (1, 2, 5)), 1.0],
    "batch_size": [2**power for power in range(11)],
    "momentum": [0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999],
}
_REPORTED = "widgets.reported"


# --------------------------------------------------------------------------- keys and languages


def follow(key: str, value: object) -> None:
    """Let the widget `key` show `value` unless it is what the widget last returned; call it before the widget."""
    reported = st.session_state.setdefault(_REPORTED, {})
    if key not in st.session_state or key not in reported or reported[key] != value:
        st.session_state[key] = value


def report(key: str, value: object) -> None:
    """Note what the widget `key` returned, or what it counts as having returned; call it after the widget."""
    st.session_state.setdefault(_REPORTED, {})[key] = value


def carry() -> None:
    """Keep the values of all widgets over a change of language; the frame calls it before anything is drawn.

    The browser holds the words of an option, and those have just changed.
    """
    for key in st.session_state.get(_REPORTED, {}):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def refuse(values: Mapping[str, object]) -> None:
    """Let widgets keep what the visitor typed although it was not taken: key → the value that stays in force."""
    for key, value in values.items():
        report(key, value)


# ------------------------------------------------------------------------------------ one field


def field(
    kind: type[Choice],
    name: str,
    value: object,
    key: str,
    *,
    label: str | None = None,
    help: str | None = None,
    only: Sequence[object] | None = None,
    disabled: bool = False,
) -> object:
    """Show the widget for the field `name` of the spec class `kind` and return its value.

    `label` and `help` default to the words of the field, `only` narrows its choices. A tuple of
    whole numbers (layer widths) becomes a row of numbers; other tuples have editors of their own.
    """
    declared = kind.model_fields[name]
    label = t(f"fields.{name}") if label is None else label
    help = t(f"fields.{name}.help") if help is None else help
    draw = _widget_for(name, declared, value, only)
    follow(key, value)
    chosen = draw(label, key=key, help=help, disabled=disabled)
    chosen = value if chosen is None else chosen
    report(key, chosen)
    return chosen


def choice(
    label: str,
    options: Sequence[str],
    value: str,
    key: str,
    *,
    names: Callable[[str], str] | None = None,
    help: str | None = None,
    disabled: bool = False,
) -> str:
    """Show options side by side or, where they are many, in a drop-down, and return the chosen one.

    `names` gives each option its words; they default to the words of the option.
    """
    draw = _choice_widget(options, names or option)
    follow(key, value)
    chosen = draw(label, key=key, help=help, disabled=disabled)
    report(key, chosen)
    return chosen


def option(value: object) -> str:
    """Return what an option of a field is called."""
    key = f"options.{value}"
    return t(key) if catalogue.known(key) else str(value)


def number(value: float) -> str:
    """Return a number in plain decimals, without zeros at its end: 0.00002, 0.5, 64."""
    return f"{value:.8f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def options_of(declared: FieldInfo) -> tuple[object, ...]:
    """Return the choices of a field declared as a Literal; none for other fields."""
    return typing.get_args(declared.annotation) if typing.get_origin(declared.annotation) is typing.Literal else ()


def _widget_for(name: str, declared: FieldInfo, value: object, only: Sequence[object] | None) -> Callable:
    """Return the widget that fits the field, wanting only its label, key, help and disabled."""
    if options_of(declared):
        return _choice_widget(only or options_of(declared), option)
    if declared.annotation is bool:
        return st.toggle
    if name in STEPS:
        return _bind(st.select_slider, options=sorted({*STEPS[name], value}), format_func=number)
    low, high = codec.limits(declared)
    if declared.annotation is int:
        draw = st.slider if high - low <= WIDEST_SLIDER else st.number_input
        return _bind(draw, min_value=int(low), max_value=int(high), step=1)
    step = 0.5 if high - low > 5 else 0.01 if high - low > 0.05 else 0.001
    return _bind(st.slider, min_value=float(low), max_value=float(high), step=step, format=FORMATS.get(name, "%.2f"))


def _choice_widget(options: Sequence[object], names: Callable[[object], str]) -> Callable:
    if len(options) <= MOST_SEGMENTS:
        return _bind(st.segmented_control, options=options, format_func=names, required=True, width="stretch")
    return _bind(st.selectbox, options=options, format_func=names)


def _bind(draw: Callable, **fixed: object) -> Callable:
    return lambda label, **rest: draw(label, **fixed, **rest)
