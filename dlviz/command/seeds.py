"""Many seeds in a shell: how often a setting works, and how far its runs spread."""

from __future__ import annotations

import time
from typing import TextIO

import numpy as np

from dlviz import codec
from dlviz.command.options import EXPERIMENTS
from dlviz.recording import SHARES, SOLVED, Curves
from dlviz.spec import RunSpec
from dlviz.training.seeds import learn_seeds

LOOK = 0.2  # seconds between two signs of life


def seeds(spec: RunSpec, count: int, stream: TextIO, solved_from: float = SOLVED) -> dict[str, object]:
    """Train the setting from the seeds 0 to `count` - 1 and return how all of them did, ready for JSON.

    A seed decides the points, the first weights and the order. `bands` has for each measure and each of `shares`
    what so many of the seeds stay below, after every one of `epochs`; `final` is each seed's last score, on
    validation points if there are any. Where a seed diverged, or there are no validation points, it is None.
    Raises: ValueError as `train_seeds` does.
    """
    started = time.perf_counter()
    curves = _learnt(spec, count, stream)
    return {
        "seeds": list(range(count)),
        "score": "accuracy" if spec.data.about == "class" else "r2",
        "judged_on": "validation" if curves.validated else "train",
        "solved_from": solved_from,
        "solved": int(curves.solved(solved_from).sum()),
        "final": _numbers(curves.final),
        "epochs": curves.epochs.tolist(),
        "shares": list(SHARES),
        "bands": {name: [_numbers(row) for row in curves.band(name)] for name in Curves._fields[1:]},
        "seconds": time.perf_counter() - started,
        "spec": spec.model_dump(mode="json"),
        "link": codec.write(spec, EXPERIMENTS["playground"]) | {"closer": "seeds"},
        "digest": spec.digest,
    }


def _learnt(spec: RunSpec, count: int, stream: TextIO) -> Curves:
    work, updates, looked = learn_seeds(spec, range(count), spec.epochs, new_data=True), 0, time.monotonic()
    while True:
        try:
            next(work)
        except StopIteration as end:
            stream.write("\r\033[K" if stream.isatty() and updates else "")
            return end.value[0]
        updates += 1
        if stream.isatty() and time.monotonic() - looked > LOOK:
            looked = time.monotonic()
            stream.write(f"\r{count} networks, update {updates:,}\033[K")
            stream.flush()


def _numbers(values: np.ndarray) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def table(result: dict[str, object]) -> list[tuple[str, ...]]:
    """Return the result as rows of words: how many solved it, what that means, and how they spread at the end."""
    known = [value for value in result["final"] if value is not None]
    name = f"{result['judged_on'].replace('train', 'training')} {result['score'].replace('r2', 'R²')}"
    bands = {what: [row[-1] for row in rows] for what, rows in result["bands"].items()}
    rows = [
        ("solved", f"{result['solved']} of {len(result['final'])}"),
        ("solved means", f"{name} of at least {result['solved_from']:g} after {result['epochs'][-1]} epochs"),
        ("diverged", str(len(result["final"]) - len(known))),
    ]
    if known:
        rows.append((f"{name}, worst and best", f"{min(known):.4g}, {max(known):.4g}"))
    for what, values in bands.items():
        if None not in values:
            said = what.replace("train_", "training ").replace("validation_", "validation ")
            said = said.replace("score", result["score"].replace("r2", "R²"))
            rows.append((f"{said}, 10 %, median, 90 %", ", ".join(f"{value:.4g}" for value in values)))
    return [*rows, ("seconds", f"{result['seconds']:.2f}")]
