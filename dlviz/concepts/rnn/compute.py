"""The questions about recurrent networks, each a function that a worker process answers by name.

Whoever asks names a run and a moment of it; `networks` turns them into the network as it was then.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np
import torch
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from dlviz.concepts.rnn import forecasting, writing
from dlviz.concepts.rnn.recording import Baseline, Forecast, Spread, Written
from dlviz.data.examples import Examples, Splits
from dlviz.data.letters import spelt
from dlviz.data.load import load
from dlviz.data.sunspots import scale_of
from dlviz.models.recurrent import RecurrentNetwork
from dlviz.recording import Moment
from dlviz.spec import Recall, RunSpec
from dlviz.training.run import Run

Networks = Callable[[RunSpec, int | None], tuple[RecurrentNetwork, Splits]]
LONGEST_GRAM = 4
WHAT = {"surnames": "test_accuracy", "recall": "validation_accuracy", "sunspots": "error", "writing": "surprise"}


# ------------------------------------------------------------------------------------- what remembers


@torch.no_grad()
def over_delays(networks: Networks, runs: Sequence[tuple[RunSpec, int | None]], delays: Sequence[int]) -> np.ndarray:
    """Return how often each run's network names the sign after each delay, (runs, delays) float32, 0 to 1.

    Each network was trained at one delay only; it is asked about every sign once.
    """
    found = np.zeros((len(runs), len(delays)), np.float32)
    for row, (spec, step) in zip(found, runs, strict=True):
        network, _ = networks(spec, step)
        row[:] = [_remembered(network, spec.data, delay) for delay in delays]
    return found


def _remembered(network: RecurrentNetwork, data: Recall, delay: int) -> float:
    signs = torch.arange(data.signs)
    inputs = torch.zeros(data.signs, 1 + delay, dtype=torch.int64)
    inputs[:, 0] = 1 + signs
    return float((network(inputs).argmax(1) == signs).float().mean())


# --------------------------------------------------------------------------------------------- years


def forecast(networks: Networks, spec: RunSpec, step: int | None, origin: int) -> Forecast:
    """Return what the network, a linear autoregression and "as last year" foretell, on their own from `origin` on."""
    return forecasting.forecast(*networks(spec, step), scale_of(spec.data), origin)


def written(
    networks: Networks,
    spec: RunSpec,
    step: int | None,
    beginning: Sequence[int],
    temperature: float,
    top_k: int,
    count: int,
    seed: int,
) -> Written:
    """Return names that the network, and one that only counts letters, write from `beginning` on."""
    network, _ = networks(spec, step)
    return writing.written(network, spec.data, spec.seed_of_data, beginning, temperature, top_k, count, seed)


# ------------------------------------------------------------------------------------ what beats whom


def letter_groups(spec: RunSpec) -> Baseline:
    """Return how well names are told apart by which groups of 1 to 4 letters they hold, with no order beyond that.

    A logistic regression on the same training names, as scikit-learn fits it; ^ and $ stand for a name's ends.
    """
    parts = load(spec.data, spec.seed_of_data)
    groups = CountVectorizer(analyzer="char", ngram_range=(1, LONGEST_GRAM), binary=True, lowercase=False)
    model = make_pipeline(groups, LogisticRegression(C=3.0, max_iter=300))
    model.fit(_names(parts.train), parts.train.labels)
    scores = [float(model.score(_names(part), part.labels)) for part in (parts.validation, parts.test)]
    return Baseline(*scores, len(groups.vocabulary_))


def _names(part: Examples) -> list[str]:
    return [f"^{spelt(row)}$" for row in part.inputs]


# ------------------------------------------------------------------------------------ other seeds


def spread(spec: RunSpec, seeds: Sequence[int]) -> Generator[None, None, Spread]:
    """Yield while the run is trained with each of these seeds, its split and first weights anew; return the scores."""
    what, scores = WHAT[spec.data.data], []
    for seed in seeds:
        run = Run(spec.model_copy(update={"seed": seed, "edits": ()}))
        last = yield from _last_of(run)
        scores.append(
            _error(last, run) if what == "error" else float(last["test_loss" if what == "surprise" else what])
        )
    return Spread(np.array(seeds), np.array(scores), what)


def _error(last: Moment, run: Run) -> float:
    """Return the root mean squared error on the test years, in spots."""
    scale, truth = scale_of(run.spec.data), run.splits.test.labels
    miss = scale.spots(last["test_scores"][:, 0].astype(np.float64)) - scale.spots(truth.astype(np.float64))
    return float(np.sqrt(np.square(miss).mean()))


def _last_of(run: Run) -> Generator[None, None, Moment]:
    """Yield between the pieces of the run, and return its last moment."""
    last = None
    for moment in run.work():
        last = moment or last
        yield
    return last
