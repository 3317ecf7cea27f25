"""One row for each model: what it is, what it costs, and how the runs from its seeds stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dlviz import codec
from dlviz.concepts.model_zoo.recording import Cost, Judged, judged, scored
from dlviz.concepts.model_zoo.spec import Model
from dlviz.engine.followed import Snapshot
from dlviz.spec import Linear, RunSpec
from dlviz.ui import first_runs, language
from dlviz.ui.language import t
from dlviz.words import pages

FORMULAS = {
    "linear_regression": "y = w^{T}x + b",
    "logistic_regression": "P(y = 1 | x) = σ(w^{T}x + b)",
    "squares": "y = w^{T}[x, x^{2}] + b",
    "softmax": "P(y | x) = softmax(Wx + b)",
    "mlp": "h^{(l)} = f(W^{(l)}h^{(l−1)} + b^{(l)})",
    "cnn": "(x ∗ k)[c, i, j] = b_{c} + Σ k · x",
    "rnn": "h_{t} = tanh(W_{ih}x_{t} + W_{hh}h_{t−1} + b)",
    "lstm": "c_{t} = f_{t} ⊙ c_{t−1} + i_{t} ⊙ g_{t}, h_{t} = o_{t} ⊙ tanh(c_{t})",
    "gru": "h_{t} = (1 − z_{t}) ⊙ n_{t} + z_{t} ⊙ h_{t−1}",
}
"""The formulas in one line each; the browser sets ^{…} above the line and _{…} below it."""
VARIANTS = ("softmax", "squares", "lstm", "gru")  # models whose formula is another one than that of their kind
UNDER_WAY = ("starting", "waiting", "training", "paused")


def row(model: Model, cost: Cost | None, floor: float | None, runs: Sequence[Snapshot | None]) -> dict[str, object]:
    """Return what the browser shows of a model, whose runs stand so (None: not begun)."""
    ends = [end for one in runs if one is not None and (end := judged(one.recording))]
    return {**described(model, cost), **measured(ends), "floor": floor, **progress(runs, len(ends))}


def described(model: Model, cost: Cost | None) -> dict[str, object]:
    """Return what a model is and costs; what is not counted yet is None."""
    formula = next((name for name in VARIANTS if model.name.startswith(name)), model.kind)
    return {
        "name": model.name,
        "title": t(f"model_zoo.model.{model.name}"),
        "kind": model.kind,
        "kind_text": t(f"model_zoo.kind.{model.kind}"),
        "task": model.task,
        "task_text": t(f"model_zoo.task.{model.task}"),
        "formula": FORMULAS[formula],
        "loops": model.kind == "rnn",
        "shape": None
        if cost is None
        else [model.run.data.shape, *_raised(model), *(part.shape for part in _stages(cost))],
        "parameters": None if cost is None else cost.parameters,
        "flops": None if cost is None else cost.flops,
        "href": address(model.kind, model.run),
    }


def _raised(model: Model) -> list[tuple[int, ...]]:
    """Return the stage between the inputs and a linear model that is also given their powers."""
    network = model.run.network
    return [(network.degree * model.run.data.shape[0],)] if isinstance(network, Linear) and network.degree > 1 else []


def _stages(cost: Cost) -> list:
    """Return the stages that are drawn: those that change the shape."""
    return [part for part in cost.parts if part.name.startswith(("conv", "pool", "dense", "scores", "state"))]


def measured(ends: Sequence[Judged]) -> dict[str, object]:
    """Return how a model did where it has been trained, None where it has not."""
    score = scored(ends)
    if score is None:
        return {"score": None, "seconds": None}
    words = {"mean": score.mean, "spread": score.spread, "each": list(score.each), "measure": score.measure}
    return {"score": words, "seconds": score.seconds}


def progress(runs: Sequence[Snapshot | None], done: int) -> dict[str, object]:
    """Return in words how far a model's runs are, and which share of all their updates is done (None: nothing goes)."""
    going = [one for one in runs if one is not None and one.state in UNDER_WAY]
    if not going and None not in runs:
        lost = sum(one.state in ("diverged", "failed", "lost") for one in runs)
        words = (
            t("model_zoo.lost", count=lost)
            if lost
            else t("model_zoo.done" if done > 1 else "model_zoo.done_one", count=done)
        )
        return {"state": words, "share": None}
    shares = [1.0] * done + [min(1.0, one.step / one.total_steps) for one in going if one.total_steps]
    begun = done or any(one.step for one in going)
    words = t("model_zoo.training", done=done, count=len(runs)) if begun else t("model_zoo.waiting")
    return {"state": words, "share": sum(shares) / len(runs)}


def address(slug: str, run: RunSpec) -> str | None:
    """Return the address that opens a model's page with this run on its stage, None where there is no such page."""
    found = first_runs.specs().get(slug)
    if found is None or slug not in {page.slug for page in pages.existing()}:
        return None
    texts: Mapping[str, str] = codec.write(found.DEFAULT.model_copy(update={"run": run}), found.DEFAULT)
    return f"{slug}?{urlencode({**texts, **language.in_link()})}"
