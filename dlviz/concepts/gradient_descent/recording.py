"""What was computed for the page about gradient descent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Trace(NamedTuple):
    """A race of R racers over T steps from one start on a surface, and the surface itself.

    heights (G, W), across (W,), upwards (G,): the surface in its box; minima (M, 2), the deepest first, and their
    depths (M,). sharpest: the largest eigenvalue of the Hessian at the start. path (R, T+1, 2): places, NaN where lost;
    losses, norms (of the true slope) and distances (to the nearest minimum) (R, T+1); slopes, moments and squares
    (R, T, 2) as each optimizer had them; seconds, evaluations and rates (R, T+1); lost (R,): the step it was lost at,
    or −1.
    """

    heights: np.ndarray
    across: np.ndarray
    upwards: np.ndarray
    minima: np.ndarray
    depths: np.ndarray
    sharpest: float
    path: np.ndarray
    losses: np.ndarray
    norms: np.ndarray
    distances: np.ndarray
    slopes: np.ndarray
    moments: np.ndarray
    squares: np.ndarray
    seconds: np.ndarray
    evaluations: np.ndarray
    rates: np.ndarray
    lost: np.ndarray

    @property
    def largest_stable(self) -> float | None:
        """The largest learning rate at which plain gradient descent is stable at the start; None where any is."""
        return 2 / self.sharpest if self.sharpest > 0 else None


class Crowd(NamedTuple):
    """Everybody from every start of a grid: R racers, S starts, T steps.

    paths (R, S, T+1, 2) float32: places, NaN where lost; ends (R, S) int16: the number of the minimum that is close in
    the end, NOWHERE where none is, LOST where the racer went too far. deepest (R,): how many of the starts lead to a
    minimum than which none is deeper.
    """

    paths: np.ndarray
    ends: np.ndarray
    deepest: np.ndarray


class Basins(NamedTuple):
    """Where one racer ends from every place of a grid of starts, rows upwards.

    reached (G, G) int16: the number of the minimum that is close in the end, NOWHERE where none is, LOST where the
    racer went too far. minima (M, 2), the deepest first; shares (M,) of the starts; the steps and the seconds it took.
    """

    reached: np.ndarray
    minima: np.ndarray
    shares: np.ndarray
    steps: int
    seconds: float


NOWHERE, LOST = -1, -2


class Rates(NamedTuple):
    """How one racer does with other learning rates, all heights above the deepest minimum (or the lowest place seen).

    rates (K,) rising, ends (K,): the height after the race, NaN where lost. growing and tested (T+1,): a range test, in
    which the rate grows from step to step, and the height at each. start: the height at the start; limits: 2/λmax at
    the start and at the deepest minimum, NaN where there is none; steps and seconds that it took.
    """

    rates: np.ndarray
    ends: np.ndarray
    growing: np.ndarray
    tested: np.ndarray
    start: float
    limits: tuple[float, float]
    steps: int
    seconds: float


class Sampled(NamedTuple):
    """A regression with two weights learnt from all N people, from B and from one at a time, over T steps.

    heights (G, W), across (W,), upwards (G,): the loss over all; best (2,): its lowest place. path (3, T+1, 2) and
    losses (3, T+1) over all, for everybody, B and one at a time. At the start: single (N, 2), the gradient of each
    person, batches (M, 2), of B people each, and true (2,), of all. sizes (K,), measured and expected (K,): how far, in
    root mean square, the gradient of so many people is from the true one. floors (3,): mean excess loss over the last
    half.
    """

    heights: np.ndarray
    across: np.ndarray
    upwards: np.ndarray
    best: np.ndarray
    path: np.ndarray
    losses: np.ndarray
    single: np.ndarray
    batches: np.ndarray
    true: np.ndarray
    sizes: np.ndarray
    measured: np.ndarray
    expected: np.ndarray
    floors: np.ndarray


class LossMap(NamedTuple):
    """The loss of a real network over a plane, on one or more sets of examples, and where both runs stand on it.

    heights (M, H, G) float32 at along (H,) and across (G,): one surface, or one for each of the first M mini-batches
    of the `batches` there are. here (M, 2): the loss of both runs' own networks on each. The plane goes through origin
    (D,) along directions (2, D); a difference from the origin, multiplied with measures (2, D), is its nearest place.
    explained (2,): the share of both paths' variance along each direction, 0 to 1.
    """

    heights: np.ndarray
    across: np.ndarray
    along: np.ndarray
    here: np.ndarray
    origin: np.ndarray
    directions: np.ndarray
    measures: np.ndarray
    explained: np.ndarray
    batches: int


class Edge(NamedTuple):
    """How sharply the training loss bends at R moments of a run.

    values (R, 3): the largest eigenvalues of its Hessian, the most positive first; errors (R, 3): an eigenvalue is
    within so much of each; limits (R,): the sharpness up to which the optimizer is stable, NaN where no number is the
    limit; rounds: multiplications with the Hessian that it took.
    """

    values: np.ndarray
    errors: np.ndarray
    limits: np.ndarray
    rounds: int


class Between(NamedTuple):
    """The straight line between two solutions of one network, at P `shares` (P,) of the way: 0 and 1 are the two.

    losses and scores (2, P): on the training and on the validation points (NaN where there are none); a score is an
    accuracy, or R² where the label is a number. maps (P, G, G) uint8: what each network answers over the plane.
    hills ((share, height), …): the highest place between the two, on training and on validation points, and how far it
    is above the higher end. sharpness (2,): the Hessian's largest eigenvalue at both. distance: between their weights.
    points (N, 2) and labels (N,): what both learnt from.
    """

    shares: np.ndarray
    losses: np.ndarray
    scores: np.ndarray
    maps: np.ndarray
    hills: tuple[tuple[float, float], ...]
    sharpness: np.ndarray
    distance: float
    points: np.ndarray
    labels: np.ndarray
