"""The runs of the digit lab: the one on the stage, those kept beside it, and the networks that read along."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DENSE, View
from dlviz.engine.followed import Snapshot
from dlviz.engine.host import PLAY
from dlviz.recording import Moment
from dlviz.spec import AUGMENTATION, RunSpec
from dlviz.ui import bench, kept_runs, reasons
from dlviz.ui.fields import number
from dlviz.ui.language import t

BENCH = "bench"
MOST_KEPT = kept_runs.MOST


# ---------------------------------------------------------------------------------- kept beside


def kept(view: View) -> list[RunSpec]:
    """Return the runs kept for comparison; what cannot be read is left out."""
    return kept_runs.read(view.kept, ARTICLE)


def keep(view: View, run: RunSpec) -> View:
    """Return the view with the run kept as well (the oldest go where there are too many for a link)."""
    return view.model_copy(update={"kept": kept_runs.add(view.kept, run, ARTICLE)})


def drop(view: View, run: RunSpec) -> View:
    """Return the view without that kept run."""
    return view.model_copy(update={"kept": kept_runs.without(view.kept, run, ARTICLE)})


def name(run: RunSpec) -> str:
    """Return what a run is called on a chart: what sets it apart from the article's run, in few words."""
    turned = kept_runs.differences(run, ARTICLE, unsaid=("hidden",))
    if run.knobs.augments:
        turned = [t("cnn.augmented"), *(part for part in turned if not _is_augmentation(part))]
    return ", ".join(turned[:4]) or t("cnn.article")


def _is_augmentation(part: str) -> bool:
    return any(part.startswith(t(f"fields.{field}")) for field in AUGMENTATION)


# --------------------------------------------------------------------------------- at this moment


def now(view: View) -> Snapshot | None:
    """Return the run on the stage as it stands."""
    return bench.snapshot(BENCH, view.run)


def shown(view: View) -> Moment | None:
    """Return the moment on show of the run on the stage."""
    return bench.shown(BENCH, view.run)


def changes(view: View) -> bool:
    """Return whether the run on the stage changes, or will without the viewer doing anything more."""
    return bench.moves(BENCH, view.run) or now(view).state in ("waiting", "training")


def reader(key: str, run: RunSpec) -> Snapshot | None:
    """Return a network that reads along, as it stands; it learns on as long as somebody looks."""
    held = bench.watch(key, run)
    if held is None:
        return None
    held.want(PLAY)
    return held.snapshot()


def readers() -> dict[str, tuple[RunSpec, Snapshot]]:
    """Return the networks that read along beside the stage, by name, as far as they have begun."""
    found = {}
    for key, run in (("augmented", AUGMENTED), ("dense", DENSE)):
        one = reader(f"cnn.{key}", run)
        if one is not None and one.recording.moments:
            found[key] = (one.recording.spec, one)
    return found


def settled(view: View) -> RunSpec:
    """Return the run on the stage with its device settled, as questions to the engine need it."""
    one = now(view)
    return one.recording.spec if one else view.run


def progress(one: Snapshot) -> str:
    """Return in a few words how far a run is and how well it reads."""
    last = one.recording.moments[-1]
    accuracy = next(
        (m["validation_accuracy"] for m in reversed(one.recording.moments) if "validation_accuracy" in m), None
    )
    epochs = t("cnn.epochs_done", done=number(round(float(last.epoch), 1)), all=one.recording.spec.epochs)
    return (
        epochs if accuracy is None else f"{epochs} · {t('cnn.validation_score', score=f'{100 * float(accuracy):.1f}')}"
    )


def not_yet(view: View) -> None:
    """Say why there is nothing to look at in the run on the stage: it failed, or the workers are not ready yet."""
    one = now(view)
    failed = one is not None and one.state == "failed"
    st.caption(reasons.say(one.message) if failed else t("bench.warming_up"))
