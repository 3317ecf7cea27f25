"""Stacks of layers on a page: their controls, and what their settings are called."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TypeVar, get_args

import streamlit as st

from dlviz.stack import Bend, Norm, Stack, Start
from dlviz.ui import fields
from dlviz.ui.language import t
from dlviz.words import catalogue

StackT = TypeVar("StackT", bound=Stack)
CHOICES = {"deep_bend": Bend, "deep_start": Start, "deep_norm": Norm}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def option(value: str) -> str:
    """Return what an activation, a start or a normalisation is called."""
    key = f"stack.option.{value}"
    return t(key) if catalogue.known(key) else fields.option(value)


def edit(stack: StackT, names: tuple[str, ...], prefix: str) -> StackT:
    """Show the widgets of these fields and return the stack that they make."""
    changed = {name: _field(stack, name, f"{prefix}.{name}") for name in names if _matters(stack, name)}
    return type(stack).model_validate({**dict(stack), **changed})


def _matters(stack: Stack, name: str) -> bool:
    """Return whether a field changes anything: a deviation is chosen for normal weights only."""
    return name != "deep_scale" or stack.deep_start == "normal"


def _field(stack: Stack, name: str, key: str) -> object:
    words = {"label": t(f"stack.{name}"), "help": t(f"stack.{name}.help")}
    if name in CHOICES:
        return fields.choice(
            words["label"], get_args(CHOICES[name]), getattr(stack, name), key, names=option, help=words["help"]
        )
    return fields.field(type(stack), name, getattr(stack, name), key, **words)


def another_seed(stack: StackT) -> StackT:
    """Return the stack with other first weights."""
    return stack.model_copy(update={"deep_seed": (stack.deep_seed + 1) % 2**31})


def readable(value: float) -> str:
    """Return a number with three digits that mean something: 0.234, 9,251, 4.97×10⁻⁷, −1, ∞; a dash for none."""
    if not isfinite(value):
        return "–" if isnan(value) else "∞" if value > 0 else "−∞"
    if value and not 1e-3 <= abs(value) < 1e7:
        factor, exponent = f"{value:.2e}".split("e")
        text = f"{factor}×10{str(int(exponent)).translate(RAISED)}"
    else:
        text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", "−")  # as it is printed


def three_digits(value: float) -> str:
    """Return a number as `readable` does, with the zeros at its end that mean something: 0.460, 23.5, 9,251."""
    plain = value == 0 or 1e-3 <= abs(value) < 1000
    return f"{value:#.3g}".rstrip(".").replace("-", "−") if plain else readable(value)


def heading(key: str) -> None:
    """Show the name of a group of controls."""
    st.markdown(f"**{t(f'stack.{key}')}**")
