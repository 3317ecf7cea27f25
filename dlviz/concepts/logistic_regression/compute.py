"""What the page on logistic regression asks of a worker: rows, scikit-learn's answer, and whole runs of other seeds."""

from __future__ import annotations

import warnings
from collections.abc import Generator

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from dlviz.concepts.logistic_regression.recording import Reference, Rows, Score, Trial
from dlviz.data.examples import Examples
from dlviz.data.load import load
from dlviz.models.linear import Powers
from dlviz.recording import Moment
from dlviz.spec import Data, Knobs, RunSpec
from dlviz.training import criterion
from dlviz.training.run import Run

PARTS = ("train", "validation", "test")
ROUNDS = 5000  # of scikit-learn's search for the lowest loss
TOLERANCE = 1e-8  # it rests where no slope is steeper


def rows(data: Data, seed: int) -> Rows:
    """Return the rows that a run on this data has, as it sees them."""
    splits = load(data, seed)
    parts = [getattr(splits, name) for name in PARTS]
    return Rows(
        np.concatenate([part.inputs for part in parts]).astype(np.float32),
        np.concatenate([part.labels for part in parts]).astype(np.uint8),
        np.repeat(np.arange(3, dtype=np.uint8), [len(part) for part in parts]),
    )


def reference(spec: RunSpec, knobs: Knobs) -> Reference:
    """Return what scikit-learn's LogisticRegression makes of the run's training rows, with the L2 of `knobs`.

    Its penalty stands beside the sum of the losses, ours beside their mean: C = 1 / (N · l2). No L1 penalty is in it.
    Source: scikit-learn, user guide 1.1.11, the objective of LogisticRegression.
    """
    splits = load(spec.data, spec.seed)
    known, powers = splits.train, Powers(spec.network.degree)
    model = LogisticRegression(C=1 / (len(known) * knobs.l2) if knobs.l2 else np.inf, tol=TOLERANCE, max_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(_raised(known, powers), known.labels)
    weights, biases = model.coef_, model.intercept_
    found = {
        name: _score(torch.tensor(_raised(part, powers) @ weights.T + biases), part)
        for name, part in zip(PARTS, (splits.train, splits.validation, splits.test), strict=True)
        if len(part)
    }
    separates = not knobs.l2 and found["train"].accuracy == 1
    return Reference(np.concatenate([weights.ravel(), biases]), found, separates)


def _raised(examples: Examples, powers: Powers) -> np.ndarray:
    return powers(torch.tensor(examples.inputs, dtype=torch.float64)).numpy()


def _score(scores: torch.Tensor, part: Examples) -> Score:
    """Return how sums (N, K), K being 1 for two classes, do on a part."""
    truth = torch.tensor(part.labels)
    loss = criterion.losses(scores, truth, "class", Knobs()).mean().item()
    return Score(loss, criterion.right(scores, truth, "class").double().mean().item(), _area(scores.numpy(), part))


def _area(scores: np.ndarray, part: Examples) -> float | None:
    if scores.shape[1] > 1 or len(np.unique(part.labels)) < 2:
        return None
    return float(roc_auc_score(part.labels, scores[:, 0]))


def trial(spec: RunSpec) -> Generator[None, None, Trial | None]:
    """Return how the run does at its end on every part it has; None where it diverges. Yields between updates."""
    run, last = Run(spec), None
    for piece in run.work():
        last = piece or last
        yield
    return None if run.diverged_at is not None else Trial(spec.seed, _scores(run, last))


def _scores(run: Run, last: Moment) -> dict[str, Score]:
    return {
        name: _score(torch.tensor(last[f"{name}_scores"]), getattr(run.splits, name))
        for name in PARTS
        if f"{name}_scores" in last
    }
