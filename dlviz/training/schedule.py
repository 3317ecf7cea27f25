"""Schedules: a learning rate that changes on the way.

Large steps find the valley, small steps find its floor. So the rate falls as the epochs go by: in stairs,
or along a curve; sometimes it rises again to leave a valley; and at the very start it may be low until
the first, wild gradients are over.
"""

from __future__ import annotations

import math

from dlviz.spec import Knobs


def rate(knobs: Knobs, epoch: float) -> float:
    """Return the learning rate of an update before which `epoch` passes over the training examples were made."""
    if knobs.schedule == "constant" and not knobs.warm_up_epochs:
        return knobs.learning_rate
    share = scheduled(knobs.schedule, epoch, knobs.schedule_epochs, knobs.schedule_factor)
    return knobs.learning_rate * share * warmed_up(epoch, knobs.warm_up_epochs)


def scheduled(schedule, epoch, length, factor):
    """Return the share of the learning rate that a schedule leaves after so many epochs.

    `step` multiplies by the factor every `length` epochs, `exponential` does so evenly; `cosine` goes from 1
    down to the factor in `length` epochs and stays, `restarts` begins again. Source: Loshchilov and Hutter
    2017, equation 5. `one_cycle` rises from 1/25 to 1 in three tenths of the length and falls to 1/250,000.
    Source: Smith and Topin 2018, with torch's shape of it.
    """
    way = min(epoch / length, 1.0)
    if schedule == "step":
        return factor ** math.floor(epoch / length)
    if schedule == "exponential":
        return factor ** (epoch / length)
    if schedule == "cosine":
        return eased(1.0, factor, way)
    if schedule == "restarts":
        return eased(1.0, factor, epoch / length % 1.0)
    if schedule == "one_cycle":
        return eased(1 / 25, 1.0, way / 0.3) if way < 0.3 else eased(1.0, 1 / 250_000, (way - 0.3) / 0.7)
    return 1.0


def eased(start, end, way):
    """Return where half a wave of a cosine is between start and end, after a share of the way."""
    return end + (start - end) * (1 + math.cos(math.pi * way)) / 2


def warmed_up(epoch, length):
    """Return the share of the learning rate that a warm-up of so many epochs allows: from a hundredth up to 1."""
    return 1.0 if epoch >= length else 0.01 + 0.99 * epoch / length
