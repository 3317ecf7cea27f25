"""A spec is a question: which data, which network, which seed, trained how.

It is one frozen value, checked once when it is made. The same spec gives the same bits, so a
link, a replay, a fork, a shared run and an exported script are all nothing but a spec. What
resets the network (data, network, seed) stands beside what does not (`knobs`), and `edits` says
which knobs were turned at which step while the run was going.

Limits and defaults stand here and nowhere else: widgets, links and the command line read them.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Activation = Literal["relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "identity"]
Pooling = Literal["max", "average", "none"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"]
Device = Literal["best", "cpu", "cuda"]


class Choice(BaseModel):
    """A frozen, hashable group of fields that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


# ---------------------------------------------------------------------------------------- data


class Mnist5k(Choice):
    """5,000 real handwritten digits (500 a class) that come with the program."""

    data: Literal["mnist-5k"] = "mnist-5k"
    validation_share: float = Field(0.1, ge=0.02, le=0.4)
    test_share: float = Field(0.1, ge=0.02, le=0.4)
    train_share: float = Field(1.0, ge=0.01, le=1)  # of what the other two leave


class MnistFull(Choice):
    """All 60,000 training digits and the 10,000 test digits, from a folder or a download."""

    data: Literal["mnist-full"] = "mnist-full"
    validation_share: float = Field(0.0, ge=0, le=0.4)
    train_share: float = Field(1.0, ge=0.01, le=1)  # of what validation leaves


class Plane(Choice):
    """Points of two classes on a plane, drawn by a rule from the seed."""

    data: Literal["circle", "xor", "gauss", "spiral", "moons"] = "circle"
    points: int = Field(500, ge=50, le=2000)
    noise: float = Field(0.1, ge=0, le=0.5)
    validation_share: float = Field(0.5, ge=0.1, le=0.9)


Data = Annotated[Mnist5k | MnistFull | Plane, Field(discriminator="data")]

# ------------------------------------------------------------------------------------- network


class ConvBlock(Choice):
    """One convolution, then its activation, then its pooling."""

    channels: int = Field(32, ge=1, le=128)
    kernel: int = Field(3, ge=1, le=9)
    stride: int = Field(1, ge=1, le=3)
    padding: int = Field(0, ge=0, le=4)
    pooling: Pooling = "max"
    pool_size: int = Field(2, ge=2, le=4)
    batch_norm: bool = False

    def side(self, side: int) -> int:
        """Return how many cells a side a map of `side` cells has after this block (0 or less: none)."""
        side = (side + 2 * self.padding - self.kernel) // self.stride + 1
        return side if self.pooling == "none" else side // self.pool_size


class ConvNet(Choice):
    """Convolution blocks, then dense layers, then one score per class."""

    network: Literal["cnn"] = "cnn"
    blocks: tuple[ConvBlock, ...] = Field((ConvBlock(),), min_length=1, max_length=4)
    dense: tuple[Annotated[int, Field(ge=1, le=512)], ...] = Field((64,), max_length=3)
    activation: Activation = "relu"

    @model_validator(mode="after")
    def maps_stay_visible(self) -> ConvNet:
        side = 28
        for number, block in enumerate(self.blocks, 1):
            side = block.side(side)
            if side < 1:
                raise ValueError(f"blocks: block {number} shrinks its maps to nothing (28 cells a side at the start)")
        return self


class Mlp(Choice):
    """Dense layers only: every unit sees every input."""

    network: Literal["mlp"] = "mlp"
    hidden: tuple[Annotated[int, Field(ge=1, le=512)], ...] = Field((64,), max_length=6)
    activation: Activation = "relu"


Network = Annotated[ConvNet | Mlp, Field(discriminator="network")]

# --------------------------------------------------------------------------------------- knobs


AUGMENTATION = ("rotate", "shift", "scale", "shear", "thickness", "serifs")
"""The knobs that change pictures before the network sees them."""


class Knobs(Choice):
    """What may be turned while the network learns; nothing here resets its weights."""

    optimizer: Optimizer = "adam"
    learning_rate: float = Field(1e-3, ge=1e-6, le=10)
    momentum: float = Field(0.9, ge=0, le=0.999)  # momentum and nesterov use it
    weight_decay: float = Field(0.0, ge=0, le=1)
    batch_size: int = Field(64, ge=1, le=1024)
    dropout: float = Field(0.0, ge=0, le=0.9)  # share of units silenced before each dense layer
    rotate: float = Field(0.0, ge=0, le=45)  # augmentation: at most so many degrees either way
    shift: float = Field(0.0, ge=0, le=6)  # at most so many pixels in each direction
    scale: float = Field(0.0, ge=0, le=0.5)  # at most this share smaller or larger
    shear: float = Field(0.0, ge=0, le=0.6)  # at most this slant, as a tangent
    thickness: float = Field(0.0, ge=0, le=1)  # how often strokes are made thinner or thicker
    serifs: float = Field(0.0, ge=0, le=1)  # how often a 1 gets a foot, and how often an upstroke

    @property
    def augments(self) -> bool:
        """Whether pictures are changed before the network sees them."""
        return any(getattr(self, name) for name in AUGMENTATION)


MOST_EDITS = 64  # turns of the knobs in one run: what a link can hold


class Edit(Choice):
    """From `step` on, the run goes on with these `knobs`."""

    step: int = Field(ge=0, le=10_000_000)
    knobs: Knobs


# ----------------------------------------------------------------------------------------- run


class RunSpec(Choice):
    """One training run, from its seed to its last epoch."""

    data: Data = Mnist5k()
    network: Network = ConvNet()
    seed: int = Field(0, ge=0, le=2**31 - 1)
    device: Device = "best"
    threads: int = Field(1, ge=1, le=64)  # rounding depends on it, so it is part of the question
    epochs: int = Field(5, ge=1, le=1000)
    knobs: Knobs = Knobs()
    edits: tuple[Edit, ...] = Field((), max_length=MOST_EDITS)

    @model_validator(mode="after")
    def edits_in_order(self) -> RunSpec:
        steps = [edit.step for edit in self.edits]
        if sorted(set(steps)) != steps:
            raise ValueError(f"edits: steps must rise, got {steps}")
        return self

    @property
    def digest(self) -> str:
        """24 hexadecimal digits that are the same for equal specs and, in practice, only for those."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:24]

    @property
    def pools_at_once(self) -> bool:
        """Whether the first convolution and its pooling learn as one step, which rounds a little differently.

        It is faster where it fits, but not as plain to read, so only runs on all digits do it.
        """
        if not isinstance(self.data, MnistFull) or not isinstance(self.network, ConvNet):
            return False
        first = self.network.blocks[0]
        fits = (first.pooling, first.pool_size, first.batch_norm) == ("max", 2, False)
        return fits and self.network.activation == "relu"

    def knobs_at(self, step: int) -> Knobs:
        """Return the knobs in force for the update that follows `step` updates."""
        return next((edit.knobs for edit in reversed(self.edits) if edit.step <= step), self.knobs)

    def prefix(self, step: int) -> RunSpec:
        """Return the spec that decides the bits of the first `step` updates, and nothing else.

        Runs with equal prefixes share every state up to that step, however long they go on and
        whatever is turned later. An edit at `step` itself first acts on the update after it.
        """
        edits = tuple(edit for edit in self.edits if edit.step < step)
        return self.model_copy(update={"edits": edits, "epochs": RunSpec.model_fields["epochs"].default})

    def fork(self, step: int, **turned: object) -> RunSpec:
        """Return the run that is this one up to `step` and then goes on with the knobs turned.

        Edits made after `step` belong to the future that the fork leaves. With no knob turned,
        the fork keeps the knobs in force at `step`.
        Raises: ValueError where a knob is unknown or out of its range, or was turned too often already.
        """
        now = self.knobs_at(step)
        knobs = Knobs.model_validate({**now.model_dump(), **turned})
        kept = tuple(edit for edit in self.edits if edit.step < step)
        before = kept[-1].knobs if kept else self.knobs
        if step == 0:
            return self.model_copy(update={"knobs": knobs, "edits": ()})
        edits = kept if knobs == before else (*kept, Edit(step=step, knobs=knobs))
        if len(edits) > MOST_EDITS:
            raise ValueError(f"edits: the knobs of a run can be turned {MOST_EDITS} times, not more")
        return self.model_copy(update={"edits": edits})
