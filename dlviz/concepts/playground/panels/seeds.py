"""Many seeds: was it luck? The setting on the stage, begun from many seeds at once.

The workers compute it part by part, so that the bands grow while one looks, and a class that asks the same is
served from one computation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.panels.stage import COMPUTE
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.recording import Curves, pack
from dlviz.rows import count_rows
from dlviz.spec import Edit, Points, RunSpec
from dlviz.ui import bench, crowd, fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import have_page_follow, part

KEY = "playground.seeds"
LEARNING = f"{KEY}.learning"  # what was asked for, and what has come of it
PICTURE = f"{KEY}.picture"
LOOK = 0.4  # seconds between two looks for the next part
A_PART = 700  # updates: half a second of computing
MOST_UPDATES = 20_000
MOST_WEIGHTS = 100_000  # of all networks together
COUNTS, EPOCHS, SCORES = (5, 10, 20, 50), (50, 100, 200, 500), (0.9, 0.95, 0.99)
BREAK = "  \n"  # a new line in Markdown
MOST_SHOWN = 200  # epochs that the picture draws


class Question(NamedTuple):
    """What is asked: a run whose own seed says nothing, and how many seeds it is to begin from."""

    run: RunSpec
    count: int


@dataclass
class Learning:
    """A question, the parts of its answer that have come, and the state from which the next one goes on."""

    question: Question
    parts: list[Curves] = field(default_factory=list)
    state: bytes | None = None
    stopped: bool = False
    failure: str = ""

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return int(self.parts[-1].epochs[-1]) if self.parts else 0

    @property
    def due(self) -> bool:
        """Whether there is more to come."""
        return not (self.stopped or self.failure or self.epoch >= self.question.run.epochs)


# --------------------------------------------------------------------------------- what is asked


def question(view: View) -> Question:
    """Return what the view asks: the same for everybody who has this setting on the stage, whatever its seed."""
    epochs = min(view.many_epochs, view.run.epochs, longest(view.run))
    return Question(setting(view.run).model_copy(update={"epochs": epochs}), view.many)


def by_knobs_alone(run: RunSpec) -> RunSpec:
    """Return the run without the weights that were set by hand; the knobs are turned when they were turned."""
    edits, before = [], run.knobs
    for edit in run.edits:
        if edit.knobs != before:
            edits.append(Edit(step=edit.step, knobs=edit.knobs))
        before = edit.knobs
    return run.model_copy(update={"edits": tuple(edits)})


def updates_an_epoch(run: RunSpec) -> int:
    """Return about how many updates an epoch has, at its smallest batch size."""
    points = count_rows(run.data.rows, run.data.label) if isinstance(run.data, Points) else run.data.points
    batch = min(knobs.batch_size for knobs in (run.knobs, *(edit.knobs for edit in run.edits)))
    return max(1, round(points * (1 - run.data.validation_share) / batch))


def longest(run: RunSpec) -> int:
    """Return how many epochs fit into the updates that one question may take."""
    return max(1, MOST_UPDATES // updates_an_epoch(run))


def setting(run: RunSpec) -> RunSpec:
    """Return what two runs that differ only in seed, length and device have in common."""
    return by_knobs_alone(run).model_copy(update={"seed": 0, "device": "cpu", "threads": 1, "epochs": 1})


# ------------------------------------------------------------------------------------- the panel


def panel(_: View) -> None:
    """Let the setting on the stage begin from many seeds, and show how they all did."""
    learning = st.session_state.get(LEARNING)
    due = learning is not None and learning.due
    with st.container(key="playground-seeds"):
        part(_seeds, crowd.pace(LOOK) if due else None)(due)


def _seeds(due: bool) -> None:
    view, learning = links.current(DEFAULT), st.session_state.get(LEARNING)
    if learning is not None and learning.due:
        _advance(learning)
    view = _settings(view, learning)
    if learning is None:
        st.markdown(t("seeds.invitation"))
    else:
        _show(view, learning)
    if due != (learning is not None and learning.due):
        st.rerun()


def _settings(view: View, learning: Learning | None) -> View:
    """Show how many seeds, for how long and from which score on, and the button that begins or stops."""
    percent = view.run.data.about == "class"
    with st.container(horizontal=True, vertical_alignment="bottom", key="playground-seeds-settings"):
        many = _choice("many", COUNTS, view.many, str)
        epochs = _choice("many_epochs", EPOCHS, view.many_epochs, str)
        score = _choice("solved_from", SCORES, view.solved_from, lambda one: said(one, percent))
        changed = view.model_copy(update={"many": many, "many_epochs": epochs, "solved_from": score})
        if changed != view:
            links.write(changed, DEFAULT)
        _button(changed, learning)
    return changed


def _choice(name: str, usual: Sequence[float], value: float, names: object) -> float:
    label = name.removeprefix("many_")
    options = sorted({*usual, value})
    words = {"names": names, "help": t(f"seeds.{label}.help"), "segments": len(options), "width": "content"}
    return fields.choice(t(f"seeds.{label}"), options, value, f"playground.{name}", **words)


def _button(view: View, learning: Learning | None) -> None:
    if learning is not None and learning.due:
        words = t("seeds.stop", epoch=learning.epoch, total=learning.question.run.epochs)
        st.button(words, key=f"{KEY}.stop", icon=":material/stop_circle:", on_click=_stop)
        return
    refused = view.run.parameters * view.many > MOST_WEIGHTS
    look = {"icon": ":material/casino:", "type": "primary", "disabled": refused}
    st.button(t("seeds.ask", count=view.many), key=f"{KEY}.ask", on_click=_begin, **look)
    if refused:
        numbers = {"parameters": f"{view.run.parameters:,}", "most": f"{MOST_WEIGHTS:,}", "count": view.many}
        st.caption(t("seeds.too_large", **numbers))


def _begin() -> None:
    st.session_state[LEARNING] = Learning(question(links.current(DEFAULT)))


def _stop() -> None:
    st.session_state[LEARNING].stopped = True


def _advance(learning: Learning) -> None:
    """Take in every part that has come, and ask for the next one."""
    run, count = learning.question
    epochs = max(1, A_PART // updates_an_epoch(run))
    while learning.due:
        try:
            found = ask(KEY, f"{COMPUTE}:many_seeds", run, count, epochs, learning.state)
        except Failed as failure:
            learning.failure = str(failure)
            return
        if found is None or not found.fresh:
            return
        part, learning.state = found.value
        learning.parts.append(part)
    learning.state = None  # nothing goes on from there


# ---------------------------------------------------------------------------------- what came out


def _show(view: View, learning: Learning) -> None:
    if learning.failure:
        st.warning(reasons.say(learning.failure))
    if not learning.parts:
        if learning.due:
            st.caption(t("seeds.waiting"))
        return
    curves = Curves.joined(learning.parts)
    if setting(view.run) != setting(learning.question.run):
        st.caption(t("seeds.other"))
    count, *sentences = verdict(learning.question.run, curves, view.solved_from, learning.due)
    st.subheader(count, anchor=False)
    st.markdown(BREAK.join(sentences))
    mount("seeds", key=PICTURE, data=_picture(view, learning.question, curves), on_change={"open": _open})
    st.caption(BREAK.join(limits(view, learning.question)))


def verdict(run: RunSpec, curves: Curves, solved_from: float, due: bool = False) -> list[str]:
    """Return in sentences how many seeds solved the task, by which measure, and what that says about luck.

    While more is `due`, nothing is said about luck.
    """
    percent, final, solved = run.data.about == "class", curves.final, int(curves.solved(solved_from).sum())
    known, count = final[np.isfinite(final)], len(final)
    measure = {"split": t(f"seeds.split.{split_of(curves)}"), "score": said(solved_from, percent)}
    sentences = [
        t("seeds.so_far" if due else "seeds.solved", solved=solved, count=count),
        t(f"seeds.solved.{score_of(run)}", epoch=int(curves.epochs[-1]), **measure),
    ]
    if len(known) and not due:
        low, high = (said(float(score), percent) for score in (known.min(), known.max()))
        sentences.append(t(f"seeds.luck.{kind_of(solved, count)}", low=low, high=high))
    if len(known) < count:
        sentences.append(t("seeds.lost", lost=count - len(known), count=count) if len(known) else t("seeds.gone"))
    return sentences


def kind_of(solved: int, count: int) -> str:
    """Return what the count says: that "all", "most", "few" or "none" of the seeds get there."""
    if solved in (0, count):
        return "all" if solved else "none"
    return "most" if 2 * solved >= count else "few"


def split_of(curves: Curves) -> str:
    """Return on which points the seeds are judged."""
    return "validation" if curves.validated else "train"


def score_of(run: RunSpec) -> str:
    """Return what the score is: "accuracy", or "r2" where the label is a number."""
    return "accuracy" if run.data.about == "class" else "r2"


def said(score: float, percent: bool) -> str:
    """Return a score as text: 97.4 %, or 0.974."""
    return t("views.percent", value=f"{100 * score:.3g}") if percent else f"{score:.3g}"


def limits(view: View, asked: Question) -> list[str]:
    """Return in sentences what is and what is not meant by these runs."""
    run, sentences = asked.run, [t("seeds.limits", last=asked.count - 1)]
    if any(edit.weights for edit in view.run.edits):
        sentences.append(t("seeds.limits.weights"))
    later = sum(edit.step >= run.epochs * updates_an_epoch(run) for edit in run.edits)
    if later:
        sentences.append(t("seeds.limits.edits", later=later, total=run.epochs))
    if run.network.batch_norm:
        sentences.append(t("seeds.limits.norm"))
    if run.epochs < view.many_epochs:
        shorter = run.epochs == longest(run)
        numbers = {"total": run.epochs, "wanted": view.many_epochs, "most": f"{MOST_UPDATES:,}"}
        sentences.append(t("seeds.limits.epochs", **numbers) if shorter else t("seeds.limits.run", total=run.epochs))
    return sentences


# ------------------------------------------------------------------------------------ the picture


def _picture(view: View, asked: Question, curves: Curves) -> bytes:
    """Return the bands, the lines of all seeds and how each ended, with words in the visitor's language."""
    run, split = asked.run, split_of(curves)
    splits = ["train", "validation"] if curves.validated else ["train"]
    kept = shown_epochs(len(curves.epochs))
    arrays = {"epochs": curves.epochs[kept].astype(np.float32)}
    for name in (f"{one}_{what}" for one in splits for what in ("loss", "score")):
        arrays[name] = np.ascontiguousarray(getattr(curves, name)[:, kept], np.float32)
        arrays[f"{name}/band"] = np.ascontiguousarray(curves.band(name)[:, kept], np.float32)
    header = {
        "count": asked.count,
        "total": run.epochs,
        "splits": [{"name": one, "label": t(f"seeds.{one}")} for one in splits],
        "judged": split,
        "percent": run.data.about == "class",
        "solved_from": view.solved_from,
        "stage": stage_of(view, asked),
        "words": _words(run, split, asked.count, said(view.solved_from, run.data.about == "class")),
    }
    return pack(header, arrays)


def shown_epochs(count: int) -> np.ndarray:
    """Return the places of at most MOST_SHOWN epochs, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_SHOWN)).round().astype(int))


def stage_of(view: View, asked: Question) -> int | None:
    """Return which of the seeds is on the stage, None where it is another run."""
    same = view.run.seed < asked.count and setting(view.run) == setting(asked.run)
    return view.run.seed if same and not any(edit.weights for edit in view.run.edits) else None


def _words(run: RunSpec, split: str, count: int, mark: str) -> dict[str, object]:
    score = score_of(run)
    labels = {"loss": t("seeds.loss"), "score": t(f"seeds.{score}")}
    names = ("read", "epoch_at", "strip.seed", "strip.lost", "strip.stage", "strip.open", "strip.hint")
    return {
        "x": t("views.x_epoch"),
        "titles": labels,
        "y": {"loss": t("playground.y_loss"), "score": t(f"playground.y_{score}")},
        "charts": {name: t("seeds.chart", what=label, count=count) for name, label in labels.items()},
        "strip": t("seeds.strip"),
        "strip.label": t("seeds.strip.label", count=count),
        "strip.mark": t("seeds.strip.mark", score=mark),
        "strip.x": t(f"seeds.strip.{score}", split=t(f"seeds.split.{split}")),
        "kinds": {name: t(f"seeds.strip.{name}") for name in ("solved", "unsolved", "diverged")},
        **{name: t(f"seeds.{name}") for name in names},
    }


def _open() -> None:
    """Put the run of a seed on the stage; one that is none of these seeds' is kept beside it."""
    said_last = (st.session_state.get(PICTURE) or {}).get("open") or {}
    view, learning, seed = links.current(DEFAULT), st.session_state.get(LEARNING), said_last.get("seed")
    if learning is None or not isinstance(seed, int) or not 0 <= seed < learning.question.count:
        return
    own = {"seed": seed, **{name: getattr(view.run, name) for name in ("device", "threads", "epochs")}}
    run = learning.question.run.model_copy(update=own)
    if run == view.run:
        return
    if stage_of(view, learning.question) is None:
        view = runs.keep(view, view.run)
    links.put(view.model_copy(update={"run": run, "at": None}))
    bench.move(runs.BENCH, playing=True, at="newest")
    have_page_follow()
