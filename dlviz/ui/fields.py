"""A spec's fields as widgets: what a field is, its limits, its name and its help decide what you see.

A widget shows the value it is given and returns what the visitor made of it. When the value it is
given is not what it last returned, somebody else changed it (a link, Back, a preset, a fork) and
the widget follows. So a page needs no keys: it passes its state in, and keeps what comes back.

Keys are "<prefix>.<field>", the same in every language; in the browser the class is
`.st-key-<prefix>-<field>`.
"""

from __future__ import annotations

import time
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isclose
from typing import NamedTuple

import streamlit as st
from pydantic.fields import FieldInfo
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

from dlviz import codec
from dlviz.spec import Choice
from dlviz.ui.language import t
from dlviz.words import catalogue

INSIST = 2.0  # seconds for which the browser is told a new value again and again
MOST_SEGMENTS = 3  # options shown side by side; more of them go into a drop-down
WIDEST_SLIDER = 128  # whole numbers with a wider range are typed
FORMATS = {
    "rotate": "%d°",
    "shift": "%.1f px",
    **dict.fromkeys(
        (
            "validation_share",
            "test_share",
            "train_share",
            "noise",
            "outliers",
            "dropout",
            "thickness",
            "serifs",
            "scale",
        ),
        "percent",
    ),
}


def _decades(powers: Iterable[int], digits: Sequence[int]) -> list[float]:
    """Return digit × 10^power as it is written: 3 × 10.0**-1 would be 0.30000000000000004, which nobody's run has."""
    return [float(f"{digit}e{power}") for power in powers for digit in digits]


STEPS = {
    "learning_rate": [*_decades(range(-6, 1), (1, 2, 5)), 10.0],
    "weight_decay": [0.0, *_decades(range(-6, 0), (1, 2, 5)), 1.0],
    "batch_size": [2**power for power in range(11)],
    "huber_delta": [*_decades((-2, -1, 0), (1, 2, 5)), 10.0],
    "momentum": [0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999],
    "l1": (PENALTIES := [0.0, *_decades(range(-5, 0), (1, 3)), 1.0, 3.0, 10.0]),
    "l2": PENALTIES,
    "gradient_clip": (LONGEST := [0.0, *_decades(range(-2, 2), (1, 3)), 100.0]),
    "schedule_epochs": [*_decades(range(4), (1, 2, 5)), 10_000.0],
    "state": [2**power for power in range(1, 9)],
    "embedding": [2**power for power in range(8)],
    "truncate": [0, 1, 2, 3, 5, 10, 20, 50, 100],
    "top_k": [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30],
    "deep_width": [2**power for power in range(2, 9)],
    "deep_scale": [*_decades(range(-3, 0), (1, 2, 3, 5)), 0.4, 0.6, 0.8, 1.0, 2.0],
    "deep_batch": [2**power for power in range(4, 10)],
    "deep_rate": [*_decades(range(-4, 1), (1, 2, 5)), 10.0],
    "deep_clip": LONGEST,
    "deep_steps": [50, 100, 200, 300, 500, 1000],
    "warm_up_epochs": [0.0, *_decades(range(3), (1, 2, 5)), 1000.0],
}
_SHOWN, _TOLD = "widgets.shown", "widgets.told"
REMEMBERED = "widgets.remembered"  # stands for what a widget held while nothing was forgotten


# --------------------------------------------------------------------------- keys and languages


class Shown(NamedTuple):
    """What a widget returned in the last run that came to its end, what it returned last, and its limits.

    `part` is the fragment that drew it, None for the page itself. `held` is what it held when all was forgotten;
    what it holds of late, the visitor has turned since.
    """

    settled: object
    latest: object
    limits: object
    part: str | None = None
    held: object = REMEMBERED


def follow(key: str, value: object, limits: object = None, offered: Sequence[object] | None = None) -> None:
    """Let the widget `key` show `value` unless it is what the widget returned; call it before the widget.

    A run that a quicker click cut short has not brought what its widgets returned to the page's
    state, so a value that the widget returned before that is no change either. The browser is told
    a new value again for a while: of two runs that follow each other quickly it gets only the
    second one's message, and a widget that never heard its value would answer with its lowest. Told
    for ever, it would jump back under the finger; told what it shows already, as after a fork, it would jump back if it
    is turned in that instant. Other `limits` make it a new widget for the browser. What it holds and is `offered` no
    more, the visitor cannot have turned it to.
    """
    shown, told = _all_shown().get(key), st.session_state.setdefault(_TOLD, {})
    held = st.session_state.get(key, value)
    gone = offered is not None and held not in offered
    if key not in st.session_state or gone or (held != value and _is_old(shown, held, value)):
        st.session_state[key] = value
        told[key] = time.monotonic()
        if shown:  # the state has it: a run cut short after this must not make a visitor's turn of it
            _all_shown()[key] = shown._replace(settled=value, latest=value)
    elif (shown and shown.limits != limits) or time.monotonic() - told.get(key, 0) < INSIST:
        st.session_state[key] = st.session_state[key]


def _is_old(shown: Shown | None, holds: object, value: object) -> bool:
    """Return whether what the widget holds is older than the `value` it is to show."""
    if shown is None or shown.held is REMEMBERED:
        return shown is None or value not in (shown.settled, shown.latest)
    return shown.held == holds


def report(key: str, value: object, limits: object = None) -> None:
    """Note what the widget `key` returned; call it after the widget."""
    shown = _all_shown().get(key)
    known = shown is not None and shown.held is REMEMBERED
    _all_shown()[key] = Shown(shown.settled if known else value, value, limits, _part())


def settle(*, all_parts: bool = False) -> None:
    """Note that what the widgets drawn by this part of the page returned has become the state, or never will.

    A part is a fragment, or the page outside of all fragments; only it knows what its widgets returned. A fragment
    that writes the state while the page around it is being cut short would else settle what the page has not
    brought to the state, and the visitor's turn would be taken back. A callback comes before anything is drawn.
    """
    if ThreadState.get().run_location is RunLocation.CALLBACK:
        return
    shown, here = _all_shown(), _part()
    for key, last in shown.items():
        if all_parts or last.part == here:
            shown[key] = last._replace(settled=last.latest)


def _part() -> str | None:
    """Return the name of the fragment that runs, None outside of all."""
    return ThreadState.get().fragment_id


def forget() -> None:
    """Let every widget show what it is given next, whatever it returned before.

    A fragment may forget long before the widgets are drawn again; what was turned between is not lost.
    """
    state = st.session_state
    state[_SHOWN] = {key: last._replace(held=state.get(key)) for key, last in _all_shown().items()}


def refuse(values: Mapping[str, object]) -> None:
    """Let widgets keep what the visitor typed although it was not taken: key → the value that stays in force."""
    shown = _all_shown()
    for key, value in values.items():
        shown[key] = Shown(value, value, getattr(shown.get(key), "limits", None), _part())


def carry() -> None:
    """Keep the values of all widgets over a change of language; the frame calls it before anything is drawn.

    The browser holds the words of an option, and those have just changed.
    """
    for key in _all_shown():
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _all_shown() -> dict[str, Shown]:
    return st.session_state.setdefault(_SHOWN, {})


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

    A value that `only` leaves out becomes the first that it offers.
    `label` and `help` default to the words of the field, `only` narrows its choices. A tuple of
    whole numbers (layer widths) becomes a row of numbers; other tuples have editors of their own.
    """
    declared = kind.model_fields[name]
    label = t(f"fields.{name}") if label is None else label
    help = t(f"fields.{name}.help") if help is None else help
    value = _offered(value, only or options_of(declared))
    draw, limits = _widget_for(name, declared, value, only), codec.limits(declared)
    follow(key, value, limits, draw.offered)
    chosen = draw(label, key=key, help=help, disabled=disabled)
    chosen = value if chosen is None else chosen
    report(key, chosen, limits)
    return chosen


def typed(
    kind: type[Choice],
    name: str,
    value: int,
    key: str,
    *,
    label: str | None = None,
    help: str | None = None,
    width: int | str = "stretch",
    disabled: bool = False,
) -> int:
    """Show a field of whole numbers to type in, which takes less room than a slider, and return its value."""
    limits = codec.limits(kind.model_fields[name])
    follow(key, value, limits)
    chosen = st.number_input(
        t(f"fields.{name}") if label is None else label,
        min_value=int(limits[0]),
        max_value=int(limits[1]),
        value=st.session_state[key],  # see Bound
        step=1,
        key=key,
        help=t(f"fields.{name}.help") if help is None else help,
        width=width,
        disabled=disabled,
    )
    report(key, chosen, limits)
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
    segments: int = MOST_SEGMENTS,
    width: int | str = "stretch",
) -> str:
    """Show options side by side or, where they are more than `segments`, in a drop-down; return the chosen one.

    `names` gives each option its words; they default to the words of the option.
    """
    draw, value = _choice_widget(options, names or option, segments), _offered(value, options)
    follow(key, value, offered=options)
    chosen = draw(label, key=key, help=help, disabled=disabled, width=width)
    report(key, chosen)
    return chosen


def _offered(value: object, options: Sequence[object]) -> object:
    """Return `value`, or the first of the options where they leave it out."""
    return value if not options or value in options else options[0]


def option(value: object) -> str:
    """Return what an option of a field is called."""
    key = f"options.{value}"
    return t(key) if catalogue.known(key) else str(value)


def number(value: float) -> str:
    """Return a number in plain decimals, without zeros at its end: 0.00002, 0.5, 64."""
    return f"{value:.8f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _stop(name: str, value: float) -> str:
    """Return what a stop of the field's slider is called: its number, or a word where 0 stands for no limit."""
    key = f"fields.{name}.none"
    return t(key) if value == 0 and catalogue.known(key) else number(value)


def options_of(declared: FieldInfo) -> tuple[object, ...]:
    """Return the choices of a field declared as a Literal; none for other fields."""
    return typing.get_args(declared.annotation) if typing.get_origin(declared.annotation) is typing.Literal else ()


class Bound(NamedTuple):
    """A widget with its settings fixed; it starts from the value that `follow` gave it.

    The message says that value twice, as told and as the default: a browser that missed the telling (of
    two quick runs it gets the second one's message only) would otherwise start from the lowest.
    """

    draw: Callable
    fixed: Mapping[str, object]

    @property
    def offered(self) -> Sequence[object] | None:
        """The values it can hold, None where they are no list."""
        return self.fixed.get("options")

    def __call__(self, label: str, *, key: str, **rest: object) -> object:
        """Draw the widget, and return what it holds."""
        start = st.session_state[key]
        if self.draw is st.selectbox:
            start = {"index": list(self.offered).index(start)}
        else:
            start = {"default" if self.draw is st.segmented_control else "value": start}
        return self.draw(label, key=key, **start, **self.fixed, **rest)


def _widget_for(name: str, declared: FieldInfo, value: object, only: Sequence[object] | None) -> Bound:
    """Return the widget that fits the field, wanting only its label, key, help and disabled."""
    if options_of(declared):
        return _choice_widget(only or options_of(declared), option, width="stretch")
    if declared.annotation is bool:
        return _bind(st.toggle)
    low, high = codec.limits(declared)
    if name in STEPS:
        stops = {value, *(stop for stop in STEPS[name] if low <= stop <= high and not isclose(stop, value))}
        words = {stop: _stop(name, stop) for stop in stops}  # in the language of this run
        return _bind(st.select_slider, options=sorted(stops), format_func=words.__getitem__)
    if declared.annotation is int:
        draw = st.slider if high - low <= WIDEST_SLIDER else st.number_input
        return _bind(draw, min_value=int(low), max_value=int(high), step=1)
    step = 0.5 if high - low > 5 else 0.01 if high - low > 0.05 else 0.001
    return _bind(st.slider, min_value=float(low), max_value=float(high), step=step, format=FORMATS.get(name, "%.2f"))


def _choice_widget(
    options: Sequence[object], names: Callable[[object], str], segments: int = MOST_SEGMENTS, **fixed: object
) -> Bound:
    words = {value: names(value) for value in options}.__getitem__  # in the language of this run
    if len(options) <= segments:
        return _bind(st.segmented_control, options=options, format_func=words, required=True, **fixed)
    return _bind(st.selectbox, options=options, format_func=words, **fixed)


def _bind(draw: Callable, **fixed: object) -> Bound:
    return Bound(draw, fixed)
