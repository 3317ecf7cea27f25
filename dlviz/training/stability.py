"""The edge of stability: how sharply the loss may bend before an optimizer's steps swing ever wider.

Across a valley that bends by λ, gradient descent multiplies its distance to the bottom by 1 - ηλ with every step:
beyond λ = 2/η it lands farther up the other side each time.
"""

from __future__ import annotations

from dlviz.spec import Knobs


def limit(knobs: Knobs, rate: float) -> float | None:
    """Return the largest bend λ of a parabola down which the optimizer still comes, at the learning rate in force.

    None where no number is the limit: optimizers that stretch each weight's step meet it in the stretched Hessian,
    and penalties, dropout and clipped gradients change what is gone down. Coupled weight decay bends every direction by
    itself, and leaves so much less.
    Source: Cohen, Kaur, Li, Kolter, Talwalkar 2021, Gradient descent on neural networks typically occurs at the edge of
    stability, equation 1 and appendix A.
    """
    if knobs.optimizer not in ("sgd", "momentum", "nesterov") or knobs.limits_gradients or knobs.dropout:
        return None
    held = 0.0 if knobs.optimizer == "sgd" else knobs.momentum
    looks_ahead = 1 + 2 * held if knobs.optimizer == "nesterov" else 1.0
    return (2 + 2 * held) / (rate * looks_ahead) - knobs.weight_decay
