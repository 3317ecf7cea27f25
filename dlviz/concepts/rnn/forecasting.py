"""Foretelling years: a network, a linear autoregression and "as last year", on the same windows of years.

All three read the same numbers, square roots where the network reads those; what they say is judged in spots.

Many years ahead, each model reads what it foretold itself: an error made once is read again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from dlviz.concepts.rnn.recording import Forecast
from dlviz.data.examples import Splits
from dlviz.data.sunspots import Scale, sunspots
from dlviz.models.recurrent import RecurrentNetwork

FARTHEST = 22  # years ahead: two cycles of the sun
Model = Callable[[np.ndarray], np.ndarray]  # windows (N,W) -> the years after them (N,), both scaled


def network_model(network: RecurrentNetwork) -> Model:
    """Return the network as a model of years."""

    @torch.no_grad()
    def after(windows: np.ndarray) -> np.ndarray:
        return network(torch.tensor(windows, dtype=torch.float32))[:, 0].double().numpy()

    return after


def linear_model(windows: np.ndarray, following: np.ndarray) -> Model:
    """Return the weighted sum of W years and a constant that misses the `following` years least, by least squares."""
    weights, *_ = np.linalg.lstsq(_with_one(windows), following.astype(np.float64), rcond=None)
    return lambda seen: _with_one(seen) @ weights


def _with_one(windows: np.ndarray) -> np.ndarray:
    return np.column_stack([windows.astype(np.float64), np.ones(len(windows))])


def last_year(windows: np.ndarray) -> np.ndarray:
    """Return the last year of each window: as it was, so it will be."""
    return windows[:, -1].astype(np.float64)


def onward(model: Model, windows: np.ndarray, steps: int) -> np.ndarray:
    """Return (N, steps): what the model foretells year after year, reading its own answers as if they were true."""
    found = np.zeros((len(windows), steps))
    for place in range(steps):
        found[:, place] = model(windows)
        windows = np.column_stack([windows[:, 1:], found[:, place]])
    return found


def forecast(network: RecurrentNetwork, splits: Splits, scale: Scale, origin: int) -> Forecast:
    """Return what the three models foretell, and year after year from `origin` (the first year foretold) on."""
    parts = {name: getattr(splits, name) for name in ("train", "validation", "test")}
    windows = np.concatenate([part.inputs for part in parts.values()])
    truth = scale.spots(np.concatenate([part.labels for part in parts.values()]).astype(np.float64))
    models = (network_model(network), linear_model(parts["train"].inputs, parts["train"].labels), last_year)
    following = np.stack([scale.spots(model(windows)) for model in models])
    years = sunspots().years[np.concatenate([part.indices for part in parts.values()])]
    ends = np.cumsum([len(part) for part in parts.values()])[:-1]
    place = int(np.clip(np.searchsorted(years, origin), 0, len(years) - 1))
    path = np.stack([onward(model, windows[place : place + 1], len(years) - place)[0] for model in models])
    begun = windows[len(truth) - len(parts["test"]) - FARTHEST + 1 :]
    ahead = [_ahead(scale.spots(onward(model, begun, FARTHEST)), truth[-len(parts["test"]) :]) for model in models]
    return Forecast(
        years,
        truth,
        following,
        dict(zip(parts, map(_error, np.split(following - truth, ends, axis=1)), strict=True)),
        np.stack(ahead),
        years[place:],
        scale.spots(path),
    )


def _error(miss: np.ndarray) -> np.ndarray:
    return np.sqrt(np.square(miss).mean(axis=-1))


def _ahead(begun: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the error (P,) on the years of `truth`, each foretold 1 to P years before; always the same years.

    begun (N,P): what is foretold year after year from each of N = P - 1 + len(truth) years on.
    """
    found = []
    for steps in range(1, FARTHEST + 1):
        begins = np.arange(len(truth)) + FARTHEST - steps  # which window the years were foretold from
        found.append(_error(begun[begins, steps - 1] - truth))
    return np.array(found)
