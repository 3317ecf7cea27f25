"""The runs of the page about recurrent networks: what each part begins with, and what runs are called."""

from __future__ import annotations

from dlviz.concepts.rnn.spec import DEFAULT, FORGETFUL, KINDS, PARTS, RUNS, Part, View
from dlviz.spec import RunSpec
from dlviz.ui import kept_runs
from dlviz.ui.fields import option
from dlviz.ui.learning import Lab

BENCH = "rnn"
UNSAID = ("data", "network")


def name(run: RunSpec) -> str:
    """Return what a run is called on a chart: its kind of network, and what sets it apart from its part's usual run."""
    turned = kept_runs.differences(run, RUNS[part_of(run)], unsaid=UNSAID)
    return ", ".join([option(run.network.network), *turned][:4])


def part_of(run: RunSpec) -> Part:
    """Return the part of the page that a run belongs to."""
    return next(part for part in PARTS if isinstance(run.data, KINDS[part]))


def lab(part: Part) -> Lab:
    """Return what stands beside the network of a part."""
    unfolded = ("network", "knobs", "data") if part in ("recall", "writing") else ("network", "knobs")
    return Lab(BENCH, DEFAULT, RUNS[part], name, unfolded)


def start(part: Part) -> View:
    """Return the view that a part of the page begins with.

    Where one learns to remember, a plain network goes along; who has learnt Italian names is shown one.
    """
    kept = kept_runs.add("", FORGETFUL, RUNS[part]) if part == "recall" else ""
    typed = {"typed": "marino"} if part == "writing" else {}
    return View(part=part, run=RUNS[part], kept=kept, **typed)


def keep(view: View, run: RunSpec) -> View:
    """Return the view with the run kept as well, where it belongs to the part on show."""
    return lab(view.part).keep(view, run) if part_of(run) == view.part else view
