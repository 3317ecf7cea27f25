"""What to try on logistic regression, and which answer the run proves right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.concepts.logistic_regression.panels.judging import truths
from dlviz.concepts.logistic_regression.panels.lab import KEY, LAB, rows
from dlviz.concepts.logistic_regression.spec import CANCER, CLOUDS, DEFAULT, View, usual
from dlviz.recording import Moment, Recording
from dlviz.rows import rows_text
from dlviz.spec import Knobs, Linear, Plane, Points, RunSpec
from dlviz.ui import bench, tries
from dlviz.ui.tries import Found, Page, Question, Try

USUAL_THRESHOLD, MILD = 0.5, 0.1
MOST_FOUND, FEW_FOUND = 0.8, 0.4  # shares of a rare class that are nearly all, and few
STANDS, SHRINKS = 1.1, 0.9  # ratio of two lengths from which on weights grew, and below which they shrank
XOR = usual("xor")
SQUARES = usual("circle").model_copy(update={"network": Linear(degree=2)})
SEPARABLE = CLOUDS.model_copy(
    update={
        "data": Plane(data="gauss", points=300, noise=0.0),
        "epochs": 2000,
        "knobs": Knobs(optimizer="sgd", learning_rate=1.0, batch_size=50),
    }
)


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 90 %, from 65 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.9 else 1 if accuracy >= 0.65 else 2


def rare_points(count: int = 300, share: float = 0.06, seed: int = 4) -> str:
    """Return two clouds that overlap, in the form of `rows`; `share` of the points, the second class, is rare."""
    random = np.random.default_rng(seed)
    labels = (np.arange(count) < share * count).astype(int)
    points = np.where(labels[:, None] == 1, 1.1, -0.7) + random.normal(0, 1.3, (count, 2))
    return rows_text([(float(x), float(y), int(label)) for (x, y), label in zip(points, labels, strict=True)], "class")


RARE = CLOUDS.model_copy(update={"data": Points(rows=rare_points(), validation_share=0.5)})


def counts(sums: np.ndarray, truth: np.ndarray, threshold: float) -> dict[str, int]:
    """Return how many rows of sums (N,) and truth (N,) are answered how: tp, fp, fn, tn."""
    said = sums > np.log(threshold / (1 - threshold))
    told = {
        "tp": said & (truth == 1),
        "fp": said & (truth == 0),
        "fn": ~said & (truth == 1),
        "tn": ~said & (truth == 0),
    }
    return {name: int(which.sum()) for name, which in told.items()}


def milder(view: View, recording: Recording) -> Found | None:
    """Return whether a lower threshold raises more false alarms or finds more (0), fewer (1), or does nothing."""
    known = rows(view)
    if known is None:
        return None
    sums, truth = recording.moments[-1]["validation_scores"][:, 0], truths(known)["validation"]
    if len(sums) != len(truth):
        return None
    usual_, mild = (counts(sums, truth, threshold) for threshold in (USUAL_THRESHOLD, MILD))
    right = 2 if mild["tp"] == usual_["tp"] and mild["fp"] == usual_["fp"] else 0 if mild["fp"] >= usual_["fp"] else 1
    values = {"before": usual_["tp"], "after": mild["tp"], "ill": int(truth.sum())}
    alarms = {"alarms_before": usual_["fp"], "alarms_after": mild["fp"], "healthy": int((truth == 0).sum())}
    return Found(right, {**values, **alarms})


def grows(_: View, recording: Recording) -> Found:
    """Return whether the weights stand still in the second half of the run (0), grow on (1), or shrink (2)."""
    last = recording.moments[-1]
    half = recording.at(last.step // 2)
    lengths = [float(np.linalg.norm(moment["weights"][:-1])) for moment in (half, last)]
    ratio = lengths[1] / lengths[0]
    right = 1 if ratio > STANDS else 2 if ratio < SHRINKS else 0
    values = {"half": f"{lengths[0]:.3g}", "end": f"{lengths[1]:.3g}", "loss": f"{float(last['train_loss']):.2g}"}
    return Found(right, {**values, "middle": round(half.epoch), "epochs": round(last.epoch)})


def seldom(view: View, recording: Recording) -> Found | None:
    """Return whether nearly all (0), about half (1) or few (2) of a rare class are found at the usual threshold."""
    known, last = rows(view), recording.moments[-1]
    if known is None:
        return None
    truth = truths(known)["validation"]
    if len(last["validation_scores"]) != len(truth):
        return None
    found = counts(last["validation_scores"][:, 0], truth, USUAL_THRESHOLD)
    share = found["tp"] / max(1, found["tp"] + found["fn"])
    right = 0 if share >= MOST_FOUND else 2 if share <= FEW_FOUND else 1
    accuracy = f"{100 * float(last['validation_accuracy']):.1f}"
    always = f"{100 * float((truth == 0).mean()):.1f}"
    return Found(
        right, {"found": found["tp"], "all": found["tp"] + found["fn"], "accuracy": accuracy, "always": always}
    )


def _question(
    run: RunSpec, choices: str, judge: Callable[[View, Recording], Found | None], **state: object
) -> Question:
    """Return the question about a run, whose answer `judge` reads off its recording."""

    def leads_to(view: View) -> View:
        kept = LAB.keep(view, view.run) if view.run.data == run.data and view.run != run else view
        return kept.model_copy(update={"run": run, "at": None, "part": "validation", **state})

    def answer(view: View) -> Found | None:
        one = bench.snapshot(KEY, run)
        if one is None or one.state != "finished" or not one.recording.moments:
            return None
        return judge(view.model_copy(update={"run": run}), one.recording)

    return Question(leads_to, choices, answer)


TRIES = {
    "cancer": _question(CANCER, "alarms", milder, threshold=MILD),
    "xor": Try(XOR, "band", band),
    "squares": Try(SQUARES, "band", band),
    "separable": _question(SEPARABLE, "grows", grows, threshold=USUAL_THRESHOLD, closer="growth"),
    "rare": _question(RARE, "seldom", seldom, threshold=USUAL_THRESHOLD),
}
PAGE = Page(KEY, DEFAULT, TRIES, KEY, LAB.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
