"""The digit moved: no network sees a new shape, yet some lose it; then the same for a hundred digits."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import charts, draw
from dlviz.concepts.cnn.panels.asked import heat_map, kept, paced, picture, wanted
from dlviz.concepts.cnn.recording import Reader
from dlviz.concepts.cnn.spec import View
from dlviz.recording import pack
from dlviz.ui.components import mount
from dlviz.ui.language import t


def shift(view: View) -> None:
    """Move the digit around and watch each network; then the same for a hundred digits."""
    st.markdown(t("cnn.shift.lead"))
    seen, readers = picture(), draw.participants(view)
    if seen is None or not readers:
        return
    look = {"format": "%d px", "help": t("cnn.shift.help")}
    for column, name in zip(st.columns(2), ("right", "down"), strict=True):
        view = kept(view, name, column.slider, t(f"cnn.shift.{name}"), -10, 10, **look)
    offset = (view.right, view.down)
    found = wanted("shifted", readers, seen, (offset,))
    if found is not None:
        names = [{**draw.who(view, row), "main": False} for row in readers]
        header = {"readers": names, "empty": False, "words": draw.answer_words()}
        small, large = st.columns([1, 3])
        with small:
            moved = np.roll(seen, offset[::-1], (0, 1))
            moved = _emptied(moved, offset)
            heat_map("cnn.moved", moved, "grey", t("cnn.why.picture"))
        with large:
            mount("answer", key="cnn.shifted", data=pack(header, {"probabilities": found[:, 0]}))
    _moved(view, readers)


def _emptied(picture: np.ndarray, offset: tuple[int, int]) -> np.ndarray:
    """Return a rolled picture with what came round the edge taken away."""
    right, down = offset
    rows, columns = np.indices(picture.shape)
    gone = (rows < down) | (rows >= picture.shape[0] + down) | (columns < right) | (columns >= picture.shape[1] + right)
    return np.where(gone, 0, picture).astype(np.float32)


def _moved(view: View, readers: list[Reader]) -> None:
    readers = paced("moved", [spec for _, spec, _ in readers], readers)
    found = wanted("moved", readers)
    if found is not None:
        st.markdown(f"**{t('cnn.shift.all', digits=found.digits)}**")
        labels = [draw.who(view, row)["label"] for row in readers]
        mount("chart", key="cnn.moved_lines", data=charts.moved(found, labels))
