"""What the page about linear regression shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, Curve, Knobs, Linear, OnLine, RunSpec, Table

SETS = ("trend", "bend", "wave", "steps", "pairs", "auto-mpg", "diabetes")
Closer = Literal["scaling", "degree", "penalty", "outliers", "own", "seeds"]
Penalty = Literal["l1", "l2"]
Preset = Literal["none", "far", "huber", "pounds", "degree", "lasso"]

LINE = RunSpec(
    data=Curve(data="trend", points=40, noise=0.15),
    network=Linear(),
    epochs=100,
    knobs=Knobs(optimizer="sgd", learning_rate=0.1, batch_size=64),
)
"""The run that is on screen when the page opens: 28 points, all of them in every update, so that its way is smooth."""

CARS = LINE.model_copy(update={"data": Table(data="auto-mpg"), "epochs": 200})
"""All seven columns of the cars."""

FIRST = (LINE, CARS)  # computed before anybody asks


class View(Choice):
    """The state of the page."""

    run: RunSpec = LINE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Annotated[str, Field(max_length=12_000)] = ""  # runs kept for comparison
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    closer: Closer = "scaling"  # what is open below the stage
    path: Penalty = "l1"  # which penalty's path is shown
    typed: Annotated[str, Field(max_length=200)] = ""  # a row typed in, numbers with commas; empty: one there is
    many: int = Field(10, ge=2, le=30)  # seeds from which the setting is learnt anew

    @model_validator(mode="after")
    def numbers_only(self) -> View:
        data = self.run.data
        if not isinstance(data, OnLine | Table) or data.about != "number":
            raise ValueError(f"data: this page predicts a number; choose one of {', '.join(SETS)}")
        if not isinstance(self.run.network, Linear):
            raise ValueError("network: this page shows linear models; choose linear")
        return self


DEFAULT = View()
