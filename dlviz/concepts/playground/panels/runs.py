"""The runs of the playground: the one on the stage, and those kept beside it."""

from __future__ import annotations

from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import RunSpec
from dlviz.ui import bench, kept_runs
from dlviz.ui.fields import option
from dlviz.ui.language import t

BENCH = "playground"  # key of the bench, and name of the player that every view follows
LONGEST = 12_000  # characters of the kept runs in a link; own points come along with each
MOST_PARTS = 4  # of a name
UNSAID = ("epochs", "inputs", "hidden", "activations", "rows")


def kept(view: View) -> list[RunSpec]:
    """Return the runs kept for comparison; what cannot be read is left out."""
    return kept_runs.read(view.kept, CIRCLE)


def keep(view: View, run: RunSpec) -> View:
    """Return the view with the run kept as well (the oldest go where there are too many for a link)."""
    return view.model_copy(update={"kept": kept_runs.add(view.kept, run, CIRCLE, LONGEST)})


def drop(view: View, run: RunSpec) -> View:
    """Return the view without that kept run."""
    return view.model_copy(update={"kept": kept_runs.without(view.kept, run, CIRCLE)})


def name(run: RunSpec) -> str:
    """Return what a run is called on a chart: its data, its shape, and what sets it apart, in few words."""
    return ", ".join(_parts(run)[:MOST_PARTS])


def names(view: View) -> list[str]:
    """Return what the run on the stage and the kept ones are called beside each other: what all share goes unsaid."""
    several = [_parts(run) for run in (view.run, *kept(view))]
    if len(several) == 1:
        return [name(view.run)]
    own = [[part for part in parts if any(part not in other for other in several)] for parts in several]
    return [", ".join((said or parts[:1])[:MOST_PARTS]) for said, parts in zip(own, several, strict=True)]


def _parts(run: RunSpec) -> list[str]:
    shape = "-".join(map(str, (len(run.data.inputs), *run.network.hidden, run.data.outputs)))
    turned = kept_runs.differences(run, CIRCLE, unsaid=(*UNSAID, "data"))
    by_hand = [t("playground.by_hand", step=edit.step) for edit in run.edits if edit.weights]
    return [f"{option(run.data.data)} {shape}", *turned, *by_hand]


def now(view: View) -> Snapshot | None:
    """Return the run on the stage as it stands."""
    return bench.snapshot(BENCH, view.run)


def shown(view: View) -> Moment | None:
    """Return the moment on show of the run on the stage."""
    return bench.shown(BENCH, view.run)


def settled(view: View) -> RunSpec:
    """Return the run on the stage with its device settled, as questions to the engine need it."""
    one = now(view)
    return one.recording.spec if one else view.run
