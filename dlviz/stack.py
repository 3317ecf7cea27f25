"""A stack is a question about depth: how many layers, how wide, bent how, started and kept in hand how.

Two pages ask it. One sends signals up and gradients down through a stack that has learnt nothing
yet (`Depth`); the other lets a stack learn, and watches the gradient of every layer (`Vanishing`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dlviz.spec import Choice, Plane

Bend = Literal[
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "softplus",
    "tanh",
    "softsign",
    "sigmoid",
    "identity",
]
Start = Literal["xavier", "he", "lecun", "orthogonal", "normal"]
Norm = Literal["none", "batch", "layer"]


class Stack(Choice):
    """Layers of equal width: h⁽ˡ⁾ = f(norm(W⁽ˡ⁾ h⁽ˡ⁻¹⁾)); biases start at zero."""

    deep_layers: int = Field(20, ge=1, le=50)
    deep_width: int = Field(128, ge=8, le=256)
    deep_bend: Bend = "tanh"
    deep_start: Start = "xavier"
    deep_scale: float = Field(0.1, ge=0.001, le=2)  # the weights' standard deviation where `deep_start` is normal
    deep_norm: Norm = "none"
    deep_seed: int = Field(0, ge=0, le=2**31 - 1)

    def weight_variance(self, inputs: int, outputs: int) -> float:
        """Return the variance of the first weights of a layer with so many inputs and outputs.

        Sources: Glorot and Bengio 2010, equation 12; He et al. 2015, equation 10; LeCun et al. 1998, equation 16;
        an orthogonal matrix keeps lengths, so that inputs times variance is 1.
        """
        return {
            "xavier": 2 / (inputs + outputs),
            "he": 2 / inputs,
            "lecun": 1 / inputs,
            "orthogonal": 1 / max(inputs, outputs),
            "normal": self.deep_scale**2,
        }[self.deep_start]


DepthPreset = Literal["none", "sigmoid", "xavier", "he", "explode", "cure"]


class Depth(Stack):
    """Random signals on their way up through a fresh stack, and a random gradient on its way back."""

    deep_batch: int = Field(128, ge=16, le=512)  # how many signals
    deep_own: bool = False  # whether each layer is drawn on a scale of its own
    deep_preset: DepthPreset = "none"
    deep_guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of the preset


VanishingPreset = Literal["none", "sigmoid", "he", "norm", "explode", "clip", "shortcut"]


class Vanishing(Stack):
    """A deep network on points of a plane, learning by plain gradient descent on all of them at once."""

    deep_layers: int = Field(10, ge=1, le=30)  # hidden ones
    deep_width: int = Field(16, ge=4, le=64)
    deep_bend: Bend = "sigmoid"
    deep_shortcut: bool = False  # h⁽ˡ⁾ = h⁽ˡ⁻¹⁾ + f(…), from the second layer on
    deep_data: Literal["circle", "xor", "moons", "spiral"] = "circle"
    deep_rate: float = Field(0.1, ge=1e-4, le=10)
    deep_clip: float = Field(0.0, ge=0, le=100)  # longest gradient of an update; 0 lets any pass
    deep_steps: int = Field(300, ge=50, le=1000)
    deep_at: int | None = Field(None, ge=0, le=1000)  # the step on show; None is the last
    deep_preset: VanishingPreset = "none"
    deep_guess: int | None = Field(None, ge=0, le=3)

    @property
    def plane(self) -> Plane:
        """The points that it learns: 200, of two classes."""
        return Plane(data=self.deep_data, points=POINTS, noise=NOISE, validation_share=KEPT_ASIDE)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many numbers go in, come out of each hidden layer, and come out at the end."""
        return (2, *[self.deep_width] * self.deep_layers, 2)

    @property
    def question(self) -> Vanishing:
        """What decides what is computed: without what is only looked at."""
        return self.model_copy(update={"deep_at": None, "deep_preset": "none", "deep_guess": None})


POINTS, NOISE, KEPT_ASIDE = 250, 0.05, 0.2
