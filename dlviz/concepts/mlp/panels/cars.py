"""A table: what the network says of each row against what is true of it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.recording import PARTS, Truths
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked
from dlviz.words import catalogue

KEY = "mlp.against"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 0.5  # seconds between two looks for what is true
WORDS = {"auto-mpg": "auto_mpg", "diabetes": "diabetes"}


def panel(_: View) -> None:
    """Show what is predicted against what is true, row by row."""
    keep_looking(KEY, _picture, LOOK)


def _picture(waiting: bool) -> None:
    view = links.current(DEFAULT)
    found = ask("mlp.truths", f"{COMPUTE}:truths", view.run.data, view.run.seed_of_data)
    if found is not None and found.fresh:
        mount("against", key=KEY, data=_message(view, found.value))
        st.caption(t(f"tables.{WORDS[view.run.data.data]}.source"))
    else:
        st.caption(t("bench.warming_up"))
    looked(KEY, waiting, found is None or not found.fresh)


def _message(view: View, truths: Truths) -> bytes:
    table = WORDS[view.run.data.data]
    words = {**all_below("mlp.against."), "target": t(f"tables.{table}.target"), "unit": unit(view)}
    header = {
        "player": parts.lab(view).key,
        "mean": truths.mean,
        "deviation": truths.deviation,
        "names": {part: list(truths.names[part]) for part in PARTS},
        "words": words,
    }
    return pack(header, {part: np.ascontiguousarray(getattr(truths, part), np.float32) for part in PARTS})


def unit(view: View) -> str:
    """Return the unit of what is to be told of a row; nothing where it has none."""
    key = f"tables.{WORDS[view.run.data.data]}.target.unit"
    return t(key) if catalogue.known(key) else ""
