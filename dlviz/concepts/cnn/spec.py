"""What the digit lab shows, as one value: the run on the stage, the moment, and what is looked at.

The link to the page is this value and nothing else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dlviz.spec import Choice, ConvBlock, ConvNet, Knobs, Mlp, RunSpec

Section = Literal["maps", "surgery", "why", "mistakes", "shift", "atlas", "teach"]
Text = Annotated[str, Field(max_length=4000)]

ARTICLE = RunSpec(network=ConvNet(blocks=(ConvBlock(),), dense=(64,)), epochs=5, knobs=Knobs())
"""The article's network, trained as the article trains it, on the digits that come with the program."""

AUGMENTED = RunSpec(
    epochs=12,
    knobs=Knobs(rotate=15, shift=2, scale=0.15, shear=0.2, thickness=0.5),
)
"""The same network, shown every digit a little turned, moved, slanted, thinner or thicker each time."""

DENSE = RunSpec(network=Mlp(hidden=(64,)), epochs=12)
"""Dense layers only, for comparison."""


class View(Choice):
    """The state of the page."""

    run: RunSpec = ARTICLE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: tuple[Text, ...] = Field((), max_length=6)  # runs kept for comparison, as text
    preset: Literal["none", "augment", "rate", "filters", "few", "batch"] = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    number: int = Field(0, ge=0, le=20_000)  # which validation digit is chosen where nothing is drawn
    drawing: Text = ""  # strokes in pixels: x,y,x,y;…
    crop: bool = True
    scaled: bool = True
    centre: bool = True
    smooth: bool = True
    section: Section = "maps"
    stage: str = Field("conv1", max_length=24)
    channel: int = Field(0, ge=0, le=511)
    row: int = Field(0, ge=0, le=63)
    column: int = Field(0, ge=0, le=63)
    muted: tuple[Annotated[int, Field(ge=0, le=127)], ...] = Field((), max_length=128)


DEFAULT = View()
