"""What to try with a multilayer perceptron, and which answer a run proves right."""

from __future__ import annotations

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.panels.stopping import best_of
from dlviz.concepts.mlp.spec import CARS, DEFAULT, DIGITS, PRESETS, WAVE, Part, View
from dlviz.recording import Moment
from dlviz.spec import Knobs, Mlp, RunSpec
from dlviz.ui import bench, tries
from dlviz.ui.asking import ask
from dlviz.ui.tries import Found, Page, Question, Try

COMPUTE = "dlviz.concepts.mlp.compute"
LEVEL = 0.02  # of R²: what is nearer is as good


def fit(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation R² over 0.9, from 0.5, or under."""
    r2 = float(moment["validation_r2"])
    return 0 if r2 > 0.9 else 1 if r2 >= 0.5 else 2


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 90 %, from 60 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.9 else 1 if accuracy >= 0.6 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where training accuracy is above, near or below validation accuracy (one point)."""
    apart = float(moment["train_accuracy"]) - float(moment["validation_accuracy"])
    return 0 if apart > 0.01 else 1 if apart >= -0.01 else 2


def network(run: RunSpec, **changes: object) -> RunSpec:
    """Return the run with another network."""
    return run.model_copy(update={"network": Mlp.model_validate({**dict(run.network), **changes})})


def data(run: RunSpec, **changes: object) -> RunSpec:
    """Return the run with other examples."""
    return run.model_copy(update={"data": type(run.data).model_validate({**dict(run.data), **changes})})


def _dropout(run: RunSpec, share: float) -> RunSpec:
    return run.model_copy(update={"knobs": Knobs.model_validate({**run.knobs.model_dump(), "dropout": share})})


FEW_CARS = data(network(CARS, hidden=(128,)), train_share=0.2).model_copy(update={"epochs": 400})
SUGAR = data(CARS, data="diabetes")


def _early(view: View) -> View:
    return _begun(view, FEW_CARS)


def _sugar(view: View) -> View:
    return _begun(view, SUGAR)


def _begun(view: View, run: RunSpec) -> View:
    """Return the view with this run begun, and the run there was kept."""
    kept = parts.lab(view).keep(view, view.run) if view.run != run else view
    return parts.another(kept, run)


def _when(_: View) -> Found | None:
    """Return in which third of the run the validation loss was least, None while it learns."""
    now = bench.snapshot(parts.LABS["table"].key, FEW_CARS)
    if now is None or now.state != "finished":
        return None
    best, last = best_of(now.recording.moments), now.recording.moments[-1]
    values = {"epoch": f"{best.epoch:.0f}", "all": FEW_CARS.epochs}
    values |= {name: f"{float(one['validation_r2']):.2f}" for name, one in (("then", best), ("end", last))}
    return Found(min(2, int(3 * best.epoch / FEW_CARS.epochs)), values)


def _against_ridge(_: View) -> Found | None:
    """Return which explains more of the test rows, the network at its best moment or ridge regression."""
    now = bench.snapshot(parts.LABS["table"].key, SUGAR)
    if now is None or now.state != "finished":
        return None
    best = best_of(now.recording.moments)
    judged = ask("mlp.try.judged", f"{COMPUTE}:judged", now.recording.spec, best.step)
    ridge = ask("mlp.try.ridge", f"{COMPUTE}:ridge", SUGAR.data, SUGAR.seed)
    if judged is None or ridge is None:
        return None
    network, line = judged.value["test"].score, ridge.value.scores["test"].score
    right = 0 if network > line + LEVEL else 1 if network >= line - LEVEL else 2
    return Found(right, {"network": f"{network:.2f}", "ridge": f"{line:.2f}"})


TRIES: dict[str, Try | Question] = {
    "one": Try(network(WAVE, hidden=(1,)), "fit", fit),
    "hinges": Try(network(WAVE, hidden=(100,), activation="relu"), "fit", fit),
    "blank": Try(network(WAVE, initializer="zeros"), "fit", fit),
    "few": Try(data(DIGITS, train_share=0.02), "band", band),
    "drop": Try(_dropout(DIGITS, 0.5), "gap", gap),
    "two": Try(network(DIGITS, hidden=(2,)), "band", band),
    "early": Question(_early, "when", _when),
    "raw": Try(data(CARS, scaling=False), "fit", fit),
    "sugar": Question(_sugar, "ridge", _against_ridge),
}


def page(part: Part) -> Page:
    """Return what there is to try in a part."""
    lab = parts.LABS[part]
    return Page("mlp", DEFAULT, {name: TRIES[name] for name in PRESETS[part]}, lab.key, lab.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(page(view.part), view)
