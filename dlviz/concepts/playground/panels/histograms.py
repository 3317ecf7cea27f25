"""Inside every layer: how its weights, their gradients and its answers were spread, from first to newest moment.

A few dozen of the recorded moments are counted, the same ones for everybody who looks at the run, so that
looking costs little.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.panels.stage import COMPUTE
from dlviz.concepts.playground.recording import LayerSpreads
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.recording import Moment, pack
from dlviz.spec import RunSpec
from dlviz.ui import bench, crowd, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import t
from dlviz.ui.parts import part

LOOK, IDLE_LOOK = 2.0, 4.0  # seconds between two looks while it learns, and while it does not
MOST = 60  # moments that are counted
HEAVIEST = 1_000_000  # weights of all those moments together, in a question
KINDS = ("weights", "gradients", "activations")
FLAT = {"relu": "relu", "tanh": "bent", "sigmoid": "bent", "own": "bent"}  # how a function's flat ends are spoken of


def panel(view: View) -> None:
    """Show how the numbers of every layer were spread; new moments come along while the run learns."""
    with st.container(key="playground-histograms"):
        part(_histograms, crowd.pace(LOOK) if bench.moves(runs.BENCH, view.run) else IDLE_LOOK)()


def _histograms() -> None:
    view = links.current(DEFAULT)
    one = runs.now(view)
    recorded = [moment for moment in one.recording.moments if "weights" in moment] if one else []
    if not recorded:
        st.caption(t("playground.histograms.large" if one and one.recording.moments else "bench.warming_up"))
        return
    run, moments = runs.settled(view), chosen(recorded, bench.moves(runs.BENCH, view.run))
    rows, places = np.stack([moment["weights"] for moment in moments]), [[one.step, one.epoch] for one in moments]
    note = (run.digest, places, len(recorded))
    try:
        found = ask("playground.histograms", f"{COMPUTE}:spreads", run, rows, note=note, wait=1.0)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None or found.note[0] != run.digest:
        st.caption(t("playground.histograms.counting"))
        return
    mount("histograms", key="playground.histograms", data=message(run, found.value, *found.note[1:]))


def chosen(moments: list[Moment], more: bool) -> list[Moment]:
    """Return at most MOST of the moments, evenly spread; fewer where their weights are many.

    Every second, fourth, eighth …: the choice stays as it is until the next one falls due, for all who look. Where no
    more are to come, the newest is among them.
    """
    most = max(2, min(MOST, HEAVIEST // len(moments[0]["weights"])))
    gap = 1
    while (len(moments) - 1) // gap + 2 > most and gap < len(moments):
        gap *= 2
    rows = moments[::gap]
    return rows if more or rows[-1] is moments[-1] else [*rows, moments[-1]]


def message(run: RunSpec, layers: tuple[LayerSpreads, ...], places: list[list[float]], recorded: int) -> bytes:
    """Return what the component draws, in the visitor's language."""
    arrays = {f"{i}/{kind}": getattr(layer, kind).counts for i, layer in enumerate(layers) for kind in KINDS}
    for name, kind in (("sizes", np.float32), ("flat", np.float32), ("stuck", np.int32)):
        arrays[name] = np.stack([getattr(layer, name) for layer in layers]).astype(kind)
    header = {
        "player": runs.BENCH,
        "run": run.digest,
        "steps": [step for step, _ in places],
        "epochs": [epoch for _, epoch in places],
        "kinds": [
            {
                "name": kind,
                "label": t(f"playground.histograms.{kind}"),
                "short": t(f"playground.histograms.{kind}.short"),
            }
            for kind in KINDS
        ],
        "layers": [_layer(layer, place, place == len(layers) - 1) for place, layer in enumerate(layers)],
        "words": _words(run, len(places), recorded),
    }
    return pack(header, {name: _small(values) for name, values in arrays.items()})


def _small(values: np.ndarray) -> np.ndarray:
    fits = values.dtype == np.int32 and values.max(initial=0) < 2**16
    return values.astype(np.uint16) if fits else values


def _layer(layer: LayerSpreads, place: int, last: bool) -> dict[str, object]:
    """Return what a layer is called, what is said of it, and the scales of its histograms."""
    name = t("playground.histograms.output") if last else t("playground.histograms.layer", number=place + 1)
    kind = "output" if last else FLAT.get(layer.activation, "open")
    detail = t("playground.histograms.units", count=layer.units)
    spreads = {one: getattr(layer, one) for one in KINDS}
    return {
        "label": name,
        "detail": detail if last else f"{detail}, {option(layer.activation)}",
        "units": layer.units,
        "signs": t(f"playground.histograms.signs.{kind}"),
        "spreads": {one: {"low": s.low, "high": s.high, "root": s.root} for one, s in spreads.items()},
    }


def _words(run: RunSpec, counted: int, recorded: int) -> dict[str, str]:
    words = {name: t(f"playground.histograms.{name}") for name in ("label", "marked", "at", "kinds", "scale", "time")}
    words["note"] = t("playground.histograms.note", counted=counted, recorded=recorded)
    if run.network.batch_norm:
        words["note"] += t("playground.histograms.normalised")
    return words
