"""Diagnosis: what keeps a network from learning, told from numbers that were measured, with one change to try.

A loss that does not fall has few causes, and each leaves a trace of its own: numbers that run away, units
that never speak, units that always shout, steps that are too short or too long, an answer learnt by heart.
Nothing is claimed that cannot be seen in the run; whether the change helps is seen by making it, from the same
step, beside the run as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from dlviz.probes.slopes import FLAT
from dlviz.probes.units import Layer, Look
from dlviz.recording import Moment, Recording
from dlviz.spec import MOST_WEIGHTS, Knobs

Name = Literal["diverged", "dead", "saturated", "rate_too_small", "rate_too_large", "overfitting"]

LEARNT = 0.2  # of the loss of the best constant guess: below it, nothing needs to be mended
WINDOW = 20  # moments that are looked back over
LAST = 5  # moments whose median is where the loss is now
FEWEST = 6  # moments, at least, from which a trend is told
DEAD_SHARE = 0.25  # of a network's ReLUs: fewer are no hindrance
SATURATED = 0.97  # of the largest that tanh gives: there its slope is 0.06 of the steepest
ALWAYS = 0.9  # of the training points at which a unit must be saturated to count as such
SATURATED_SHARE = 0.25  # of a network's tanh and sigmoid units, and those with a function of somebody's own
SLOW_FALL = 0.01  # of the loss, an epoch
SHORT_MOVE = 0.01  # of the weights' own length, an epoch: so little changes hardly anything
WAY = 0.1  # of that length: how far ahead the slope is followed
WAY_DOWN = 0.01  # of the loss: what is gained there at least, where there is a way down; at a minimum hardly any is
EVEN = 0.5  # of what an epoch brought before: what brings less and less comes to its end, at whatever rate
SWING = 0.1  # of the loss: how far it goes up and down from moment to moment
BACK_AND_FORTH = 3.0  # how much longer the loss's way is than what it comes to in the end, where it jumps,
FAR_WORSE = 2.0  # than the best constant guess: so high a loss needs not even jump back and forth
STEADY = 1.5  # and where it does not
RISE = 0.15  # of the lowest validation loss,
HARM = 0.1  # and of the loss of the best constant guess, so that what is nearly perfect is not found fault with
WEAKER, STRONGER = 0.1, 10.0  # what a rate is multiplied by, to try
PENALTY = 0.03  # l2, to try
LARGEST = 1e4  # weight that an edit may set
CONSTANT = 1e-6  # spread of sums that are the same but for rounding


class Finding(NamedTuple):
    """One cause, the numbers that show it, and the change to try from `step`: knobs, weights by their places, or both.

    The change is `recording.spec.fork(finding.step, weights=finding.weights, **finding.knobs)`. numbers:
    `diverged`: diverged_at (step), learning_rate, first_loss, largest_loss. `dead` and `saturated`: units of that kind,
    dead or saturated, share; limit, and the slope there, a share of the steepest. `rate_too_small`: fall of the loss an
    epoch and gain, shares of the loss; move an epoch, a share of the weights' length; slope, the gradient's length.
    `rate_too_large`: swing, a share of the loss; way, a ratio; loss and guess. `overfitting`: lowest validation loss,
    its epoch, validation_loss and train_loss now.
    """

    name: Name
    step: int
    numbers: Mapping[str, float]
    knobs: Mapping[str, object]
    weights: tuple[tuple[int, float], ...] = ()


# ------------------------------------------------------------------------------------ diagnosis


def diagnose(recording: Recording, step: int, seen: Look | None) -> tuple[Finding, ...]:
    """Return what is wrong with a run after `step` updates, the most serious first; nothing where all is well.

    recording: its moments, of which those after `step` are left out; seen: the network after that step, with its
    training examples (not needed once it has diverged).
    """
    moments = [moment for moment in recording.moments if moment.step <= step]
    knobs = recording.spec.knobs_at(step)
    if recording.diverged_at is not None and recording.diverged_at <= step:
        return (_diverged(recording, moments),)
    if seen is None or not moments or not math.isfinite(seen.loss):
        return ()
    found = [_overfitting(step, moments, knobs, seen.guess)]
    if seen.loss > LEARNT * seen.guess:
        mend = _Mend(_slower(moments, knobs, seen), _rate(knobs.learning_rate, WEAKER), recording.spec.on_plane)
        found = [
            _dead(step, seen, mend),
            _saturated(step, seen, mend),
            _rate_too_large(step, moments, knobs, seen),
            _rate_too_small(step, moments, knobs, seen),
            *found,
        ]
    return tuple(filter(None, found))


class _Mend(NamedTuple):
    """How units are made to listen again: the knobs to turn with it, those to turn where weights cannot be set."""

    knobs: dict[str, object]
    otherwise: dict[str, object]
    by_hand: bool

    def __call__(self, layers: Sequence[Layer], chosen: Sequence[np.ndarray]) -> tuple[object, object]:
        weights = _mended(layers, chosen) if self.by_hand else ()
        return self.knobs if weights else self.otherwise, weights


def _slower(moments: Sequence[Moment], knobs: Knobs, seen: Look) -> dict[str, object]:
    """Return a lower rate where the steps may have done the harm: the loss jumps, or is worse than a guess."""
    losses = _recent(moments, "train_loss")[:, 1]
    restless = seen.loss > seen.guess or (len(losses) > 1 and _swing(losses) > SWING)
    return _rate(knobs.learning_rate, WEAKER) if restless else {}


def _diverged(recording: Recording, moments: Sequence[Moment]) -> Finding:
    """Numbers ran away: go back to the last moment that was no worse than the first, and take shorter steps."""
    losses = [(moment.step, _validation_or_train_loss(moment)) for moment in moments]
    start = next((loss for _, loss in losses if math.isfinite(loss)), math.inf)
    sound = [step for step, loss in losses if loss <= start and step < recording.diverged_at]
    step = sound[-1] if sound else 0
    rate = recording.spec.knobs_at(step).learning_rate
    largest = max((loss for _, loss in losses if not math.isnan(loss)), default=math.inf)
    at = recording.diverged_at
    numbers = {"diverged_at": at, "learning_rate": rate, "first_loss": start, "largest_loss": largest}
    return Finding("diverged", step, numbers, _rate(rate, WEAKER))


def _dead(step: int, seen: Look, mend: _Mend) -> Finding | None:
    """ReLUs that give nothing for every training point, so that no gradient will ever wake them."""
    relus = [layer for layer in seen.layers if layer.activation == "relu"]
    silent = [layer.outputs.max(axis=0) <= 0 for layer in relus]
    count, units = sum(int(one.sum()) for one in silent), sum(map(len, silent))
    if not units or count < DEAD_SHARE * units:
        return None
    numbers = {"units": units, "dead": count, "share": count / units}
    return Finding("dead", step, numbers, *mend(relus, silent))


def _saturated(step: int, seen: Look, mend: _Mend) -> Finding | None:
    """Units at the flat ends of their function for nearly every training point: hardly any gradient passes them."""
    bent = [layer for layer in seen.layers if layer.activation in ("tanh", "sigmoid", "own")]
    flat = [_is_flat(layer).mean(axis=0) >= ALWAYS for layer in bent]
    count, units = sum(int(one.sum()) for one in flat), sum(map(len, flat))
    if not units or count < SATURATED_SHARE * units:
        return None
    numbers = {"units": units, "saturated": count, "share": count / units, "limit": SATURATED, "slope": FLAT}
    return Finding("saturated", step, numbers, *mend(bent, flat))


def _is_flat(layer: Layer) -> np.ndarray:
    """Return (N, H) whether each unit is at a flat end of its function."""
    return layer.slopes < FLAT if layer.activation == "own" else _on_tanh(layer) > SATURATED


def _on_tanh(layer: Layer) -> np.ndarray:
    """Return how far units are from the middle, 0 to 1; a sigmoid is a tanh, squeezed: σ(z) = (1 + tanh(z/2)) / 2."""
    return np.abs(layer.outputs if layer.activation == "tanh" else 2 * layer.outputs - 1)


def _mended(layers: Sequence[Layer], chosen: Sequence[np.ndarray]) -> tuple[tuple[int, float], ...]:
    """Return weights and biases with which the chosen units of dense layers listen again, as many as an edit holds."""
    changes: list[tuple[int, float]] = []
    for layer, units in zip(layers, chosen, strict=True):
        for unit in np.flatnonzero(units) if layer.weights.size else ():
            change = list(_centred(layer, unit))
            if len(changes) + len(change) <= MOST_WEIGHTS:
                changes += change
    return tuple(sorted(changes))


def _centred(layer: Layer, unit: int) -> Iterator[tuple[int, float]]:
    """Yield the bias and the weights that make a unit's sums lie around 0 and mostly between -1 and 1.

    A unit that gets the same from every point, as behind a layer that is dead itself, is set to 1.
    """
    sums = layer.sums[:, unit]
    spread = float(np.std(sums))
    scale = 1 / max(1.0, spread)
    bias = scale * (layer.biases[unit] - np.mean(sums)) + (spread < CONSTANT)
    places = (layer.bias_places[unit], *layer.weight_places[unit])
    for place, value in zip(places, (bias, *(scale * layer.weights[unit])), strict=True):
        yield int(place), float(np.clip(value, -LARGEST, LARGEST))


def _rate_too_small(step: int, moments: Sequence[Moment], knobs: Knobs, seen: Look) -> Finding | None:
    """The loss hardly falls although a short way down the slope would gain much: the steps are too short."""
    recent = _recent(moments, "train_loss")
    epochs, losses = recent[:, 0], recent[:, 1]
    if len(recent) < FEWEST or losses[0] <= 0:
        return None
    fall = (losses[0] - losses[-1]) / losses[0] / (epochs[-1] - epochs[0])
    gain, move = WAY * seen.length * seen.slope / seen.loss, _move(moments)
    crawls = 0 < fall < SLOW_FALL and move < SHORT_MOVE and _way(losses) < STEADY and _evenness(recent) > EVEN
    if not crawls or gain < WAY_DOWN:
        return None
    numbers = {"fall": fall, "gain": gain, "move": move, "slope": seen.slope, "learning_rate": knobs.learning_rate}
    return Finding("rate_too_small", step, numbers, _rate(knobs.learning_rate, STRONGER))


def _rate_too_large(step: int, moments: Sequence[Moment], knobs: Knobs, seen: Look) -> Finding | None:
    """The loss jumps up and down more than it falls: each step leaps over what it aims at."""
    losses = _recent(moments, "train_loss")[:, 1]
    if len(losses) < FEWEST:
        return None
    swing, way = _swing(losses), _way(losses)
    if swing < SWING or (way < BACK_AND_FORTH and seen.loss < FAR_WORSE * seen.guess):
        return None
    numbers = {"swing": swing, "way": way, "loss": seen.loss, "guess": seen.guess, "learning_rate": knobs.learning_rate}
    return Finding("rate_too_large", step, numbers, _rate(knobs.learning_rate, WEAKER))


def _overfitting(step: int, moments: Sequence[Moment], knobs: Knobs, guess: float) -> Finding | None:
    """The training loss falls on while the validation loss rises again: points are learnt by heart."""
    train, validation = (_recent(moments, f"{split}_loss", len(moments)) for split in ("train", "validation"))
    if min(len(train), len(validation)) < FEWEST:
        return None
    best = int(validation[:, 1].argmin())
    lowest, known, now = validation[best, 1], *(float(np.median(one[-LAST:, 1])) for one in (train, validation))
    if now < max((1 + RISE) * lowest, lowest + HARM * guess) or known > lowest:
        return None
    numbers = {"lowest": lowest, "epoch": validation[best, 0], "validation_loss": now, "train_loss": known}
    return Finding("overfitting", step, numbers, {"l2": max(PENALTY, 10 * knobs.l2)})


# ------------------------------------------------------------------------------------- numbers


def _number(moment: Moment, name: str) -> float:
    return float(moment[name]) if name in moment else math.nan


def _validation_or_train_loss(moment: Moment) -> float:
    return _number(moment, "validation_loss" if "validation_loss" in moment else "train_loss")


def _recent(moments: Sequence[Moment], name: str, most: int = WINDOW) -> np.ndarray:
    """Return (R, 2) epochs and values of the last moments that have a finite one."""
    rows = [(moment.epoch, _number(moment, name)) for moment in moments]
    return np.array([row for row in rows if math.isfinite(row[1])][-most:]).reshape(-1, 2)


def _swing(losses: np.ndarray) -> float:
    """Return how far the loss goes from one moment to the next, as a share of it."""
    return float(np.abs(np.diff(losses)).mean() / losses.mean())


def _way(losses: np.ndarray) -> float:
    """Return how much longer the loss's way is than what it comes to: 1 where it only falls or only rises."""
    net = abs(losses[-1] - losses[0])
    return float(np.abs(np.diff(losses)).sum() / net) if net else math.inf


def _evenness(rows: np.ndarray) -> float:
    """Return how fast a loss fell lately, beside how fast it did before: the two halves of (R, 2) epochs and losses."""
    middle = len(rows) // 2
    (epochs, before), (later, now) = rows[middle] - rows[0], rows[-1] - rows[middle]
    return float(now / later / (before / epochs)) if before else math.inf


def _move(moments: Sequence[Moment]) -> float:
    """Return how far the weights went in an epoch lately, as a share of their length; 0 where none are recorded."""
    rows = [moment for moment in moments if "weights" in moment][-WINDOW:]
    if len(rows) < 2:
        return 0.0
    apart = np.linalg.norm(rows[-1]["weights"] - rows[0]["weights"].astype(float))
    return float(apart / (rows[-1].epoch - rows[0].epoch) / np.linalg.norm(rows[-1]["weights"]))


def _rate(rate: float, factor: float) -> dict[str, object]:
    rules = Knobs.model_fields["learning_rate"].metadata
    lowest, highest = (next(getattr(rule, end) for rule in rules if hasattr(rule, end)) for end in ("ge", "le"))
    return {"learning_rate": float(f"{min(max(rate * factor, lowest), highest):.3g}")}
