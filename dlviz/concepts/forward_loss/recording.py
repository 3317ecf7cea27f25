"""What was found when a network was taken apart: plain frozen values, with arrays that stay as they are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Layer(NamedTuple):
    """One dense layer: weights (H, F), biases (H,), sums (B, H) before the activation, outputs (B, H) after it.

    activation: its name, or the formula in x that somebody typed.
    """

    weights: np.ndarray
    biases: np.ndarray
    sums: np.ndarray
    outputs: np.ndarray
    activation: str


class Anatomy(NamedTuple):
    """A network and B examples in it, the first of which is on screen; all float64.

    inputs (B, F); answers (B, K): probabilities, or the numbers themselves; targets (B, K): 1 for what is true,
    or the number; losses (B,); slopes (B, K): of each loss along its scores. `original` holds the inputs and
    parameters (weights of a layer row by row, then its biases) before anything was set by hand. A standardised
    input x was x · deviation + mean. Over all `count` examples that the network never learnt from: `score`
    (accuracy, or R² of numbers) and `mean_loss`; `wrong` are the places of those it gets wrong.
    """

    inputs: np.ndarray
    layers: tuple[Layer, ...]
    answers: np.ndarray
    targets: np.ndarray
    losses: np.ndarray
    slopes: np.ndarray
    original_inputs: np.ndarray
    original: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    picture: np.ndarray | None
    example: int
    count: int
    score: float
    mean_loss: float
    wrong: np.ndarray

    @property
    def label(self) -> int:
        """The class that the example on screen is of; 0 where it has a number."""
        return self.truth if len(self.targets[0]) > 1 else round(float(self.targets[0, 0]))

    @property
    def truth(self) -> int:
        """The place of the output that speaks for the truth."""
        return int(self.targets[0].argmax())


class Judgement(NamedTuple):
    """L losses on the example on screen, and what they would be if the score of the true output were another.

    grid (G,): that score; curves and slopes (L, G): the loss and its slope there. here: the score as it is;
    values (L,): the loss there; gradients (L, K): along every score, by autograd, and `differences` (L, K) the
    same by central differences. A loss that cannot judge this example has no numbers.
    """

    grid: np.ndarray
    curves: np.ndarray
    slopes: np.ndarray
    here: float
    values: np.ndarray
    gradients: np.ndarray
    differences: np.ndarray


class Fading(NamedTuple):
    """One sigmoid whose truth is 1, over its score z (G,): loss and slope of cross-entropy and of squares, (2, G)."""

    grid: np.ndarray
    curves: np.ndarray
    slopes: np.ndarray


class Softmaxes(NamedTuple):
    """Softmax and its loss in float32, as the formula says and as it is safe; the first class is the true one.

    (K,) each: scores, exponentials, probabilities, and both again after the largest score was taken away; and
    the sums, log-sum-exps and losses of both. `exact` (K,) and `exact_loss` are float64; `torch_loss` is what
    torch's own function says in float32.
    """

    scores: np.ndarray
    exponentials: np.ndarray
    probabilities: np.ndarray
    lowered: np.ndarray
    safe_exponentials: np.ndarray
    safe_probabilities: np.ndarray
    total: float
    safe_total: float
    log_sum: float
    safe_log_sum: float
    loss: float
    safe_loss: float
    exact: np.ndarray
    exact_loss: float
    torch_loss: float


class Trained(NamedTuple):
    """What a network that judges loans learnt: shares from 0 to 1 of held-out loans, losses on its training loans.

    found: of the rare class, how many it recognises; alarms: of the common class, how many it accuses; right: of
    as many of each as it learnt from. losses and pulls (2,), common class first: each class's part of the mean
    weighted loss, and of the sum of its slopes along the scores, divided by the number of loans.
    """

    found: float
    alarms: float
    right: float
    losses: np.ndarray
    pulls: np.ndarray
    loans: int


class Rarity(NamedTuple):
    """What one and the same answer for every loan costs, and what a network learns, when one class is rare.

    grid (G,): the answer, a probability of the rare class; costs (3, G): of the common class, of the rare class
    with its weight, and their sum, per loan; slopes (3, G) of the same along the score. best: the answer that
    costs least; least: what it costs; base: what the share itself, as the answer, costs without weights.
    """

    grid: np.ndarray
    costs: np.ndarray
    slopes: np.ndarray
    best: float
    least: float
    base: float
    plain: Trained
    weighted: Trained
