"""Every layer's maps of the digit on show, the arithmetic of any cell, and what muted or edited filters cost."""

from __future__ import annotations

import re

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import charts, surgery
from dlviz.concepts.cnn.panels.asked import here, paced, picture, wanted
from dlviz.concepts.cnn.spec import DEFAULT, DIGITS, View
from dlviz.recording import pack
from dlviz.spec import ConvNet
from dlviz.ui import links
from dlviz.ui.components import mount
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.words import catalogue


def maps(view: View) -> None:
    """Show every stage's maps, the arithmetic of the chosen cell, and what the changed filters cost."""
    st.markdown(t("cnn.maps.lead"))
    place, seen = here(view), picture()
    if place is None or seen is None:
        return
    changes = surgery.read(view)
    inside = wanted("inside", *place, seen, changes)
    if inside is None:
        return
    stages = {"picture": seen[None], **inside.stages}
    header, arrays = _maps_header(view, stages), {f"maps/{name}": values for name, values in stages.items()}
    chosen = _chosen(view, stages)
    if chosen is not None:
        cell = wanted("cell", *place, seen, *chosen, changes)
        header["selected"] = dict(zip(("stage", "channel", "row", "column"), chosen, strict=True))
        if cell is not None:
            header["cell"] = cell.numbers
            arrays |= {f"cell/{name}": values for name, values in cell.arrays.items()}
    mount("maps", key="cnn.maps", data=pack(header, arrays), on_change={"cell": _cell, "operations": _operations})
    if changes:
        _outcome(place, changes)
    if isinstance(view.run.network, ConvNet):
        _importance(view, place)


def _chosen(view: View, stages: dict[str, np.ndarray]) -> tuple[str, int, int, int] | None:
    """Return the chosen cell where the network has it."""
    values = stages.get(view.stage)
    if values is None or view.channel >= len(values):
        return None
    if values.ndim == 1:
        return view.stage, view.channel, 0, 0
    inside = view.row < values.shape[1] and view.column < values.shape[2]
    return (view.stage, view.channel, view.row, view.column) if inside else None


def _maps_header(view: View, stages: dict[str, np.ndarray]) -> dict[str, object]:
    said = st.session_state.get("cnn.maps") or {}
    changes = surgery.read(view)
    rows = [
        {
            "name": name,
            "label": stage_label(name),
            "note": " × ".join(map(str, values.shape)),
            "shape": list(values.shape),
            "signed": bool(values.min() < 0),
            "filters": name.startswith("conv"),
            **({"units": DIGITS} if name == "scores" else {}),
        }
        for name, values in stages.items()
    ]
    return {
        "stages": rows,
        "cell": None,
        "selected": None,
        "operations": {
            "muted": [list(one) for one in changes.muted] if changes else [],
            "edited": [[stage, channel, list(kernel)] for stage, channel, kernel in changes.edited] if changes else [],
            "seq": (said.get("operations") or {}).get("seq"),
        },
        "words": _maps_words(),
    }


def _maps_words() -> dict[str, object]:
    found = [name for name in catalogue.words("cnn") if re.fullmatch(r"maps\.(?!term|lead)\w+", name)]
    words: dict[str, object] = {name.removeprefix("maps."): t(f"cnn.{name}") for name in found}
    return {**words, "term": [t(f"cnn.maps.term.{i}") for i in range(4)]}


def stage_label(name: str) -> str:
    """Return what a stage is called, such as Convolution 1."""
    kind = name.rstrip("0123456789")
    return t(f"cnn.layer.{kind}", number=name.removeprefix(kind))


def _cell() -> None:
    """Take over which cell was clicked."""
    said = (st.session_state.get("cnn.maps") or {}).get("cell")
    if said and said["stage"] != "picture":
        cell = {
            name: said[name] if name == "stage" else int(said[name] or 0)
            for name in ("stage", "channel", "row", "column")
        }
        links.put(links.current(DEFAULT).model_copy(update=cell))


def _operations() -> None:
    """Take over which filters are muted or edited."""
    said = (st.session_state.get("cnn.maps") or {}).get("operations")
    if said is not None:
        links.put(links.current(DEFAULT).model_copy(update={"operations": surgery.write(said)[:3900]}))


def _outcome(place: tuple[object, int], changes: object) -> None:
    """Say what the changed filters cost on digits the network never learnt from."""
    found = wanted("surgery", *place, changes)
    if found is None:
        return
    for split in ("validation", "test"):
        one = getattr(found, split)
        if one is not None:
            scores = {"before": f"{100 * one.before:.1f}", "after": f"{100 * one.after:.1f}"}
            st.markdown(t("cnn.operated", split=t(f"cnn.split.{split}"), digits=one.digits, **scores))


def _importance(view: View, place: tuple[object, int]) -> None:
    opened = fold(t("cnn.importance"), "cnn-importance")
    if opened is None:
        return
    with opened:
        found = wanted("importance", *paced("importance", place[0], place), "conv1")
        if found is None:
            return
        label = stage_label(found.stage)
        st.markdown(t("cnn.importance.lead", stage=label, digits=found.digits))
        changes = surgery.read(view)
        muted = [channel for stage, channel in changes.muted if stage == found.stage] if changes else []
        mount("chart", key="cnn.importance_bars", data=charts.importance(found, muted, label))
