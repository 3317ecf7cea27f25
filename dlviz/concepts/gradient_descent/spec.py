"""What the page about gradient descent shows, as one value: the ground, the start, and who races with which knobs.

The link to the page is this value and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import AfterValidator, Field

from dlviz import codec
from dlviz.formula import Call, Formula, Variable, read_formula
from dlviz.spec import CIRCLE, MOST_MAPPED, Choice, Mlp, RunSpec, can_be_mapped
from dlviz.spec import Optimizer as Trainer

# --------------------------------------------------------------------------------------- surfaces


class Ground(NamedTuple):
    """A surface: its formula, the box on show (x from, to, y from, to), where to start, and learning rates that work.

    `rate` suits whoever multiplies it by the slope, `stride` whoever takes it for the length of a step. The slopes
    get `noise`; parts take turns where there are several, and `walls` stop everybody.
    """

    formula: str
    box: tuple[float, float, float, float]
    start: tuple[float, float]
    rate: float
    stride: float
    noise: float = 0.0
    parts: tuple[str, ...] = ()
    walls: tuple[float, float] | None = None


SurfaceName = Literal[
    "ravine",
    "bowl",
    "rosenbrock",
    "beale",
    "himmelblau",
    "rastrigin",
    "ackley",
    "saddle",
    "monkey",
    "plateau",
    "cliff",
    "noisy",
    "two_valleys",
    "parabola",
    "double_well",
    "waves",
    "reddi",
    "own",
]
GROUNDS: dict[str, Ground] = {
    "ravine": Ground("(x^2 + {condition}*y^2)/2", (-5, 5, -3, 3), (-4.4, 1.6), 0.08, 0.25),
    "bowl": Ground("(x^2 + y^2)/2", (-5, 5, -3, 3), (-4, 2), 0.1, 0.25),
    "rosenbrock": Ground("(1 - x)^2 + 100*(y - x^2)^2", (-2.2, 2.2, -0.8, 2.4), (-1.4, 1.1), 0.0008, 0.1),
    "beale": Ground(
        "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", (-1, 4.5, -2, 2), (0.6, 1.4), 0.008, 0.15
    ),
    "himmelblau": Ground("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-6, 6, -5, 5), (-0.6, -0.8), 0.01, 0.25),
    "rastrigin": Ground(
        "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)", (-3.3, 3.3, -2.4, 2.4), (2.4, -1.7), 0.002, 0.2
    ),
    "ackley": Ground(
        "20 + e - 20*exp(-0.2*sqrt((x^2 + y^2)/2 + 1e-20)) - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
        (-4.2, 4.2, -3, 3),
        (3.3, -2.2),
        0.03,
        0.3,
    ),
    "saddle": Ground("(x^2 - y^2)/2 + y^4/8", (-3, 3, -2.2, 2.2), (-2.4, 0.01), 0.1, 0.1),
    "monkey": Ground("x^3 - 3*x*y^2", (-1.5, 1.5, -1.1, 1.1), (1.2, 0.02), 0.03, 0.05),
    "plateau": Ground("1 - exp(-(x^2 + y^2)/4)", (-5, 5, -3.4, 3.4), (-3.6, 2), 0.5, 0.25),
    "cliff": Ground("(x^2 + y^2)/20 + 5*sigmoid(10*(x - 1))", (-4.5, 4.5, -3, 3), (3.4, 2), 0.4, 0.15),
    "noisy": Ground("(x^2 + 6*y^2)/2", (-5, 5, -3, 3), (-4.2, 1.8), 0.08, 0.25, noise=3.0),
    "two_valleys": Ground(
        "2 - exp(-6*((x - 2)^2 + y^2)) - 0.97*exp(-((x + 1.5)^2 + y^2)/4) + 0.02*(x^2 + y^2)",
        (-4.5, 4.5, -3, 3),
        (2.3, 0.25),
        0.1,
        0.1,
    ),
    "parabola": Ground("x^2/2", (-5, 5, -1, 1), (-4, 0), 0.3, 0.25),
    "double_well": Ground("x^4/4 - x^2 + x/4", (-2.4, 2.4, -1, 1), (2.1, 0), 0.05, 0.1),
    "waves": Ground("x^2/20 + 1 - cos(3*x)", (-7, 7, -1, 1), (5.6, 0), 0.05, 0.2),
    "reddi": Ground("x/3", (-1, 1, -1, 1), (0.6, 0), 0.05, 0.05, parts=("3*x", "-x", "-x"), walls=(-1, 1)),
    "own": Ground("", (-4, 4, -3, 3), (-3, 2), 0.05, 0.15),
}
CURVES = ("parabola", "double_well", "waves", "reddi")
"""Surfaces over one number only."""

# ------------------------------------------------------------------------------------- optimizers


class Knob(NamedTuple):
    """A number that an optimizer goes by: its default, its ends, and how it is turned: in steps of a kind."""

    default: float
    low: float
    high: float
    kind: Literal["linear", "log", "near_one", "switch", "whole"] = "linear"


RATE = Knob(0.1, 1e-6, 1000, "log")
DECAY = Knob(0.0, 0.0, 1.0, "log")
SMALL = Knob(1e-8, 1e-12, 0.1, "log")
BETAS = {"beta1": Knob(0.9, 0.0, 0.9999, "near_one"), "beta2": Knob(0.999, 0.0, 0.99999, "near_one")}
SWITCH = Knob(0.0, 0.0, 1.0, "switch")
HEAVY = Knob(0.9, 0.0, 0.9999, "near_one")


class Optimizer(NamedTuple):
    """An optimizer: what its learning rate multiplies ("slope", "stride" or "whole"), how often, and its knobs."""

    scale: Literal["slope", "stride", "whole"]
    times: float
    knobs: Mapping[str, Knob]


OptimizerName = Literal[
    "sgd",
    "momentum",
    "nesterov",
    "adam",
    "adamw",
    "rmsprop",
    "adagrad",
    "adadelta",
    "adamax",
    "nadam",
    "radam",
    "rprop",
    "asgd",
    "adafactor",
    "muon",
    "lbfgs",
    "newton",
]
OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer("slope", 1, {"weight_decay": DECAY}),
    "momentum": Optimizer("slope", 1, {"momentum": HEAVY, "dampening": Knob(0, 0, 1), "weight_decay": DECAY}),
    "nesterov": Optimizer("slope", 1, {"momentum": HEAVY, "weight_decay": DECAY}),
    "adam": Optimizer(
        "stride",
        1,
        BETAS
        | {"eps": SMALL, "weight_decay": DECAY, "amsgrad": SWITCH, "bias_correction": SWITCH._replace(default=1.0)},
    ),
    "adamw": Optimizer(
        "stride", 1, BETAS | {"eps": SMALL, "weight_decay": DECAY._replace(default=0.01), "amsgrad": SWITCH}
    ),
    "rmsprop": Optimizer(
        "stride",
        0.5,
        {"alpha": Knob(0.99, 0, 0.9999, "near_one"), "eps": SMALL, "momentum": HEAVY._replace(default=0.0)}
        | {"centered": SWITCH, "weight_decay": DECAY},
    ),
    "adagrad": Optimizer("stride", 4, {"lr_decay": DECAY, "eps": SMALL._replace(default=1e-10), "weight_decay": DECAY}),
    "adadelta": Optimizer(
        "stride",
        100,
        {"rho": Knob(0.9, 0, 0.9999, "near_one"), "eps": SMALL._replace(default=1e-6), "weight_decay": DECAY},
    ),
    "adamax": Optimizer("stride", 1, BETAS | {"eps": SMALL, "weight_decay": DECAY}),
    "nadam": Optimizer(
        "stride", 1, BETAS | {"eps": SMALL, "momentum_decay": Knob(0.004, 0, 1, "log"), "weight_decay": DECAY}
    ),
    "radam": Optimizer("slope", 1, BETAS | {"eps": SMALL, "weight_decay": DECAY}),
    "rprop": Optimizer(
        "stride",
        0.5,
        {"eta_minus": Knob(0.5, 0.01, 0.99), "eta_plus": Knob(1.2, 1.01, 3)}
        | {"least": Knob(1e-6, 1e-9, 0.1, "log"), "most": Knob(50, 0.1, 1000, "log")},
    ),
    "asgd": Optimizer(
        "slope",
        1,
        {
            "lambd": Knob(1e-4, 0, 1, "log"),
            "alpha": Knob(0.75, 0, 1),
            "t0": Knob(1e6, 1, 1e6, "log"),
            "weight_decay": DECAY,
        },
    ),
    "adafactor": Optimizer(
        "stride",
        1,
        {"beta2_decay": Knob(-0.8, -1, -0.01), "d": Knob(1, 0.1, 10), "least_scale": Knob(1e-3, 1e-6, 1, "log")}
        | {"weight_decay": DECAY},
    ),
    "muon": Optimizer("stride", 1, {"momentum": HEAVY._replace(default=0.95), "weight_decay": DECAY}),
    "lbfgs": Optimizer("whole", 1, {"history": Knob(10, 1, 100, "whole"), "line_search": SWITCH._replace(default=1.0)}),
    "newton": Optimizer("whole", 1, {"positive": SWITCH}),
}


BATCHED = tuple(name for name in OPTIMIZERS if name not in ("adafactor", "muon", "lbfgs"))
"""Optimizers that treat each number by itself, so that thousands of starts can walk at once."""


def knobs_of(name: str) -> dict[str, Knob]:
    """Return all knobs of the optimizer by name, the learning rate first."""
    return {"lr": RATE, **OPTIMIZERS[name].knobs}


def usual_rate(name: str, ground: Ground) -> float:
    """Return the learning rate that the optimizer has on this ground where nobody chose one."""
    one = OPTIMIZERS[name]
    return float(f"{one.times * {'slope': ground.rate, 'stride': ground.stride, 'whole': 1.0}[one.scale]:.3g}")


# ------------------------------------------------------------------------------------------ racers

MOST_RACERS = 8
RACER = re.compile(r"([a-z]+)(?:\(([a-z0-9_=.,e+-]*)\))?")


class Racer(NamedTuple):
    """One who races: an optimizer, and the knobs that were turned away from their usual place."""

    optimizer: str
    turned: tuple[tuple[str, float], ...] = ()

    def knobs(self, ground: Ground) -> dict[str, float]:
        """Return all knobs as they are on this ground."""
        usual = {name: knob.default for name, knob in knobs_of(self.optimizer).items()}
        return usual | {"lr": usual_rate(self.optimizer, ground)} | dict(self.turned)

    def turn(self, name: str, value: float | None) -> Racer:
        """Return the racer with a knob turned, or put back to its usual place by None."""
        kept = {key: one for key, one in self.turned if key != name}
        return self._replace(turned=tuple(sorted((kept if value is None else kept | {name: float(value)}).items())))


def read_racers(text: str) -> tuple[Racer, ...]:
    """Return the racers that the text says. Raises: ValueError where it is none of `racers_text`'s, or too many."""
    racers = tuple(map(_read_racer, filter(None, text.split(";"))))
    if not 1 <= len(racers) <= MOST_RACERS:
        raise ValueError(f"racers: {len(racers)} of them; 1 to {MOST_RACERS} can race")
    return racers


def _read_racer(text: str) -> Racer:
    found = RACER.fullmatch(text)
    if found is None or found[1] not in OPTIMIZERS:
        raise ValueError(f"racers: {text[:40]!r} is no optimizer; there are {', '.join(OPTIMIZERS)}")
    pairs = [part.partition("=")[::2] for part in (found[2] or "").split(",") if part]
    known = knobs_of(found[1])
    for name, value in pairs:
        if name not in known or not known[name].low <= _number(value) <= known[name].high:
            raise ValueError(f"racers: {name}={value} is no knob of {found[1]}, or out of range")
    return Racer(found[1], tuple(sorted((name, _number(value)) for name, value in dict(pairs).items())))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"racers: {text[:20]!r} is no number") from None


def racers_text(racers: Iterable[Racer]) -> str:
    """Return racers as text such as sgd;momentum(lr=0.02,momentum=0.5), of which only turned knobs are named."""
    knobs = lambda one: ",".join(f"{name}={value:.6g}" for name, value in one.turned)  # noqa: E731
    return ";".join(f"{one.optimizer}({knobs(one)})" if one.turned else one.optimizer for one in racers)


# ------------------------------------------------------------------------------------------ the page

LONGEST_FORMULA = 300
Schedule = Literal["constant", "step", "exponential", "cosine", "restarts", "one_cycle", "warm_up", "plateau"]
Crowd = Literal["none", "few", "many"]
CROWDS = {"none": 0, "few": 3, "many": 5}
"""Starts a side of a grid, beside the one of the race."""

LENGTHS = {"step": 0.25, "restarts": 0.25, "warm_up": 0.2}  # of the race; others take all of it
FACTORS = {"step": 0.3, "exponential": 0.01, "cosine": 0.0, "restarts": 0.0}
PLATEAU = {"factor": 0.5, "patience": 5}
"""What comes of a learning rate by schedule: see training/schedule.py, and torch's ReduceLROnPlateau."""


def _racers(text: str) -> str:
    read_racers(text)
    return text


def _formula(text: str) -> str:
    read_formula(text, ("x", "y"))
    return text


RacersText = Annotated[str, Field(max_length=1000), AfterValidator(_racers)]
FormulaText = Annotated[str, Field(max_length=LONGEST_FORMULA), AfterValidator(_formula)]


class Race(Choice):
    """A race: the ground, the start, how many steps, and who runs."""

    surface: SurfaceName = "ravine"
    condition: float = Field(20, ge=1, le=1000)  # of the ravine: how many times steeper it is across than along
    formula: FormulaText = "x^2/4 + y^2 + 2*sin(2*x)*cos(y)"  # of the own surface
    reach: float = Field(4, ge=0.1, le=100)  # how far from zero the own surface is looked at
    x: float | None = Field(None, ge=-1000, le=1000)  # where all start; None is the ground's own start
    y: float | None = Field(None, ge=-1000, le=1000)
    steps: int = Field(80, ge=1, le=1000)
    noise: float | None = Field(None, ge=0, le=100)  # standard deviation of what is added to slopes; None: the ground's
    seed: int = Field(0, ge=0, le=2**31 - 1)  # of the noise
    schedule: Schedule = "constant"  # of everybody's learning rate over the race
    racers: RacersText = "sgd;momentum;adam"
    crowd: Crowd = "none"  # whether everybody also starts from a grid of places

    @property
    def ground(self) -> Ground:
        """The surface with its own numbers filled in."""
        ground = GROUNDS[self.surface]
        if self.surface == "own":
            far, up = self.reach, 0.75 * self.reach
            stretch = self.reach / 4
            starts = (-0.75 * far, 0.6 * up)
            return ground._replace(
                formula=self.formula, box=(-far, far, -up, up), start=starts, stride=ground.stride * stretch
            )
        if self.surface == "ravine":
            formula = ground.formula.replace("{condition}", f"{self.condition:g}")
            return ground._replace(formula=formula, rate=min(ground.rate, 1.2 / self.condition))
        return ground

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas that take turns; almost always one."""
        return tuple(read_formula(text, ("x", "y")) for text in self.ground.parts or (self.ground.formula,))

    @property
    def curve(self) -> bool:
        """Whether the height depends on x only."""
        return not any("y" in names_in(formula) for formula in self.formulas)

    @property
    def start(self) -> tuple[float, float]:
        """Where all start."""
        own = self.ground.start
        return (own[0] if self.x is None else self.x, 0.0 if self.curve else own[1] if self.y is None else self.y)

    @property
    def sigma(self) -> float:
        """How strong the noise is."""
        return self.ground.noise if self.noise is None else self.noise

    @property
    def length(self) -> float:
        """How many steps a schedule takes, or until it does something again."""
        return max(1.0, LENGTHS.get(self.schedule, 1.0) * self.steps)

    @property
    def who(self) -> tuple[Racer, ...]:
        """Who races."""
        return read_racers(self.racers)


def names_in(formula: Formula) -> set[str]:
    """Return the names of the variables in a formula."""
    if isinstance(formula, Variable):
        return {formula.name}
    return set().union(*map(names_in, formula.arguments)) if isinstance(formula, Call) else set()


PEOPLE = 442


class Sampling(Choice):
    """A regression on real people, learnt from a few of them at a time."""

    batch: int = Field(8, ge=1, le=PEOPLE)  # people that a step looks at
    batch_rate: float = Field(0.1, ge=0.001, le=2)
    batch_momentum: float = Field(0.0, ge=0, le=0.99)
    batch_seed: int = Field(0, ge=0, le=2**31 - 1)  # of who is looked at when


# ----------------------------------------------------------------------------- a real network

USUAL = CIRCLE
"""The run from which `Real.trained` says what is different: the one with which the playground opens."""


def _trained(text: str) -> str:
    if not can_be_mapped(codec.read_line(text, USUAL)):
        needed = f"a linear or dense network on points or a table, of at most {MOST_MAPPED:,} weights there"
        raise ValueError(f"trained: {needed}, is needed; layers must not normalise")
    return text


RunText = Annotated[str, Field(max_length=12_000), AfterValidator(_trained)]


class Cut(Choice):
    """How a real network's loss is mapped."""

    cut: Literal["main", "chance", "ends"] = "main"  # the plane: where both moved most, by chance, through both ends
    ground: Literal["train", "batch", "validation"] = "train"  # whose loss the heights are
    ground_size: int = Field(10, ge=1, le=1024)  # examples of a mini-batch
    ground_batch: int = Field(0, ge=0, le=1000)  # which of the mini-batches


class Real(Choice):
    """A small network that two optimizers, a and b, train on the same data, and how its loss is looked at.

    `trained` says data, network, seed and all else as `codec.line` writes it, apart from USUAL. Both begin with the
    same weights and see the same batches, unless b has a seed of its own.
    """

    trained: RunText = "hidden=8,8|epochs=300"
    optimizer_a: Trainer = "sgd"
    rate_a: float = Field(0.1, ge=1e-6, le=10)
    batch_a: int = Field(10, ge=1, le=1024)
    optimizer_b: Trainer = "adam"
    rate_b: float = Field(0.01, ge=1e-6, le=10)
    batch_b: int = Field(10, ge=1, le=1024)
    seed_b: int | None = Field(None, ge=0, le=2**31 - 1)  # of b's first weights and order; None: the same as a's
    aspect: Literal["plane", "edge", "line"] = "plane"  # what is shown of it
    moment: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest
    map: Cut = Cut()
    between: Literal["ends", "first", "second"] = "ends"  # the line: from a to b, or from the start to one of them
    real_preset: Literal["none", "edge", "hill", "seeds", "flat"] = "none"  # what is tried of it
    real_guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of that

    @property
    def run(self) -> RunSpec:
        """What both train: data, network, seed; turns on the way are left out."""
        return codec.read_line(self.trained, USUAL).model_copy(update={"edits": ()})

    @property
    def runs(self) -> tuple[RunSpec, RunSpec]:
        """The two runs, which differ in nothing but optimizer, learning rate, batch size and b's own seed, if any."""
        run = self.run
        a = {"optimizer": self.optimizer_a, "learning_rate": self.rate_a, "batch_size": self.batch_a}
        b = {"optimizer": self.optimizer_b, "learning_rate": self.rate_b, "batch_size": self.batch_b}
        first, second = (run.model_copy(update={"knobs": run.knobs.model_copy(update=one)}) for one in (a, b))
        if self.seed_b is None or self.seed_b == run.seed:
            return first, second
        return first, second.model_copy(update={"seed": self.seed_b, "data_seed": run.seed_of_data})


# ------------------------------------------------------------------- whose network it may be

Home = Literal["playground", "linear_regression", "logistic_regression", "mlp"]
HOMES: tuple[Home, ...] = get_args(Home)
"""The pages whose runs are looked at here, by their slugs."""


def home_of(run: RunSpec) -> Home:
    """Return the page of whose kind a run is."""
    if isinstance(run.network, Mlp):
        return "playground" if run.on_plane else "mlp"
    return "logistic_regression" if run.data.about == "class" else "linear_regression"


class Start(NamedTuple):
    """How a network of the model zoo is put here: its run as `Real.trained` says it, and who trains it how."""

    trained: str
    rates: tuple[float, float]
    batch: int


STARTS: dict[Home, dict[str, Start]] = {
    "linear_regression": {
        "auto-mpg": Start("data=auto-mpg|network=linear|epochs=200", (0.1, 0.05), 64),
        "diabetes": Start("data=diabetes|network=linear|epochs=200", (0.1, 0.05), 64),
        "trend": Start("data=trend|points=40|noise=0.15|network=linear|epochs=100", (0.1, 0.05), 64),
    },
    "logistic_regression": {
        "breast-cancer": Start("data=breast-cancer|network=linear|device=cpu|epochs=60|l2=0.01", (0.1, 0.02), 20),
        "wine": Start("data=wine|network=linear|device=cpu|epochs=60|l2=0.01", (0.1, 0.02), 20),
        "gauss": Start("data=gauss|points=300|noise=0.5|network=linear|device=cpu|epochs=60", (0.1, 0.05), 20),
    },
    "mlp": {
        "auto-mpg": Start("data=auto-mpg|validation_share=0.1|hidden=32|epochs=150", (0.03, 0.003), 16),
        "diabetes": Start("data=diabetes|validation_share=0.1|hidden=32|epochs=150", (0.03, 0.003), 16),
        "wave": Start("data=wave|points=80|noise=0.05|hidden=8|initializer=torch|epochs=1000", (0.1, 0.01), 16),
    },
}
"""What may be chosen here of the model zoo's data: the runs with which its pages show them."""


def started(home: Home, data: str, seed: int) -> dict[str, object]:
    """Return the fields of `Real` with which a network of the model zoo begins: SGD beside Adam."""
    start = STARTS[home][data]
    run = codec.read_line(start.trained, USUAL).model_copy(update={"seed": seed})
    who = {"trained": codec.line(run, USUAL), "optimizer_a": "sgd", "optimizer_b": "adam"}
    rates = dict(zip(("rate_a", "rate_b"), start.rates, strict=True))
    return {**who, **rates, **dict.fromkeys(("batch_a", "batch_b"), start.batch)}


Preset = Literal["none", "small", "right", "large", "ravine", "reddi", "saddle", "valleys"]
Across = Literal["steps", "seconds", "evaluations"]
Section = Literal["closed", "basins", "rates", "noise", "network"]


class View(Choice):
    """The state of the page."""

    race: Race = Race()
    sampling: Sampling = Sampling()
    real: Real = Real()
    picked: int = Field(0, ge=0, le=MOST_RACERS - 1)  # the racer whose arrows, numbers and knobs are shown
    at: int | None = Field(None, ge=0, le=1000)  # the step on show; None is the last one
    across: Across = "steps"  # what the curves run over
    section: Section = "closed"  # what is open below the race, to look closer
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=3)  # what the viewer said would come of the preset

    @property
    def racer(self) -> Racer:
        """The racer whose numbers are shown."""
        return self.race.who[min(self.picked, len(self.race.who) - 1)]


DEFAULT = View()
SURFACES: tuple[str, ...] = get_args(SurfaceName)
