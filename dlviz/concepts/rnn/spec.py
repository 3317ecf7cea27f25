"""What the page about recurrent networks shows, as one value: the run on the stage, the moment, and what is read.

The link to the page is this value and nothing else. Each part of the page has data of its own, and a run to begin
with: what comes in small numbers is there because the scores of the validation examples chose it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlviz.spec import Choice, Knobs, Recall, Recurrent, RunSpec, Sunspots, Surnames, Writing

Part = Literal["names", "recall", "sunspots", "writing"]
PARTS: tuple[Part, ...] = ("names", "recall", "sunspots", "writing")
Preset = Literal[
    *("none", "few", "longer", "wild", "forget", "gated", "cut", "near", "far", "short", "raw"),
    *("versus", "cold", "guesses"),
]
PRESETS: dict[Part, tuple[Preset, ...]] = {
    "names": ("few", "longer", "wild"),
    "recall": ("forget", "gated", "cut"),
    "sunspots": ("near", "far", "short", "raw"),
    "writing": ("versus", "cold", "guesses"),
}
LONGEST_TYPED = 24
FIRST_TOLD = 1901  # the first year that no network has learnt from, with the usual shares

USUAL_KNOBS = Knobs(learning_rate=0.003, batch_size=32, gradient_clip=1.0)


def _falling(rate: float, epochs: int, **others: object) -> Knobs:
    """Return knobs with a rate that falls to a tenth: at a constant one, the last epochs differ much between seeds."""
    schedule = {"learning_rate": rate, "schedule": "cosine", "schedule_epochs": float(epochs)}
    return USUAL_KNOBS.model_copy(update={**schedule, **others})


NAMES = RunSpec(data=Surnames(), network=Recurrent(network="gru"), epochs=8, knobs=_falling(0.005, 8))
RECALL = RunSpec(
    data=Recall(delay=30), network=Recurrent(network="gru", embedding=8, state=32), epochs=15, knobs=USUAL_KNOBS
)
FORGETFUL = RECALL.model_copy(update={"network": Recurrent(network="rnn", embedding=8, state=32)})
SUNSPOTS = RunSpec(
    data=Sunspots(window=30, transform="root"),
    network=Recurrent(network="gru", state=32),
    epochs=40,
    knobs=_falling(0.01, 40, dropout=0.2),
)
WRITING = RunSpec(
    data=Writing(),
    network=Recurrent(network="gru", state=128, embedding=64),
    epochs=8,
    knobs=_falling(0.01, 8, batch_size=64, dropout=0.2),
)
RUNS: dict[Part, RunSpec] = {"names": NAMES, "recall": RECALL, "sunspots": SUNSPOTS, "writing": WRITING}
KINDS: dict[Part, type[Choice]] = {"names": Surnames, "recall": Recall, "sunspots": Sunspots, "writing": Writing}

FIRST = (NAMES, RECALL, FORGETFUL)  # computed before anybody asks


class View(Choice):
    """The state of the page."""

    part: Part = "names"
    run: RunSpec = NAMES
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    kept: Annotated[str, Field(max_length=4000)] = ""  # runs kept for comparison, see ui/kept_runs.py
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of the preset
    typed: Annotated[str, Field(max_length=LONGEST_TYPED)] = "kowalski"  # the name that is read
    sign: int = Field(0, ge=0, le=7)  # the sign that is to be remembered
    origin: int = Field(1964, ge=FIRST_TOLD, le=2000)  # the first year that is foretold without looking
    beginning: Annotated[str, Field(max_length=12)] = ""  # what a name that is written begins with
    temperature: float = Field(0.8, ge=0.1, le=2)
    top_k: int = Field(0, ge=0, le=30)  # 0: any letter may come next
    draw: int = Field(0, ge=0, le=999)  # which chance names are drawn by

    @model_validator(mode="before")
    @classmethod
    def part_of_the_data(cls, given: object) -> object:
        """Let the data say which part is on show, where nothing else does: links from the command line name none."""
        if not isinstance(given, dict) or given.get("part", "names") != "names":
            return given
        data = getattr(given.get("run"), "data", None)
        found = next((part for part in PARTS if isinstance(data, KINDS[part])), "names")
        return {**given, "part": found}

    @model_validator(mode="after")
    def data_of_the_part(self) -> View:
        if not isinstance(self.run.data, KINDS[self.part]):
            wanted = RUNS[self.part].data.data
            raise ValueError(f"data: the part {self.part} reads {wanted}, not {self.run.data.data}")
        if not isinstance(self.run.network, Recurrent):
            raise ValueError(f"network: {self.run.network.network} does not read step by step; take rnn, lstm or gru")
        return self

    @model_validator(mode="after")
    def preset_is_here(self) -> View:
        if self.preset not in ("none", *PRESETS[self.part]):
            raise ValueError(f"preset: the part {self.part} has {', '.join(PRESETS[self.part])}")
        return self


DEFAULT = View()
