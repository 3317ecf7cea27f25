"""What the page on logistic regression shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, Knobs, Linear, Plane, Points, RunSpec, Table

SETS = ("gauss", "moons", "circle", "xor", "clouds", "arms", "points", "breast-cancer", "wine")
"""The data that can be chosen on the page, in the order in which it stands there."""

MOST_CLASSES, MOST_DEGREE = 3, 3
Part = Literal["train", "validation", "test"]
Preset = Literal["none", "cancer", "xor", "separable", "rare", "squares"]

SGD = Knobs(optimizer="sgd", learning_rate=0.1, batch_size=20)
CLOUDS = RunSpec(data=Plane(data="gauss", points=300, noise=0.5), network=Linear(), device="cpu", epochs=60, knobs=SGD)
"""The run that is on screen when the page opens: two clouds that overlap."""

CANCER = RunSpec(
    data=Table(data="breast-cancer"),
    network=Linear(),
    device="cpu",
    epochs=60,
    knobs=SGD.model_copy(update={"l2": 0.01}),
)
FIRST = (CLOUDS, CANCER)  # computed before anybody asks


def usual(name: str) -> RunSpec:
    """Return the run with which a data set, one of SETS, is put on the stage."""
    if name == "points":
        return CLOUDS.model_copy(update={"data": Points(validation_share=0.0)})
    if name == "breast-cancer":
        return CANCER
    if name == "wine":
        return CANCER.model_copy(update={"data": Table(data="wine")})
    noise = {"gauss": 0.5, "xor": 0.05, "circle": 0.1}.get(name, 0.1)
    return CLOUDS.model_copy(update={"data": Plane(data=name, points=300, noise=noise)})


class View(Choice):
    """The state of the page.

    `threshold`: the probability above which the answer is class 1, or of three classes the one `against` the rest;
    `part`: the rows on which it is judged.
    """

    run: RunSpec = CLOUDS
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Annotated[str, Field(max_length=12_000)] = ""  # runs kept for comparison
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    threshold: float = Field(0.5, ge=0.01, le=0.99)
    part: Part = "validation"
    against: int = Field(0, ge=0, le=MOST_CLASSES - 1)
    closer: Literal["growth", "reference", "seeds"] = "growth"  # what is open below, to look closer at the run

    @model_validator(mode="after")
    def classes_only(self) -> View:
        if self.run.data.data not in SETS:
            raise ValueError(f"data: this page tells classes apart; choose one of {', '.join(SETS)}")
        if not isinstance(self.run.network, Linear):
            raise ValueError("network: this page has one sum for each answer; choose linear")
        if self.run.data.about != "class" or self.run.data.outputs > MOST_CLASSES:
            raise ValueError(f"rows: this page tells two or {MOST_CLASSES} classes apart")
        if self.run.network.degree > (MOST_DEGREE if self.run.on_plane else 1):
            raise ValueError(f"degree: from 1 to {MOST_DEGREE} on the plane, and 1 for tables")
        return self


DEFAULT = View()
