"""Training in a shell: the same run as on its page, with a bar that moves and figures at the end."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import torch

from dlviz import codec
from dlviz.command.options import EXPERIMENTS
from dlviz.command.progress import Progress
from dlviz.recording import Moment
from dlviz.spec import Recurrent, RunSpec
from dlviz.training.run import Run

PER_EPOCH = {  # a column of the result: the measurement it is made of
    "losses": "epoch_loss",
    "validation_losses": "validation_loss",
    "validation_accuracies": "validation_accuracy",
    "validation_r2s": "validation_r2",
}


def decided(spec: RunSpec) -> RunSpec:
    """Return the spec with a device that is named: "best" is cuda where torch has it, else cpu."""
    best = "cuda" if torch.cuda.is_available() else "cpu"
    return spec.model_copy(update={"device": best}) if spec.device == "best" else spec


def train(spec: RunSpec, progress: Progress, page: str = "") -> dict[str, object]:
    """Train the run to its end and return what was measured, ready for JSON.

    `link` leads to the run on the page of that name; where none is named, on one that shows such runs.

    `losses` is the mean training loss of every epoch in `epochs` (all of them, or those that a long run on
    points records), the number that the exported script prints.
    `seconds_per_epoch` is the median over the epochs of the time spent learning (batches, forward,
    backward, update), without measuring; `epoch_seconds` has them all, `seconds` is everything.
    Raises: ValueError where the data or the device is not there.
    """
    run = Run(decided(spec))
    epochs: list[Moment] = []
    learning = [0.0]
    last = None
    for moment in run.work():
        progress.show(run, moment)
        last = moment or last
        if moment is not None and "epoch_loss" in moment:
            epochs.append(moment)
            learning.append(run.update_seconds)
    progress.end()
    ends = [0.0, *(moment.epoch for moment in epochs)]
    spent = zip(pairwise(learning), pairwise(ends), strict=True)
    seconds = [(after - before) / (end - start) for (before, after), (start, end) in spent]
    return _result(run, epochs, last, seconds) | {"link": codec.write(run.spec, EXPERIMENTS[page or _page(spec)])}


def _result(run: Run, epochs: list[Moment], last: Moment, seconds: list[float]) -> dict[str, object]:
    columns = {name: [_number(moment, source) for moment in epochs] for name, source in PER_EPOCH.items()}
    return {
        "test_accuracy": _number(last, "test_accuracy"),
        "test_loss": _number(last, "test_loss"),
        "test_r2": _number(last, "test_r2"),
        "seconds_per_epoch": median(seconds) if seconds else None,
        "epoch_seconds": seconds,
        "seconds": run.seconds,
        "epochs": [round(moment.epoch) for moment in epochs],
        **columns,
        "parameters": sum(values.numel() for values in run.network.parameters()),
        "examples": {name: len(getattr(run.splits, name)) for name in ("train", "validation", "test")},
        "updates": run.step,
        "diverged_at": run.diverged_at,
        "device": torch.cuda.get_device_name() if run.device == "cuda" else "cpu",
        "torch": torch.__version__,
        "spec": run.spec.model_dump(mode="json"),
        "digest": run.spec.digest,
    }


def _page(spec: RunSpec) -> str:
    """Return the page that such a run is on."""
    return "playground" if spec.on_plane else "rnn" if isinstance(spec.network, Recurrent) else "cnn"


def _number(moment: Moment, name: str) -> float | None:
    """Return a measurement as a number; None where it was not made or is not finite, which JSON cannot say."""
    value = moment[name].item() if name in moment else float("nan")
    return value if value - value == 0 else None


def tables(result: dict[str, object]) -> list[list[tuple[str, ...]]]:
    """Return the result as two tables of words: one row for every epoch, and the final figures."""
    numbers = any(value is not None for value in result["validation_r2s"])
    score, say = ("R²", _loss) if numbers else ("accuracy", _share)
    epochs = [("epoch", "training loss", "validation loss", f"validation {score}", "seconds")]
    scores = "validation_r2s" if numbers else "validation_accuracies"
    columns = [result[name] for name in ("epochs", "losses", "validation_losses", scores, "epoch_seconds")]
    for number, loss, validation, scored, seconds in zip(*columns, strict=True):
        epochs.append((str(number), _loss(loss), _loss(validation), say(scored), _seconds(seconds)))
    sizes = ", ".join(f"{count:,} {name}" for name, count in result["examples"].items())
    typical, threads = result["seconds_per_epoch"], result["spec"]["threads"]
    final = [
        (f"test {score}", say(result["test_r2" if numbers else "test_accuracy"])),
        ("test loss", _loss(result["test_loss"])),
        ("seconds an epoch", "–" if typical is None else f"{_seconds(typical)} (median, learning only)"),
        ("examples", sizes),
        ("parameters", f"{result['parameters']:,}"),
        ("device", f"{result['device']}, {threads} thread{'s' if threads > 1 else ''}"),
    ]
    return [epochs, final]


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.6f}"


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.5f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"
