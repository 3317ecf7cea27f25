"""What to try with recurrent networks, and which answer a run proves right."""

from __future__ import annotations

from collections.abc import Callable

from dlviz.concepts.rnn.panels import runs
from dlviz.concepts.rnn.spec import DEFAULT, FORGETFUL, NAMES, RECALL, View
from dlviz.recording import Moment
from dlviz.spec import Recall, RunSpec, Surnames
from dlviz.ui import bench, tries
from dlviz.ui.tries import Found, Page, Question


def memory(moment: Moment) -> int:
    """Return 0, 1 or 2 where nearly every sign is remembered, where some are, and where it is no better than chance."""
    accuracy, chance = float(moment["validation_accuracy"]), 1 / len(moment["confusion"])
    return 0 if accuracy > 0.95 else 2 if accuracy < 1.2 * chance else 1


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 70 %, from 50 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.7 else 1 if accuracy >= 0.5 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where training accuracy is over ten points above the validation accuracy, over two, or less."""
    apart = float(moment["train_accuracy"]) - float(moment["validation_accuracy"])
    return 0 if apart > 0.1 else 1 if apart > 0.02 else 2


def asking(run: RunSpec, choices: str, right: Callable[[Moment], int]) -> Question:
    """Return a question about a run, which is led to on the part of the page that it belongs to."""

    def leads_to(view: View) -> View:
        part = runs.part_of(run)
        there = view if view.part == part else runs.start(part).model_copy(update={"preset": view.preset})
        kept = runs.keep(there, view.run) if view.run != run else there
        return kept.model_copy(update={"run": run, "at": None})

    def answer(_: View) -> Found | None:
        one = bench.snapshot(runs.BENCH, run)
        if one is None or one.state not in ("finished", "diverged") or not one.recording.moments:
            return None
        last = one.recording.moments[-1]
        values = {name: f"{100 * float(last[f'{name}_accuracy']):.1f}" for name in ("train", "validation")}
        return Found(right(last), values)

    return Question(leads_to, choices, answer)


LONG = RECALL.model_copy(update={"data": Recall(delay=40)})
FEW = NAMES.model_copy(update={"data": Surnames(names=50), "epochs": 20})
LONGER = NAMES.model_copy(update={"epochs": 20})
WILD = NAMES.fork(0, learning_rate=0.1)

PAGE = Page(
    "rnn",
    DEFAULT,
    {
        "forget": asking(FORGETFUL, "memory", memory),
        "gated": asking(LONG, "memory", memory),
        "few": asking(FEW, "band", band),
        "longer": asking(LONGER, "gap", gap),
        "wild": asking(WILD, "band", band),
    },
    runs.BENCH,
    runs.keep,
)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
