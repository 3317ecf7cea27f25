"""What the page of the forward pass shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from dlviz.spec import Choice, Knobs, Mlp, Plane, RunSpec

Source = Literal["flower", "digit", "loan", "yours"]
Bend = Literal["relu", "tanh", "sigmoid"]
Head = Literal["softmax", "sigmoid", "identity"]
Loss = Literal["mse", "mae", "huber", "bce", "cross_entropy", "smoothing", "focal", "hinge"]
LOSSES: tuple[Loss, ...] = ("mse", "mae", "huber", "bce", "cross_entropy", "smoothing", "focal", "hinge")
OF_NUMBERS: tuple[Loss, ...] = ("mse", "mae", "huber")  # those that know nothing of classes
Closer = Literal["losses", "softmax", "overflow", "rare", "quiz"]
Preset = Literal["none", "untrained", "dead", "punished", "raised", "base_rate"]

USUAL_RUN = RunSpec(
    data=Plane(data="circle", points=500, noise=0.1),
    network=Mlp(hidden=(4, 2), activation="tanh"),
    epochs=2000,
    knobs=Knobs(optimizer="adam", learning_rate=0.01, batch_size=10),
)
"""What a link says nothing of in a run: as in the playground, so that its links mean the same here."""
USUAL_STEP = 1000  # of a run of which no step is asked for

BATCH = 3  # examples that go through the matrices together


class Shape(NamedTuple):
    """The shape of a network that is trained for this page: units from input to output, and what follows the scores."""

    sizes: tuple[int, ...]
    head: Head


SHAPES: dict[str, Shape] = {
    "flower": Shape((4, 3, 3), "softmax"),
    "digit": Shape((49, 6, 10), "softmax"),
    "loan": Shape((4, 3, 1), "sigmoid"),
}

# ------------------------------------------------------------------------ numbers that somebody changed

REACH = 1000.0  # how far from zero a number can be set
MOST_CHANGES = 40
CHANGE = re.compile(r"(x[0-9]{1,3}|w[0-9]\.[0-9]{1,3}\.[0-9]{1,3}|b[0-9]\.[0-9]{1,3})=(-?[0-9]{1,4}(?:\.[0-9]{1,4})?)")


def read_changes(text: str) -> dict[str, float]:
    """Return the changed numbers by their names, all counted from 1: x2 (input), w1.2.3 (layer, unit, input), b1.2.

    Raises: ValueError where the text is none of `changes_text`'s.
    """
    found = [CHANGE.fullmatch(part) for part in text.split(",")] if text else []
    if not all(found):
        raise ValueError(f"changed: {text[:30]!r} cannot be read; write for example x2=1.5,w1.2.3=-3,b1.2=0")
    return {one[1]: float(one[2]) for one in found}


def changes_text(changes: Mapping[str, float]) -> str:
    """Return the changed numbers as text such as x2=1.5,b1.2=0; a value keeps four decimals."""
    return ",".join(f"{name}={f'{value:.4f}'.rstrip('0').rstrip('.')}" for name, value in changes.items())


def place_of(name: str) -> tuple[int, ...]:
    """Return the places in a change's name counted from 0: (input,), (layer, unit, input) or (layer, unit)."""
    return tuple(int(part) - 1 for part in name[1:].split("."))


def _exists(name: str, sizes: tuple[int, ...]) -> bool:
    """Return whether a network of these sizes has a number of that name."""
    layer, *places = (0, *place_of(name)) if name[0] == "x" else place_of(name)
    if name[0] != "x" and not 0 <= layer < len(sizes) - 1:
        return False
    most = (sizes[0],) if name[0] == "x" else (sizes[layer + 1], sizes[layer])
    return all(0 <= place < count for place, count in zip(places, most, strict=False))


# --------------------------------------------------------------------------------------- the page


class Subject(Choice):
    """What is taken apart: a network and the example that goes through it."""

    source: Source = "flower"
    trained: bool = True  # whether a preset network has learnt
    bend: Bend = "relu"  # the activation of a preset network
    example: int = Field(5, ge=0, le=999)  # of those that the network never learnt from
    run: RunSpec = USUAL_RUN
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step of the run

    @model_validator(mode="after")
    def points_only(self) -> Subject:
        if not self.run.on_plane or not isinstance(self.run.network, Mlp):
            raise ValueError("data: here a run of the playground is taken apart; choose circle, spiral or points")
        return self

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many numbers go in, come out of each layer, and come out at the end."""
        if self.source != "yours":
            return SHAPES[self.source].sizes
        return (len(self.run.data.inputs), *self.run.network.hidden, self.run.data.outputs)

    @property
    def head(self) -> Head:
        """What becomes of the scores: probabilities of several classes, or of one; or the answer itself."""
        if self.source != "yours":
            return SHAPES[self.source].head
        return "softmax" if self.run.data.about == "class" else "identity"

    @property
    def step(self) -> int:
        """The step of the run that is asked for."""
        return USUAL_STEP if self.at is None else self.at


class Judging(Choice):
    """How losses are set: their own parameters, and what those of numbers are given."""

    delta: float = Field(1.0, ge=0.1, le=3)  # huber: from which error on it grows only in a straight line
    smoothing: float = Field(0.1, ge=0, le=0.5)  # label smoothing: the share of the target given to all classes
    gamma: float = Field(2.0, ge=0, le=5)  # focal: how much less an easy example counts
    fed: Literal["scores", "probabilities"] = "probabilities"  # what mse, mae and huber compare with the target


Logit = Annotated[float, Field(ge=-20, le=20)]


class View(Choice):
    """The state of the page."""

    subject: Subject = Subject()
    changed: str = Field("", max_length=1200)  # numbers set by hand, as changes_text writes them
    walk: int = Field(0, ge=0, le=20_000)  # how far the walk through the network has come
    drawn: Literal["network", "matrices"] = "network"
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of the preset
    closer: Closer = "losses"
    losses: tuple[Loss, ...] = Field(("cross_entropy", "mse"), min_length=1, max_length=8)  # the first is in focus
    judging: Judging = Judging()
    logits: tuple[Logit, ...] = Field((2.0, 1.0, -1.0), min_length=3, max_length=3)
    raised: float = Field(90.0, ge=-150, le=150)  # added to all three
    rare: float = Field(0.1, ge=0.01, le=0.5)  # share of the rare class
    rare_weight: float = Field(1.0, ge=1, le=50)  # how much more each of it counts
    quiz: int = Field(0, ge=0, le=9999)  # number of the question
    answer: int | None = Field(None, ge=0, le=3)

    @model_validator(mode="after")
    def changes_exist(self) -> View:
        changes = read_changes(self.changed)
        if len(changes) > MOST_CHANGES:
            raise ValueError(f"changed: {len(changes)} numbers; {MOST_CHANGES} are the most")
        for name, value in changes.items():
            if not _exists(name, self.subject.sizes) or abs(value) > REACH:
                raise ValueError(f"changed: {name}={value:g} cannot be in a network of {self.subject.sizes}")
        return self

    @model_validator(mode="after")
    def losses_once(self) -> View:
        if len(set(self.losses)) < len(self.losses):
            raise ValueError(f"losses: name each once, of {', '.join(LOSSES)}")
        return self


DEFAULT = View()
