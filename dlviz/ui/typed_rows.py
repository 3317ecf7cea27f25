"""A row of numbers typed in, one for each column of a table: a car or a person that is in no table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dlviz.ui import fields

ABREAST = 2


def row_of(text: str, usual: np.ndarray) -> np.ndarray:
    """Return the row (F,) that a text of numbers with commas names, or the `usual` one where it names none."""
    try:
        row = np.array([float(part) for part in text.split(",")])
    except ValueError:
        return usual
    return row if row.shape == usual.shape and np.isfinite(row).all() else usual


def text_of(row: Sequence[float]) -> str:
    """Return a row as the text that `row_of` reads."""
    return ",".join(f"{value:.6g}" for value in row)


def typed(row: np.ndarray, low: np.ndarray, high: np.ndarray, names: Sequence[str], key: str) -> np.ndarray | None:
    """Show a field for each number of a row (F,); return the row as the visitor left it, None where nothing was turned.

    low, high (F,): the least and the largest that the table has; a field goes as far again to either side. names: what
    the columns are called, with their units.
    """
    found = []
    for place, value in enumerate(row):
        if place % ABREAST == 0:  # a pair at a time: on a phone, too, they follow each other as the columns do
            abreast = st.columns(min(ABREAST, len(row)))
        room = high[place] - low[place]
        with abreast[place % ABREAST]:
            ends = float(low[place] - room), float(high[place] + room)
            found.append(_field(float(value), *ends, names[place], f"{key}.{place}"))
    return np.array(found) if found != [rounded(value) for value in row] else None


def _field(value: float, low: float, high: float, name: str, key: str) -> float:
    fields.follow(key, rounded(max(low, min(high, value))))
    chosen = st.number_input(name, min_value=low, max_value=high, value=st.session_state[key], format="%.5g", key=key)
    fields.report(key, chosen)
    return float(chosen)


def rounded(value: float) -> float:
    """Return a number with four digits, as it is typed."""
    return float(f"{value:.4g}")
