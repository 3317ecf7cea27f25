"""What to try with recurrent networks, and which answer a run proves right."""

from __future__ import annotations

from collections.abc import Callable

from dlviz.concepts.rnn.panels import charts, runs, written, years
from dlviz.concepts.rnn.recording import MODELS, Written
from dlviz.concepts.rnn.spec import (
    DEFAULT,
    FORGETFUL,
    NAMES,
    PRESETS,
    RECALL,
    SUNSPOTS,
    USUAL_KNOBS,
    WRITING,
    Part,
    View,
)
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import Recall, RunSpec, Surnames
from dlviz.ui import bench, tries
from dlviz.ui.asking import ask
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


def explained(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation R² over 0.85, from 0.7, or under."""
    r2 = float(moment["validation_r2"])
    return 0 if r2 > 0.85 else 1 if r2 >= 0.7 else 2


def listed(count: int) -> int:
    """Return 0, 1 or 2 where more than half of the names are in the list, some, or none."""
    return 0 if 2 * count > written.COUNT else 1 if count else 2


def asking(run: RunSpec, choices: str, answer: Callable[[Snapshot], Found | None], **changes: object) -> Question:
    """Return a question about a run and what else the view is to show; `answer` is called when the run is over."""

    def leads_to(view: View) -> View:
        kept = runs.keep(view, view.run) if view.run != run else view
        return kept.model_copy(update={"run": run, "at": None, **changes})

    def when_over(_: View) -> Found | None:
        one = bench.snapshot(runs.BENCH, run)
        return answer(one) if one and one.state in ("finished", "diverged") and one.recording.moments else None

    return Question(leads_to, choices, when_over)


def measured(right: Callable[[Moment], int]) -> Callable[[Snapshot], Found]:
    """Return the answer that the last moment of a run gives."""

    def answer(now: Snapshot) -> Found:
        last = now.recording.moments[-1]
        values = {part: _score(last, part) for part in ("train", "validation")}
        return Found(right(last), values)

    return answer


def _score(moment: Moment, part: str) -> str:
    """Return a score as its sentence says it: a share in %, or R²."""
    if f"{part}_r2" in moment:
        return f"{float(moment[f'{part}_r2']):.2f}"
    return f"{100 * float(moment[f'{part}_accuracy']):.1f}"


def closest(ahead: int) -> Callable[[Snapshot], Found | None]:
    """Return which of the three models is closest to the test years, so many years ahead."""

    def answer(now: Snapshot) -> Found | None:
        run, step = now.recording.spec, now.recording.moments[-1].step
        found = ask("rnn.try.forecast", f"{years.COMPUTE}:forecast", run, step, View().origin)
        if found is None or not found.fresh:
            return None
        errors = found.value.ahead[:, ahead - 1]
        named = {name: f"{error:.1f}" for name, error in zip(MODELS, errors, strict=True)}
        return Found(int(errors.argmin()), named)

    return answer


def _names(now: Snapshot, temperature: float) -> Written | None:
    """Return what a run's last network writes at a temperature, None while that is computed."""
    run, step = now.recording.spec, now.recording.moments[-1].step
    how = ((), temperature, 0, written.COUNT, 0)
    found = ask("rnn.try.written", f"{written.COMPUTE}:written", run, step, *how)
    return found.value if found is not None and found.fresh else None


def surprised(now: Snapshot) -> Found | None:
    """Return who is less surprised by the test names, the network or the one that counts."""
    found = _names(now, View().temperature)
    if found is None:
        return None
    network, counts = found.surprise
    right = 1 if abs(network - counts) < written.EVEN else 0 if network < counts else 2
    return Found(right, {"network": f"{network:.2f}", "counts": f"{counts:.2f}", "order": found.order})


def real(now: Snapshot) -> Found | None:
    """Return how many of the names written at a low temperature are in the list."""
    found = _names(now, COLD)
    if found is None:
        return None
    count, apart = sum(found.known[0]), len(set(found.names[0]))
    return Found(listed(count), {"listed": count, "total": len(found.names[0]), "apart": apart})


LONG = RECALL.model_copy(update={"data": Recall(delay=40)})
CUT = RECALL.fork(0, truncate=5)
STEADY = NAMES.model_copy(update={"knobs": USUAL_KNOBS})  # a rate that has fallen would hide what goes on and on
FEW = STEADY.model_copy(update={"data": Surnames(names=50), "epochs": 20})
LONGER = STEADY.model_copy(update={"epochs": 20})
WILD = STEADY.fork(0, learning_rate=0.1)
SHORT = SUNSPOTS.model_copy(update={"data": SUNSPOTS.data.model_copy(update={"window": 2})})
RAW = SUNSPOTS.model_copy(update={"data": SUNSPOTS.data.model_copy(update={"transform": "none"})})
GUESSES = WRITING.fork(0, teacher_forcing=0.0)
COLD = 0.3  # a temperature at which little is left to chance

TRIES: dict[str, Question] = {
    "few": asking(FEW, "band", measured(band)),
    "longer": asking(LONGER, "gap", measured(gap)),
    "wild": asking(WILD, "band", measured(band)),
    "forget": asking(FORGETFUL, "memory", measured(memory)),
    "gated": asking(LONG, "memory", measured(memory)),
    "cut": asking(CUT, "memory", measured(memory)),
    "near": asking(SUNSPOTS, "rivals", closest(1)),
    "far": asking(SUNSPOTS, "rivals", closest(charts.CYCLE)),
    "short": asking(SHORT, "explained", measured(explained)),
    "raw": asking(RAW, "rivals", closest(1)),
    "versus": asking(WRITING, "writers", surprised),
    "cold": asking(WRITING, "listed", real, temperature=COLD, top_k=0, beginning="", draw=0),
    "guesses": asking(GUESSES, "writers", surprised),
}


def page(part: Part) -> Page:
    """Return what there is to try in a part of the page."""
    return Page("rnn", DEFAULT, {name: TRIES[name] for name in PRESETS[part]}, runs.BENCH, runs.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(page(view.part), view)
