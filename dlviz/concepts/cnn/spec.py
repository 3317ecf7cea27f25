"""What the digit lab shows, as one value: the run on the stage, the moment, and what is looked at.

The link to the page is this value and nothing else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, ConvBlock, ConvNet, Digits, Knobs, Mlp, RunSpec

Section = Literal["maps", "why", "mistakes", "shift", "atlas", "teach"]
Preset = Literal["none", "augment", "rate", "filters", "few", "batch"]
Method = Literal["pca", "tsne"]
DIGITS = tuple(map(str, range(10)))
Text = Annotated[str, Field(max_length=4000)]
PEN = r"[1-9]|[1-5]\d|60"
POINT = r"-?\d{1,4},-?\d{1,4}"
DRAWING = rf"^((?:{PEN}):{POINT}([,;]{POINT})*;?)?$"
LESSON = r"\d:[\w-]+"

STAGES = tuple(
    [f"{name}{i}" for i in range(1, 5) for name in ("conv", "norm", "activation", "pool", "dense")]
    + [f"activation{i}" for i in range(5, 8)]
    + ["scores"]
)

ARTICLE = RunSpec(network=ConvNet(blocks=(ConvBlock(),), dense=(64,)), epochs=5, knobs=Knobs())
"""The article's network, trained as the article trains it, on the digits that come with the program."""

AUGMENTED = RunSpec(
    network=ConvNet(blocks=(ConvBlock(channels=32), ConvBlock(channels=64, padding=1)), dense=(64,)),
    epochs=15,
    knobs=Knobs(learning_rate=0.002, rotate=15, shift=2, scale=0.25, shear=0.4, thickness=0.5, serifs=0.3),
)
"""The reader of drawings: two convolutions, shown every digit turned, moved, slanted, thinner or thicker each time.

Three ones in ten get a foot, and as many an upstroke: without that, one in five drawn ones was misread.
"""

DENSE = RunSpec(network=Mlp(hidden=(64,)), epochs=12)
"""Dense layers only, for comparison."""


FIRST = (AUGMENTED, ARTICLE, DENSE)  # computed before anybody asks, so that a drawing is read at once


class View(Choice):
    """The state of the page."""

    run: RunSpec = ARTICLE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Text = ""  # runs kept for comparison: name=value|name=value~name=value…
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    number: int = Field(0, ge=0, le=20_000)  # the validation digit on show where nothing is drawn
    drawing: Text = Field("", pattern=DRAWING)  # thickness:x,y,x,y;x,y,… in pixels
    crop: bool = True
    scaled: bool = True
    centre: bool = True
    smooth: bool = True
    section: Section = "maps"
    stage: Literal[STAGES] = "conv1"
    channel: int = Field(0, ge=0, le=511)
    row: int = Field(10, ge=0, le=63)
    column: int = Field(10, ge=0, le=63)
    operations: Text = ""  # filters muted (conv1.3) or edited (conv1.5=0.1 0.2 …), with semicolons between
    target: int | None = Field(None, ge=0, le=9)  # the digit whose score is explained; None: the one answered
    right: int = Field(0, ge=-10, le=10)  # pixels that the digit is moved,
    down: int = Field(0, ge=-10, le=10)  # and downwards
    method: Method = "pca"  # what places the digits on their map
    teach_steps: int = Field(20, ge=5, le=60, multiple_of=5)
    lessons: Text = Field("", pattern=rf"^({LESSON}(;{LESSON})*)?$")  # what was taught: digit:picture;digit:picture

    @model_validator(mode="after")
    def digits_only(self) -> View:
        if not isinstance(self.run.data, Digits):
            raise ValueError("data: this page reads digits; choose mnist-5k or mnist-full")
        if not isinstance(self.run.network, ConvNet | Mlp):
            raise ValueError("network: this page has cnn and mlp")
        return self


DEFAULT = View()
