"""What to try: guess which model wins a task, and see what was measured."""

from __future__ import annotations

from collections.abc import Callable

from dlviz.concepts.model_zoo.panels.table import runs_of
from dlviz.concepts.model_zoo.recording import judged, scored
from dlviz.concepts.model_zoo.spec import DEFAULT, View, named
from dlviz.ui import tries
from dlviz.ui.language import t
from dlviz.ui.tries import Found, Page, Question

DUELS = {
    "digits": ("softmax_digits", "mlp_digits", "cnn_digits"),
    "cars": ("line_cars", "mlp_cars"),
    "tumours": ("logistic_tumours", "mlp_tumours"),
}
EQUAL = {"accuracy": 0.01, "r2": 0.02}  # apart by less than this, two models do equally well


def means(names: tuple[str, ...], view: View) -> list[float] | None:
    """Return the mean test score of each of these models, None until all their runs are over."""
    found = []
    for name in names:
        ends = [judged(one.recording) if one is not None else None for one in runs_of(named(name), view.seeds)]
        if None in ends:
            return None
        found.append(scored(ends).mean)
    return found


def winner(task: str) -> Callable[[View], Found | None]:
    """Return the answer to which of the task's models does best; of two, the third answer is: neither."""

    def answer(view: View) -> Found | None:
        scores = means(DUELS[task], view)
        if scores is None:
            return None
        margin = EQUAL["r2" if task == "cars" else "accuracy"]
        tied = len(scores) == 2 and abs(scores[0] - scores[1]) < margin
        right = 2 if tied else max(range(len(scores)), key=scores.__getitem__)
        share = task != "cars"
        values = {f"score{place}": _said(one, share) for place, one in enumerate(scores)}
        return Found(right, {**values, "seeds": view.seeds})

    return answer


def _said(score: float, share: bool) -> str:
    return t("views.percent", value=f"{100 * score:.1f}") if share else f"{score:.3f}"


def _narrowed(task: str) -> Callable[[View], View]:
    return lambda view: view.model_copy(update={"task": task, "sort": "score", "falling": True})


PAGE = Page("model_zoo", DEFAULT, {task: Question(_narrowed(task), f"{task}_who", winner(task)) for task in DUELS})


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
