"""What the network is worth: against a classical model and other seeds, or against a longer delay."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.rnn.panels import charts, runs, seeds, written, years
from dlviz.concepts.rnn.recording import Baseline
from dlviz.concepts.rnn.spec import DEFAULT, View
from dlviz.engine.followed import Snapshot
from dlviz.sets import TONGUES
from dlviz.spec import RunSpec
from dlviz.ui import bench, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

COMPUTE = "dlviz.concepts.rnn.compute"
PART = "rnn.evidence"
LOOK = 1.0  # seconds between two looks for an answer
DELAYS = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100)


def panel(view: View) -> None:
    """Show what the network of the part on show is worth."""
    st.header(t(f"rnn.evidence.{view.part}"), anchor=False)
    keep_looking(PART, _panel, LOOK)


def _panel(waiting: bool) -> None:
    view = links.current(DEFAULT)
    try:
        shown = {"names": _names, "recall": _recall, "sunspots": years.evidence, "writing": written.evidence}
        owed = shown[view.part](view)
        owed = seeds.panel(links.current(DEFAULT)) or owed
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        owed = False
    looked(PART, waiting, owed)


# ---------------------------------------------------------------------------------- names: who wins


def _names(view: View) -> bool:
    """Show which languages are taken for which, the scores side by side; return whether something is still to come."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _confusion()
    now = runs.lab("names").now(view)
    with right:
        question = runs.lab("names").settled(view)
        found = ask("rnn.groups", f"{COMPUTE}:letter_groups", _data_only(question), wait=0.5)
        baseline = found.value if found and found.fresh else None
        scores = _scores(now)
        mount("shares", key="rnn.scores", data=charts.scores(scores, baseline))
        if baseline is not None and scores:
            st.markdown(verdict(scores, baseline))
    return baseline is None or now is None or now.state not in ("finished", "diverged", "failed")


def _confusion() -> None:
    words = {name: t(f"rnn.matrix.{name}") for name in ("label", "truth", "answer", "cell", "right", "none", "scale")}
    classes = [t(f"options.{tongue}") for tongue in TONGUES]
    mount("matrix", key="rnn.matrix", data={"player": runs.BENCH, "array": "confusion", "classes": classes, **words})


def _data_only(run: RunSpec) -> RunSpec:
    """Return a run that has the same names and the same split; of all else the classical model knows nothing."""
    return RunSpec(data=run.data, network=run.network.model_copy(update={"network": "rnn"}), seed=run.seed_of_data)


def _scores(now: Snapshot | None) -> Mapping[str, float]:
    """Return the newest scores of the run on the stage, on "validation" and, once it is over, "test"."""
    if now is None:
        return {}
    found = {}
    for part in ("validation", "test"):
        rows = [moment for moment in now.recording.moments if f"{part}_accuracy" in moment]
        if rows:
            found[part] = float(rows[-1][f"{part}_accuracy"])
    return found


def verdict(scores: Mapping[str, float], baseline: Baseline) -> str:
    """Return who wins, by how many points, on test names where the run is over and else on validation names."""
    part = "test" if "test" in scores else "validation"
    apart = 100 * (scores[part] - getattr(baseline, part))
    who = "even" if abs(apart) < 0.5 else "network" if apart > 0 else "groups"
    return t(f"rnn.verdict.{who}", points=f"{abs(apart):.1f}", part=t(f"rnn.on.{part}"))


# --------------------------------------------------------------------------------- recall: how long


def _recall(view: View) -> bool:
    """Show after which delays the sign is still known, and how far back gradients reach, of all runs on the bench."""
    lab = runs.lab("recall")
    tracks = [view.run, *(run for run in lab.kept(view) if run != view.run)]
    now = [snapshot for place, run in enumerate(tracks) if (snapshot := _held(run, place)) is not None]
    rows = [(one.recording.spec, one.recording.moments[-1]) for one in now if one.recording.moments]
    names = [runs.name(run) for run, _ in rows]
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")  # so that the axes stand side by side
    owed = not rows or any(one.state not in ("finished", "diverged", "failed") for one in now)
    if not rows:
        st.caption(t("bench.warming_up"))
        return True
    with left:
        st.markdown(t("rnn.delays.lead"))
        asked = tuple((run, moment.step) for run, moment in rows)
        found = ask("rnn.delays", f"{COMPUTE}:over_delays", asked, DELAYS, note=names)
        if found is not None:
            mount("chart", key="rnn.delays", data=charts.delays(DELAYS, found.value, found.note))
        owed = owed or found is None or not found.fresh
    with right:
        st.markdown(t("rnn.reach.lead"))
        reach = [moment["reach"] for _, moment in rows if "reach" in moment]
        mount("chart", key="rnn.reach", data=charts.reach([np.asarray(row) for row in reach], names))
    return owed


def _held(run: RunSpec, place: int) -> Snapshot | None:
    held = bench.watch(runs.BENCH, run, place)
    return held.snapshot() if held else None
