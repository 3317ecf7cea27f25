"""What was measured of a stack of layers: signals on their way up, gradients on their way down, layer by layer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

SIGNALS, GRADIENTS = 0, 1  # places in the first axis of `sizes`, `theory`, `shared` and `own`
REACH = 3.0  # histograms of `shared` end here: both the first signal and the first gradient have size 1
OWN_REACH = 3.0  # and those of `own` at so many times the layer's own size


class Signals(NamedTuple):
    """B signals in a stack of L layers, from layer 0 (what goes in) to layer L; G bins.

    sizes, theory (2, L+1) float64: root mean square of what each layer gives and of the gradient that arrives
    there; as measured, and as the theory of wide layers has it (of batches and widths without end).
    apart (L+1,): how far two inputs still are from each other, as a standard deviation over the batch.
    shared, own (2, L+1, G) int32: histograms from -REACH to REACH, or -OWN_REACH to OWN_REACH of the layer's size;
    what lies beyond is in the last bins. flat (L,): the share of sums at which the slope of f is under 5 % of
    its steepest; dead (L,): the share of units of which that holds for all signals. variance: n·Var(w).
    """

    sizes: np.ndarray
    theory: np.ndarray
    apart: np.ndarray
    shared: np.ndarray
    own: np.ndarray
    flat: np.ndarray
    dead: np.ndarray
    variance: float

    @property
    def layers(self) -> int:
        """How many layers there are."""
        return self.sizes.shape[1] - 1

    def growth(self, which: int, theory: bool = False) -> float:
        """Return by how much a layer multiplies the size of signals (0) or gradients (1): the geometric mean.

        Both are counted in the direction in which they travel: gradients from the last layer to the first.
        """
        sizes = (self.theory if theory else self.sizes)[which]
        first, last = (sizes[0], sizes[-1]) if which == SIGNALS else (sizes[-1], sizes[0])
        return float((last / first) ** (1 / self.layers))


class Lesson(NamedTuple):
    """What a stack of L hidden layers did in T updates: rows of T+1 moments, the first before any update.

    losses, shares (T+1,): mean cross-entropy, and the share of points that it gets right. norms (T+1, L+1): length
    of the loss's gradient for the weights of each layer, the first hidden layer first and the scores last.
    totals (T+1,): length of the whole gradient, biases included, before it is clipped.
    maps (M, S, S): probability of class 1 over the plane, from its upper left corner, after `map_steps` (M,) updates.
    points (N, 2), labels (N,): what it learns. diverged_at: the update after which something was not finite any
    more; the rows end before it.
    """

    losses: np.ndarray
    shares: np.ndarray
    norms: np.ndarray
    totals: np.ndarray
    maps: np.ndarray
    map_steps: np.ndarray
    points: np.ndarray
    labels: np.ndarray
    diverged_at: int | None = None

    @property
    def last(self) -> int:
        """The last step that was measured."""
        return len(self.losses) - 1

    def passed(self, step: int) -> float:
        """Return the gradient of the first hidden layer as a share of that of the last one, after `step` updates."""
        first, last = self.norms[step, 0], self.norms[step, -2]
        return float(first / last) if last else float("nan")
