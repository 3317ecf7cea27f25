"""What the playground shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, Knobs, Mlp, Plane, RunSpec

Closer = Literal["checkup", "valley", "histograms"]
Part = Literal[
    "data", "inputs", "layers", "weights", "shown", "discrete", "knobs", "more", "points", "network", "tries", Closer
]
Directions = Literal["path", "chance"]
Preset = Literal["none", "straight", "squares", "zeros", "rate", "overfit"]

CIRCLE = RunSpec(
    data=Plane(data="circle", points=500, noise=0.1),
    network=Mlp(hidden=(4, 2), activation="tanh"),
    epochs=2000,
    knobs=Knobs(optimizer="adam", learning_rate=0.01, batch_size=10),
)
"""The network that is on screen when the page opens: small enough to be seen whole, learnt within seconds."""

FIRST = (CIRCLE,)  # computed before anybody asks


class View(Choice):
    """The state of the page."""

    run: RunSpec = CIRCLE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Annotated[str, Field(max_length=12_000)] = ""  # runs kept for comparison
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    shown: bool = True  # whether validation points are on the map
    discrete: bool = False  # whether the map shows only which side of the boundary a point is on
    difference: bool = False  # whether kept runs show how far their maps are from that of the run on the stage
    closer: Closer = "checkup"  # what is open below the stage, to look closer at the run
    directions: Directions = "path"  # over which the loss around the weights is shown
    hide: tuple[Part, ...] = ()  # parts of the page that a teacher's link leaves out

    @model_validator(mode="after")
    def points_only(self) -> View:
        if not self.run.on_plane:
            raise ValueError("data: this page learns points on a plane; choose circle, spiral or points")
        if not isinstance(self.run.network, Mlp):
            raise ValueError("network: this page shows dense layers; choose mlp")
        return self


DEFAULT = View()
