"""Pace: after which epochs a run on points is written down.

At first every epoch changes the picture, later few do. So the gaps grow, but no further than a film allows:
an epoch of many updates, or of a deep network, is so much work that fewer of them make one picture. The rule
knows work and nothing of time: the same question is always answered by the same moments. At the speed at which
small networks learn they are some 40 a second or more, and long runs are kept in a few thousand of them.
"""

from __future__ import annotations

import math

GAPS = ((100, 1), (300, 2), (1000, 4), (3000, 8))  # up to this epoch, every so many
WIDEST = 16
PICTURE = 720  # passes of a batch through a layer that one moment may stand for: a fortieth of a second's work
FILM = 1500  # gaps of one width; where the work kept them narrow they widen after so many


def gap(epoch: int, work: int = 1) -> int:
    """Return how many epochs lie between two moments around this epoch, a power of two.

    `work`: passes of a batch through a layer of weights in one epoch.
    """
    wished = next((gap for last, gap in GAPS if epoch <= last), WIDEST)
    return min(wished, _allowed(epoch, work))


def _allowed(epoch: int, work: int) -> int:
    """Return the widest gap that is a film still; it doubles after every `FILM` gaps."""
    width = 1 << (max(1, PICTURE // work).bit_length() - 1)
    end = FILM * width
    while epoch > end and width < WIDEST:
        width *= 2
        end += FILM * width
    return width


def is_recorded(epoch: int, work: int = 1) -> bool:
    """Return whether a moment is recorded at the end of this epoch, the first being 1."""
    return epoch % gap(epoch, work) == 0


def work_of(count: int, batch_size: int, hidden: int) -> int:
    """Return the passes of a batch through a layer of weights in an epoch of so many examples, `hidden` layers deep."""
    return math.ceil(count / batch_size) * (hidden + 1)
