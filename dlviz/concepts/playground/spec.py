"""What the playground shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from dlviz.spec import CIRCLE as CIRCLE
from dlviz.spec import Choice, Mlp, Plane, RunSpec

Closer = Literal["checkup", "histograms", "valley", "seeds", "optimizer"]
Part = Literal[
    "data", "inputs", "layers", "weights", "shown", "discrete", "knobs", "more", "points", "network", "tries", Closer
]
Directions = Literal["path", "weights", "chance"]
Preset = Literal["none", "straight", "squares", "zeros", "rate", "overfit"]

FIRST = (CIRCLE,)  # computed before anybody asks

# ------------------------------------------------------------------------------- a duel with the optimizer

REACH = 8.0  # how far from zero a weight can be moved by hand
MOVE = re.compile(r"w([0-9]{1,2})=(-?[0-9](?:\.[0-9]{1,2})?)")


class Level(NamedTuple):
    """What a duel is about: its points, the hidden tanh units between them and the one answer, and how many moves."""

    data: Plane
    hidden: tuple[int, ...]
    moves: int

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many numbers go in, come out of each layer, and come out at the end."""
        return (2, *self.hidden, 1)

    @property
    def weights(self) -> int:
        """How many numbers can be moved."""
        return Mlp(hidden=self.hidden).parameters(2, 1)


LEVELS: dict[str, Level] = {
    "line": Level(Plane(data="gauss", points=200, noise=0.3), (), 10),
    "moons": Level(Plane(data="moons", points=200, noise=0.05), (2,), 20),
    "ring": Level(Plane(data="circle", points=200, noise=0.05), (3,), 20),
}


class Duel(Choice):
    """A duel with the optimizer: who gets to the lower loss from the same start in as many moves."""

    duel_level: Literal["line", "moons", "ring"] = "line"
    duel_seed: int = Field(3, ge=0, le=2**31 - 1)  # of the points and of the weights that both begin with
    duel_rate: float = Field(1.0, ge=0.001, le=10)  # the optimizer's learning rate
    duel_moves: str = Field("", max_length=240)  # by hand, as moves_text writes them
    duel_looks: int = Field(0, ge=0, le=1_000_000)  # how many settings were tried on the way
    duel_hints: int = Field(0, ge=0, le=1000)  # how often the slope was looked at

    @model_validator(mode="after")
    def moves_can_be_made(self) -> Duel:
        moves, level = read_moves(self.duel_moves), self.level
        if len(moves) > level.moves:
            raise ValueError(f"duel_moves: {len(moves)} of them; there are {level.moves} in this duel")
        for place, value in moves:
            if place >= level.weights or abs(value) > REACH:
                allowed = f"w0 to w{level.weights - 1}, each from {-REACH:g} to {REACH:g}"
                raise ValueError(f"duel_moves: w{place}={value:g} cannot be; there are {allowed}")
        return self

    @property
    def level(self) -> Level:
        """What the duel is about."""
        return LEVELS[self.duel_level]

    @property
    def moves(self) -> tuple[tuple[int, float], ...]:
        """The moves made by hand, each (place of the weight, its new value)."""
        return read_moves(self.duel_moves)


def read_moves(text: str) -> tuple[tuple[int, float], ...]:
    """Return the moves (place, value) that the text says. Raises: ValueError where it is none of `moves_text`'s."""
    found = [MOVE.fullmatch(part) for part in text.split(",")] if text else []
    if not all(found):
        raise ValueError(f"duel_moves: {text[:20]!r} cannot be read; write for example w0=1.25,w2=-3")
    return tuple((int(one[1]), float(one[2])) for one in found)


def moves_text(moves: Iterable[tuple[int, float]]) -> str:
    """Return the moves (place, value) as text such as w0=1.25,w2=-3; a value keeps two decimals."""
    return ",".join(f"w{place}={round(value, 2) + 0.0:g}" for place, value in moves)


# --------------------------------------------------------------------------------------------- the page


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
    weight_across: int | None = Field(None, ge=0, le=2_000_000)  # places of the two weights of that landscape; None
    weight_up: int | None = Field(None, ge=0, le=2_000_000)  # takes those that the run moved most
    many: int = Field(20, ge=2, le=50)  # seeds from which the setting begins side by side
    many_epochs: int = Field(100, ge=1, le=500)  # and how long each learns
    solved_from: float = Field(0.95, ge=0.5, le=1)  # accuracy or R² from which a seed has solved its task
    duel: Duel = Duel()
    hide: tuple[Part, ...] = ()  # parts of the page that a teacher's link leaves out

    @model_validator(mode="after")
    def points_only(self) -> View:
        if not self.run.on_plane:
            raise ValueError("data: this page learns points on a plane; choose circle, spiral or points")
        if not isinstance(self.run.network, Mlp):
            raise ValueError("network: this page shows dense layers; choose mlp")
        return self


DEFAULT = View()
