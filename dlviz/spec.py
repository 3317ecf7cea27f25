"""A spec is a question: which data, which network, which seed, trained how.

It is one frozen value, checked once when it is made. The same spec gives the same bits, so a
link, a replay, a fork, a shared run and an exported script are all nothing but a spec. What
resets the network (data, network, seed) stands beside what does not (`knobs`), and `edits` says
which knobs were turned at which step while the run was going.

Limits and defaults stand here and nowhere else: widgets, links and the command line read them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from dlviz.choice import Choice as Choice
from dlviz.formula import FormulaError, names_in, read_formula
from dlviz.rows import MOST_ROWS, WIDTH, Label, count_classes, count_rows
from dlviz.sets import COLUMNS as COLUMNS
from dlviz.sets import Curve as Curve
from dlviz.sets import OnLine as OnLine
from dlviz.sets import Pairs as Pairs
from dlviz.sets import Recall as Recall
from dlviz.sets import Sequence as Sequence
from dlviz.sets import Sunspots as Sunspots
from dlviz.sets import Surnames as Surnames
from dlviz.sets import Table as Table
from dlviz.sets import Writing as Writing

Activation = Literal["relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "identity"]
DenseActivation = Literal[Activation, "own"]  # of dense networks: somebody's own formula as well
Pooling = Literal["max", "average", "none"]
Fault = Literal["squared", "huber", "absolute"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"]
Initializer = Literal["xavier", "he", "lecun", "orthogonal", "torch", "normal", "zeros"]
Schedule = Literal["constant", "step", "exponential", "cosine", "restarts", "one_cycle"]
Device = Literal["best", "cpu", "cuda"]
Input = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
INPUTS: tuple[Input, ...] = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")


# ---------------------------------------------------------------------------------------- data


class Digits(Choice):
    """Pictures of handwritten digits, each of ten classes."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example."""
        return (1, 28, 28)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives for an example: a score for each class."""
        return 10

    @property
    def about(self) -> Label:
        """What is to be learnt of an example."""
        return "class"


class Mnist5k(Digits):
    """5,000 real handwritten digits (500 a class) that come with the program."""

    data: Literal["mnist-5k"] = "mnist-5k"
    validation_share: float = Field(0.1, ge=0.02, le=0.4)
    test_share: float = Field(0.1, ge=0.02, le=0.4)
    train_share: float = Field(1.0, ge=0.01, le=1)  # of what the other two leave


class MnistFull(Digits):
    """All 60,000 training digits and the 10,000 test digits, from a folder or a download."""

    data: Literal["mnist-full"] = "mnist-full"
    validation_share: float = Field(0.0, ge=0, le=0.4)
    train_share: float = Field(1.0, ge=0.01, le=1)  # of what validation leaves


FEWEST_ROWS = 2
EXAMPLE_ROWS = "QAtV0VWyq0NWar0YAVW0Srir0aroA0wASr1qqNW1yqlV1oAqq1tVdV1lVYA1"  # two clouds of six


class OnPlane(Choice):
    """Points on a plane, of which a network may see more than the two coordinates."""

    inputs: tuple[Input, ...] = Field(("x1", "x2"), min_length=1, max_length=len(INPUTS))

    @model_validator(mode="after")
    def inputs_in_order(self) -> OnPlane:
        if list(self.inputs) != [name for name in INPUTS if name in self.inputs]:
            raise ValueError(f"inputs: name each once and in this order: {', '.join(INPUTS)}")
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example."""
        return (2,)


PLANE_CLASSES = {"clouds": 3, "arms": 3, "checkerboard": 4}  # the others have two
PLANE_NUMBERS = ("slope", "hills")  # here the label is a number from -1 to 1


class Plane(OnPlane):
    """Points on a plane, drawn by a rule from the seed, each with a class or a number."""

    data: Literal["circle", "xor", "gauss", "spiral", "moons", "clouds", "arms", "checkerboard", "slope", "hills"] = (
        "circle"
    )
    points: int = Field(500, ge=50, le=2000)
    noise: float = Field(0.1, ge=0, le=0.5)
    validation_share: float = Field(0.5, ge=0.1, le=0.9)

    @property
    def about(self) -> Label:
        """What is to be learnt of a point: its class, or its number."""
        return "number" if self.data in PLANE_NUMBERS else "class"

    @property
    def outputs(self) -> int:
        """How many numbers a network gives for a point: a score for each class, or the number itself."""
        return 1 if self.about == "number" else PLANE_CLASSES.get(self.data, 2)


class Points(OnPlane):
    """The learner's own points, painted or from a file; `dlviz/rows.py` says how `rows` is written."""

    data: Literal["points"] = "points"
    label: Label = "class"
    rows: str = Field(EXAMPLE_ROWS, max_length=MOST_ROWS * WIDTH["number"])
    validation_share: float = Field(0.5, ge=0, le=0.9)

    @model_validator(mode="after")
    def rows_can_be_read(self) -> Points:
        if count_rows(self.rows, self.label) < FEWEST_ROWS:
            raise ValueError(f"rows: at least {FEWEST_ROWS} points are needed")
        return self

    @property
    def about(self) -> Label:
        """What is to be learnt of a point: its class, or its number."""
        return self.label

    @property
    def outputs(self) -> int:
        """How many numbers a network gives for a point: a score for each class, or the number itself."""
        return 1 if self.label == "number" else count_classes(self.rows)


Data = Annotated[
    Mnist5k | MnistFull | Plane | Points | Curve | Pairs | Table | Surnames | Writing | Sunspots | Recall,
    Field(discriminator="data"),
]

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


def one_line(text: str) -> str:
    """Return a typed activation on one line. Raises: FormulaError where it is no formula in x, or does without x."""
    if "x" not in names_in(read_formula(text)):
        raise FormulaError("without", variables=("x",))
    return " ".join(text.split())


class Mlp(Choice):
    """Dense layers only: every unit sees every input."""

    network: Literal["mlp"] = "mlp"
    hidden: tuple[Annotated[int, Field(ge=1, le=512)], ...] = Field((64,), max_length=6)
    activation: DenseActivation = "relu"
    activations: tuple[DenseActivation, ...] = Field((), max_length=6)  # of the first layers; others: `activation`
    own: Annotated[str, AfterValidator(one_line)] = Field("x * sigmoid(x)", max_length=80)  # what "own" stands for
    initializer: Initializer = "xavier"
    batch_norm: bool = False  # between each hidden layer's sum and its activation

    @model_validator(mode="before")
    @classmethod
    def only_what_is_used(cls, values: object) -> object:
        """Where no layer has a formula, forget it: specs that mean the same are equal."""
        if not isinstance(values, dict) or "own" in (values.get("activation"), *(values.get("activations") or ())):
            return values
        return {name: value for name, value in values.items() if name != "own"}

    @model_serializer(mode="wrap")
    def without_unused(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave the formula out where no layer has it, so that older specs keep their digests."""
        return {name: value for name, value in write(self).items() if name != "own" or self.has_own}

    @model_validator(mode="after")
    def activations_have_layers(self) -> Mlp:
        if len(self.activations) > len(self.hidden):
            raise ValueError(f"activations: {len(self.activations)} of them for {len(self.hidden)} hidden layers")
        return self

    @property
    def has_own(self) -> bool:
        """Whether a layer's activation is somebody's own formula."""
        return "own" in (self.activation, *self.activations)

    def activation_of(self, layer: int) -> DenseActivation:
        """Return the activation of a hidden layer, the first being 0."""
        return self.activations[layer] if layer < len(self.activations) else self.activation

    def parameters(self, inputs: int, outputs: int) -> int:
        """Return how many numbers the network learns, with so many inputs and outputs."""
        dense = sum((before + 1) * after for before, after in pairwise((inputs, *self.hidden, outputs)))
        return dense + 2 * sum(self.hidden) * self.batch_norm


class Linear(Choice):
    """One sum of the inputs for each output, each times its weight: y = wᵀx + b, and no more.

    `degree`: up to which power each input goes in. Where two classes are to be told apart there is one sum, whose
    sigmoid is the probability of the second; where more are, a sum for each, of which the softmax is taken.
    """

    network: Literal["linear"] = "linear"
    degree: int = Field(1, ge=1, le=15)

    def parameters(self, inputs: int, outputs: int) -> int:
        """Return how many numbers are learnt, with so many inputs and outputs."""
        return (inputs * self.degree + 1) * outputs


class Recurrent(Choice):
    """A network that reads step by step and keeps a state of `state` numbers; what it reads has `embedding` numbers."""

    network: Literal["rnn", "lstm", "gru"] = "rnn"
    embedding: int = Field(32, ge=1, le=128)
    state: int = Field(64, ge=1, le=256)


Network = Annotated[ConvNet | Mlp | Linear | Recurrent, Field(discriminator="network")]

# --------------------------------------------------------------------------------------- knobs


AUGMENTATION = ("rotate", "shift", "scale", "shear", "thickness", "serifs")
"""The knobs that change pictures before the network sees them."""


LATER_KNOBS = ("fault", "huber_delta", "teacher_forcing", "truncate")


class Knobs(Choice):
    """What may be turned while the network learns; nothing here resets its weights."""

    optimizer: Optimizer = "adam"
    learning_rate: float = Field(1e-3, ge=1e-6, le=10)
    momentum: float = Field(0.9, ge=0, le=0.999)  # momentum and nesterov use it
    schedule: Schedule = "constant"  # how the learning rate changes with the epochs: see training/schedule.py
    schedule_epochs: float = Field(100.0, ge=1, le=10_000)  # of one stair, or of the whole way down
    schedule_factor: float = Field(0.1, ge=0, le=1)  # what one stair multiplies by; what cosine ends at
    warm_up_epochs: float = Field(0.0, ge=0, le=1000)  # before that, the rate rises from a hundredth
    weight_decay: float = Field(0.0, ge=0, le=1)  # as torch's optimizers have it: decoupled in adamw only
    l1: float = Field(0.0, ge=0, le=10)  # penalties of the loss, on weights but not on biases: l1 · Σ|w|
    l2: float = Field(0.0, ge=0, le=10)  # and l2 · ½ Σw²; their gradients go through the optimizer
    gradient_clip: float = Field(0.0, ge=0, le=100)  # longest gradient of an update; 0 lets any pass
    batch_size: int = Field(64, ge=1, le=1024)
    fault: Fault = "squared"  # how far a number is off, as the loss of lines, tables and years counts it
    huber_delta: float = Field(1.0, ge=0.01, le=10)  # where huber turns from a square into a straight line
    teacher_forcing: float = Field(
        1.0, ge=0, le=1
    )  # of whoever writes: how often it reads the true letter, not its own
    truncate: int = Field(0, ge=0, le=100)  # most steps a gradient goes back through a state; 0 sets no end
    dropout: float = Field(0.0, ge=0, le=0.9)  # share of units silenced before each dense layer
    rotate: float = Field(0.0, ge=0, le=45)  # augmentation: at most so many degrees either way
    shift: float = Field(0.0, ge=0, le=6)  # at most so many pixels in each direction
    scale: float = Field(0.0, ge=0, le=0.5)  # at most this share smaller or larger
    shear: float = Field(0.0, ge=0, le=0.6)  # at most this slant, as a tangent
    thickness: float = Field(0.0, ge=0, le=1)  # how often strokes are made thinner or thicker
    serifs: float = Field(0.0, ge=0, le=1)  # how often a 1 gets a foot, and how often an upstroke

    @model_serializer(mode="wrap")
    def without_unused(self, write: SerializerFunctionWrapHandler, how: SerializationInfo) -> dict[str, object]:
        """Leave what came later out of JSON where it is as usual, so that older specs keep their digests."""
        fields = type(self).model_fields
        unused = {name for name in LATER_KNOBS if getattr(self, name) == fields[name].default}
        return {name: value for name, value in write(self).items() if how.mode != "json" or name not in unused}

    @property
    def augments(self) -> bool:
        """Whether pictures are changed before the network sees them."""
        return any(getattr(self, name) for name in AUGMENTATION)

    @property
    def penalizes(self) -> bool:
        """Whether large weights add to the loss."""
        return self.l1 > 0 or self.l2 > 0

    @property
    def limits_gradients(self) -> bool:
        """Whether a gradient is changed before it is used: by penalties or by clipping."""
        return self.penalizes or self.gradient_clip > 0


MOST_EDITS = 64  # turns of the knobs in one run: what a link can hold


MOST_WEIGHTS = 256  # set by hand in one edit
Place = Annotated[int, Field(ge=0, le=2_000_000)]
Weight = Annotated[float, Field(ge=-1e4, le=1e4)]


class Edit(Choice):
    """From `step` on, the run goes on with these `knobs`, and with some weights as somebody set them.

    weights: (place, value), the place among all parameters as `nn.Module.parameters` gives them. They
    are set as soon as `step` updates are done, so that what is measured after that step has them; the
    knobs first act on the update after it.
    """

    step: int = Field(ge=0, le=10_000_000)
    knobs: Knobs
    weights: tuple[tuple[Place, Weight], ...] = Field((), max_length=MOST_WEIGHTS)

    @model_validator(mode="after")
    def weights_in_order(self) -> Edit:
        places = [place for place, _ in self.weights]
        if sorted(set(places)) != places:
            raise ValueError(f"edits: the places of weights must rise, got {places[:8]}")
        return self


# ----------------------------------------------------------------------------------------- run


class RunSpec(Choice):
    """One training run, from its seed to its last epoch."""

    data: Data = Mnist5k()
    network: Network = ConvNet()
    seed: int = Field(0, ge=0, le=2**31 - 1)
    device: Device = "best"
    threads: int = Field(1, ge=1, le=64)  # rounding depends on it, so it is part of the question
    epochs: int = Field(5, ge=1, le=10_000)
    knobs: Knobs = Knobs()
    edits: tuple[Edit, ...] = Field((), max_length=MOST_EDITS)
    data_seed: int | None = Field(None, ge=0, le=2**31 - 1)  # of the data alone; None: they are drawn by `seed` too

    @model_serializer(mode="wrap")
    def without_unused(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave the seed of the data out where there is none, so that older specs keep their digests."""
        return {name: value for name, value in write(self).items() if (name, value) != ("data_seed", None)}

    @model_validator(mode="after")
    def edits_in_order(self) -> RunSpec:
        steps = [edit.step for edit in self.edits]
        if sorted(set(steps)) != steps:
            raise ValueError(f"edits: steps must rise, got {steps}")
        return self

    @model_validator(mode="after")
    def weights_exist(self) -> RunSpec:
        places = [place for edit in self.edits for place, _ in edit.weights]
        if places and not (self.on_plane and isinstance(self.network, Mlp)):
            raise ValueError("edits: weights can be set where a dense network learns from points, and only there")
        if places and max(places) >= self.parameters:
            raise ValueError(f"edits: weight {max(places)} was set; the network has 0 to {self.parameters - 1}")
        return self

    @property
    def seed_of_data(self) -> int:
        """The seed that draws the examples and splits them."""
        return self.seed if self.data_seed is None else self.data_seed

    @property
    def on_plane(self) -> bool:
        """Whether the examples are points on a plane."""
        return isinstance(self.data, OnPlane)

    @property
    def outputs(self) -> int:
        """How many numbers the network gives for an example; of two classes a linear one gives one sum."""
        one_sum = isinstance(self.network, Linear) and self.data.about == "class" and self.data.outputs == 2
        return 1 if one_sum else self.data.outputs

    @property
    def parameters(self) -> int:
        """How many numbers a dense network, or a linear one, learns."""
        told = self.on_plane and isinstance(self.network, Mlp)  # such a network is told more of points, or less
        inputs = len(self.data.inputs) if told else prod(self.data.shape)
        return self.network.parameters(inputs, self.outputs)

    @cached_property
    def digest(self) -> str:
        """24 hexadecimal digits that are the same for equal specs and, in practice, only for those."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:24]

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """Yield every field's name and value, so that dict(spec) makes the spec; a kept digest is none of them."""
        return ((name, value) for name, value in super().__iter__() if name != "digest")

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> RunSpec:
        """Return a copy with some fields changed, and so with a digest of its own: pydantic copies kept values too."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("digest", None)
        return copied

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
        whatever is turned later. Of an edit at `step` itself, weights count and knobs do not yet.
        """
        edits = self._edits_before(step)
        now = self._edit_at(step)
        if now and now.weights:
            edits = (*edits, now.model_copy(update={"knobs": edits[-1].knobs if edits else self.knobs}))
        return self.model_copy(update={"edits": edits, "epochs": RunSpec.model_fields["epochs"].default})

    def before(self, step: int) -> RunSpec:
        """Return the prefix of `step` as it was before weights were set by hand there."""
        return self.model_copy(update={"edits": self._edits_before(step)}).prefix(step)

    def weights_set_at(self, step: int) -> tuple[tuple[int, float], ...]:
        """Return the (place, value) of the weights that are set by hand after `step` updates."""
        edit = self._edit_at(step)
        return edit.weights if edit else ()

    def fork(self, step: int, weights: Iterable[tuple[int, float]] = (), **turned: object) -> RunSpec:
        """Return the run that is this one up to `step` and then goes on with the knobs turned and the weights set.

        weights: (place, value), as in `Edit`, added to those already set at that step. Edits made after
        `step` belong to the future that the fork leaves. With nothing turned, the fork keeps the
        knobs in force at `step`.
        Raises: ValueError where a knob or a weight is unknown or out of its range, or was turned too often already.
        """
        knobs = Knobs.model_validate({**self.knobs_at(step).model_dump(), **turned})
        chosen = tuple(sorted({**dict(self.weights_set_at(step)), **dict(weights)}.items()))
        kept = self._edits_before(step)
        if step == 0 and not chosen:
            return self.model_copy(update={"knobs": knobs, "edits": ()})
        before = kept[-1].knobs if kept else self.knobs
        changes = knobs != before or bool(chosen)
        edits = (*kept, Edit(step=step, knobs=knobs, weights=chosen)) if changes else kept
        if len(edits) > MOST_EDITS:
            raise ValueError(f"edits: the knobs of a run can be turned {MOST_EDITS} times, not more")
        fork = self.model_copy(update={"edits": edits})
        return RunSpec.model_validate(dict(fork)) if chosen else fork

    def _edits_before(self, step: int) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.step < step)

    def _edit_at(self, step: int) -> Edit | None:
        return next((edit for edit in self.edits if edit.step == step), None)


CIRCLE = RunSpec(
    data=Plane(data="circle", points=500, noise=0.1),
    network=Mlp(hidden=(4, 2), activation="tanh"),
    epochs=2000,
    knobs=Knobs(optimizer="adam", learning_rate=0.01, batch_size=10),
)
"""The network that is on screen when the playground opens: small enough to be seen whole, learnt within seconds.

Links from one page to another say of a run what sets it apart from this one.
"""

MOST_MAPPED = 20_000  # weights of a network off the plane whose loss is mapped: beyond, its Hessian takes too long


def can_be_mapped(run: RunSpec) -> bool:
    """Return whether the loss of a run is mapped as a landscape: its weights are written down, and not too many.

    Layers that normalise have statistics of their own, which a place on the map does not say.
    """
    known = isinstance(run.data, OnPlane | OnLine | Table) and isinstance(run.network, Mlp | Linear)
    if not known or getattr(run.network, "batch_norm", False):
        return False
    return run.on_plane or run.parameters <= MOST_MAPPED
