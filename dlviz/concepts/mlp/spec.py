"""What the page about multilayer perceptrons shows, as one value. The link to the page is this value and nothing else.

It has three parts, told apart by what the run on the stage learns: a function of one number, pictures of digits, or a
table.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from dlviz.spec import Activation, Choice, Curve, Digits, Knobs, Mlp, Mnist5k, OnLine, RunSpec, Table

Part = Literal["function", "digits", "table"]
PARTS: tuple[Part, ...] = get_args(Part)
Closer = Literal["inside", "mistakes", "map", "stopping", "own", "sizes", "seeds"]
Text = Annotated[str, Field(max_length=12_000)]

WAVE = RunSpec(
    data=Curve(data="wave", points=80, noise=0.05),
    network=Mlp(hidden=(8,), activation="tanh", initializer="torch"),
    epochs=1000,
    knobs=Knobs(learning_rate=0.01, batch_size=16),
)
"""One and a half waves, and eight units that are to add up to them."""

DIGITS = RunSpec(
    data=Mnist5k(),
    network=Mlp(hidden=(64,), initializer="torch"),
    epochs=12,
    knobs=Knobs(learning_rate=0.003),
)
"""5,000 handwritten digits. Its first weights are small, so that what it learns is soon seen in them."""

CARS = RunSpec(
    data=Table(data="auto-mpg", validation_share=0.1),
    network=Mlp(hidden=(32,), activation="tanh"),
    epochs=150,
    knobs=Knobs(learning_rate=0.003, batch_size=16),
)
"""How far a car goes on a gallon, from seven things known of it."""

RUNS: dict[Part, RunSpec] = {"function": WAVE, "digits": DIGITS, "table": CARS}
FIRST = (WAVE, DIGITS, CARS)  # computed before anybody asks
TABLES = ("auto-mpg", "diabetes")  # those that are about a number
CLOSER: dict[Part, tuple[Closer, ...]] = {
    "function": ("sizes", "stopping", "seeds"),
    "digits": ("inside", "mistakes", "map", "sizes", "stopping", "seeds"),
    "table": ("stopping", "own", "seeds", "sizes"),
}
Preset = Literal["none", "hinges", "one", "blank", "few", "drop", "two", "early", "raw", "sugar"]
PRESETS: dict[Part, tuple[Preset, ...]] = {
    "function": ("one", "hinges", "blank"),
    "digits": ("few", "drop", "two"),
    "table": ("early", "raw", "sugar"),
}


def part_of(run: RunSpec) -> Part:
    """Return the part of the page that shows such a run."""
    if isinstance(run.data, OnLine):
        return "function"
    return "digits" if isinstance(run.data, Digits) else "table"


class View(Choice):
    """The state of the page."""

    run: RunSpec = WAVE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Text = ""  # runs kept for comparison
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)  # what the viewer said would come of the preset
    count: int | None = Field(None, ge=0, le=512)  # units added up, largest first; None shows each by itself
    closer: Closer | None = None  # what is open below the stage; None: what comes first there
    number: int = Field(0, ge=0, le=20_000)  # the digit that is looked at from inside
    layer: int = Field(1, ge=1, le=6)  # the hidden layer whose map is shown
    typed: Annotated[str, Field(max_length=200)] = ""  # a row typed in, numbers with commas; empty: one there is

    @model_validator(mode="after")
    def layers_can_be_shown(self) -> View:
        data, network = self.run.data, self.run.network
        if not isinstance(network, Mlp):
            raise ValueError("network: this page shows dense layers; choose mlp")
        if not isinstance(data, OnLine | Digits) and data.data not in TABLES:
            raise ValueError(f"data: this page learns a curve, digits or a table; choose wave, mnist-5k, {TABLES[0]}")
        if network.has_own:
            raise ValueError(f"activation: this page knows {', '.join(get_args(Activation))}")
        return self

    @model_validator(mode="after")
    def preset_is_here(self) -> View:
        if self.preset not in ("none", *PRESETS[self.part]):
            raise ValueError(f"preset: with these data there are {', '.join(PRESETS[self.part])}")
        return self

    @property
    def part(self) -> Part:
        """Which part of the page is on show."""
        return part_of(self.run)

    @property
    def opened(self) -> Closer:
        """What is open below the stage."""
        return self.closer if self.closer in CLOSER[self.part] else CLOSER[self.part][0]


DEFAULT = View()
