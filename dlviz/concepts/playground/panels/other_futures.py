"""Other futures on the plane: what every kept run answers at the step on show, and how far it is from the stage."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.playground.panels import controls, runs, stage
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.spec import RunSpec
from dlviz.ui import bench, links
from dlviz.ui.components import mount
from dlviz.ui.language import t

KEY = "playground.futures"
WORDS = ("title", "difference", "difference_help", "apart", "apart_none", "when", "waiting", "show")


def panel(view: View) -> None:
    """Show a small map of every kept run; where none is kept there is nothing."""
    kept = runs.kept(view)
    if all(run == view.run for run in kept):
        return
    kind = stage.kind_of(view.run)
    loss, score = stage.numbers(view.run)[1:]
    config = {
        "player": runs.BENCH,
        "kinds": [kind, *(stage.kind_of(run) for run in kept)],  # in the order of the tracks on the bench
        "numbers": [{name: number[name] for name in ("name", "label", "percent")} for number in (loss, score)],
        "difference": view.difference,
        "heard": _said("look").get("seq"),
        "words": {name: t(f"playground.futures.{name}") for name in WORDS}
        | {"difference_note": t(f"playground.futures.note.{kind}"), "show_help": t("playground.show.help")},
    }
    mount("futures", key=KEY, data=config, on_change={"chosen": _chosen, "look": _looked})


def _said(name: str) -> dict[str, object]:
    return (st.session_state.get(KEY) or {}).get(name) or {}


def _chosen() -> None:
    """Put the run that was clicked on the stage."""
    run = named(links.current(DEFAULT), _said("chosen").get("run"))
    if run is not None:
        controls.put_on_stage(run)


def named(view: View, digest: object) -> RunSpec | None:
    """Return the kept run that the browser calls so, None where it is kept no longer."""
    for place, run in enumerate(runs.kept(view), 1):
        held = bench.watch(runs.BENCH, run, place)
        settled = held.snapshot().recording.spec if held else run
        if digest in (run.digest, settled.digest):
            return run
    return None


def _looked() -> None:
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"difference": bool(_said("look").get("difference"))}))
