"""What the page on activation functions shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, Knobs, Mlp, Plane, RunSpec
from dlviz.stack import Depth

Function = Literal[
    *("identity", "relu", "leaky_relu", "prelu", "rrelu", "relu6", "threshold"),
    *("elu", "selu", "celu", "softplus"),
    *("gelu", "gelu_tanh", "silu", "mish"),
    *("sigmoid", "logsigmoid", "tanh", "tanhshrink", "softsign"),
    *("hardtanh", "hardsigmoid", "hardswish", "hardshrink", "softshrink"),
    "own",
]
FAMILIES: dict[str, tuple[Function, ...]] = {
    "hinges": ("relu", "leaky_relu", "prelu", "rrelu", "relu6", "threshold"),
    "soft": ("elu", "celu", "selu", "softplus"),
    "gates": ("gelu", "gelu_tanh", "silu", "mish", "hardswish"),
    "squashing": ("sigmoid", "tanh", "softsign", "logsigmoid", "hardsigmoid", "hardtanh"),
    "others": ("identity", "tanhshrink", "hardshrink", "softshrink", "own"),
}
"""All functions, those together that look alike, in the order in which they are offered."""

Section = Literal["function", "softmax", "depth", "network"]
Preset = Literal["none", "steepest", "dead", "twins", "cold", "shift"]
MOST = 5  # functions compared: what can still be told apart
FARTHEST = 20.0  # how far from zero x goes at most
POINTS = 1001  # x at which a curve is drawn: odd, so that 0 is one of them
FORMULA = "x * sigmoid(2x)"
LONGEST = 80  # letters of a formula, as a network takes it
FEWEST_LOGITS, MOST_LOGITS = 2, 8
LARGEST_LOGIT = 5.0


class Parameters(Choice):
    """What some of the functions may be told; the defaults are torch's own, but for `threshold`, which has none."""

    leaky_slope: float = Field(0.01, ge=0, le=1)
    prelu_slope: float = Field(0.25, ge=-1, le=1)
    rrelu_lower: float = Field(0.125, ge=0, le=1)
    rrelu_upper: float = Field(1 / 3, ge=0, le=1)
    threshold_at: float = Field(1.0, ge=-3, le=2)
    threshold_value: float = Field(0.0, ge=-3, le=2)
    elu_alpha: float = Field(1.0, ge=0.1, le=5)
    celu_alpha: float = Field(1.0, ge=0.1, le=5)
    softplus_beta: float = Field(1.0, ge=0.1, le=5)
    softplus_threshold: float = Field(20.0, ge=1, le=50)
    hardtanh_min: float = Field(-1.0, ge=-5, le=-0.1)
    hardtanh_max: float = Field(1.0, ge=0.1, le=5)
    hardshrink_lambda: float = Field(0.5, ge=0, le=3)
    softshrink_lambda: float = Field(0.5, ge=0, le=3)

    @model_validator(mode="after")
    def slopes_in_order(self) -> Parameters:
        if self.rrelu_lower > self.rrelu_upper:
            raise ValueError(
                f"rrelu_upper: it is {self.rrelu_upper:g}, below rrelu_lower, which is {self.rrelu_lower:g}"
            )
        return self


PARAMETERS: dict[Function, dict[str, str]] = {
    "leaky_relu": {"negative_slope": "leaky_slope"},
    "prelu": {"init": "prelu_slope"},
    "rrelu": {"lower": "rrelu_lower", "upper": "rrelu_upper"},
    "threshold": {"threshold": "threshold_at", "value": "threshold_value"},
    "elu": {"alpha": "elu_alpha"},
    "celu": {"alpha": "celu_alpha"},
    "softplus": {"beta": "softplus_beta", "threshold": "softplus_threshold"},
    "hardtanh": {"min_val": "hardtanh_min", "max_val": "hardtanh_max"},
    "hardshrink": {"lambd": "hardshrink_lambda"},
    "softshrink": {"lambd": "softshrink_lambda"},
}
"""For each function that has any: torch's name of a parameter → the field that holds it."""


def settings(name: Function, parameters: Parameters) -> dict[str, float]:
    """Return what torch is told when it makes this function, by torch's own names."""
    return {theirs: getattr(parameters, ours) for theirs, ours in PARAMETERS.get(name, {}).items()}


LEARNT = RunSpec(
    data=Plane(data="circle", points=500, noise=0.1),
    network=Mlp(hidden=(4, 2), activation="tanh"),
    epochs=2000,
    knobs=Knobs(optimizer="adam", learning_rate=0.01, batch_size=10),
)
"""The network that is looked into where no link names another: the one with which the playground opens."""


class View(Choice):
    """The state of the page."""

    section: Section = "function"
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of the preset
    # ------------------------------------------------------------------------------- the function
    functions: tuple[Function, ...] = Field(("relu", "gelu", "tanh"), min_length=1, max_length=MOST)
    parameters: Parameters = Parameters()
    formula: str = Field(FORMULA, max_length=LONGEST)  # of the function "own"
    probe: float = Field(1.0, ge=-FARTHEST, le=FARTHEST)  # the x that is read out
    reach: float = Field(5.0, ge=1, le=FARTHEST)  # x goes from -reach to reach
    flat_below: float = Field(0.05, ge=0.001, le=0.5)  # slopes smaller than this count as flat
    # ------------------------------------------------------------------------------------ softmax
    logits: tuple[Annotated[float, Field(ge=-LARGEST_LOGIT, le=LARGEST_LOGIT)], ...] = Field(
        (2.0, 1.0, 0.0, -1.0), min_length=FEWEST_LOGITS, max_length=MOST_LOGITS
    )
    temperature: float = Field(1.0, ge=0.01, le=100)
    added: float = Field(0.0, ge=-100, le=100)  # the same number added to every logit
    # ----------------------------------------------------------------------------------- in depth
    depth: Depth = Depth()
    # ------------------------------------------------------------------------------- your network
    run: RunSpec = LEARNT
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest

    @model_validator(mode="after")
    def functions_once(self) -> View:
        if len(set(self.functions)) < len(self.functions):
            raise ValueError(f"functions: each can be there once, got {', '.join(self.functions)}")
        return self

    @model_validator(mode="after")
    def points_only(self) -> View:
        if not self.run.on_plane:
            raise ValueError("data: this page looks into networks that learn points; choose circle, spiral or points")
        if not isinstance(self.run.network, Mlp):
            raise ValueError("network: this page looks into dense layers; choose mlp")
        return self

    @property
    def read_at(self) -> float:
        """The x at which the probe reads: of those at which the curves are drawn, the nearest."""
        half = POINTS // 2
        return max(-half, min(half, round(self.probe / self.reach * half))) * self.reach / half


DEFAULT = View()
