"""Pace: after which epochs a run on points is written down.

At first every epoch changes the picture, later few do. So the gaps grow, by a rule that knows nothing of
time: the same question is always answered by the same moments. 3,000 epochs make some 600 of them, and
some 40 a second at the speed at which small networks learn.
"""

from __future__ import annotations

GAPS = ((100, 1), (300, 2), (1000, 4), (3000, 8))  # up to this epoch, every so many
WIDEST = 16


def gap(epoch: int) -> int:
    """Return how many epochs lie between two moments around this epoch."""
    return next((gap for last, gap in GAPS if epoch <= last), WIDEST)


def is_recorded(epoch: int) -> bool:
    """Return whether a moment is recorded at the end of this epoch, the first being 1."""
    return epoch % gap(epoch) == 0
