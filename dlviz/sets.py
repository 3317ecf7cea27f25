"""Data sets of the model zoo: curves to fit, tables to predict from, and rows of letters or years.

A row of a table is a few numbers about one car, person or wine; a curve has one number going in and one
coming out; what is read step by step is a name, a row of years, or a row of signs to be kept in mind.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from dlviz.choice import Choice
from dlviz.rows import MOST_PAIRS, PAIR, Label, count_pairs

# -------------------------------------------------------------------------------------- curves


class OnLine(Choice):
    """Points (x, y) with x from -1 to 1: one number in, one number out."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example."""
        return (1,)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives for an example: y."""
        return 1

    @property
    def about(self) -> Label:
        """What is to be learnt of an example: a number."""
        return "number"


class Curve(OnLine):
    """Points along a curve, drawn by a rule from the seed; `outliers` is the share of them that lie far off."""

    data: Literal["trend", "bend", "wave", "steps"] = "trend"
    points: int = Field(40, ge=10, le=500)
    noise: float = Field(0.1, ge=0, le=0.5)
    outliers: float = Field(0.0, ge=0, le=0.4)
    validation_share: float = Field(0.3, ge=0, le=0.8)


FEWEST_PAIRS = 2
EXAMPLE_PAIRS = "GaJnOaQAWaYAgAhmoAmZwAxm5m3_"  # seven points along a rising line


class Pairs(OnLine):
    """The learner's own points; `dlviz/rows.py` says how `pairs` is written."""

    data: Literal["pairs"] = "pairs"
    pairs: str = Field(EXAMPLE_PAIRS, max_length=MOST_PAIRS * PAIR)
    validation_share: float = Field(0.0, ge=0, le=0.8)

    @model_validator(mode="after")
    def pairs_can_be_read(self) -> Pairs:
        if count_pairs(self.pairs) < FEWEST_PAIRS:
            raise ValueError(f"pairs: at least {FEWEST_PAIRS} points are needed")
        return self


# -------------------------------------------------------------------------------------- tables

TableName = Literal["auto-mpg", "diabetes", "breast-cancer", "wine"]
TABLE_CLASSES: dict[TableName, int] = {"breast-cancer": 2, "wine": 3}  # the others are about a number
_MEASURED = (
    *("radius", "texture", "perimeter", "area", "smoothness"),
    *("compactness", "concavity", "concave_points", "symmetry", "fractal_dimension"),
)
COLUMNS: dict[TableName, tuple[str, ...]] = {
    "auto-mpg": ("cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin"),
    "diabetes": (
        *("age", "sex", "body_mass_index", "blood_pressure"),
        *("cholesterol", "ldl", "hdl", "cholesterol_ratio", "log_triglycerides", "glucose"),
    ),
    "breast-cancer": tuple(f"{how}_{what}" for how in ("mean", "error", "worst") for what in _MEASURED),
    "wine": (
        *("alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids"),
        *("nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline"),
    ),
}


class Table(Choice):
    """Rows of a real table.

    `columns`: which of them go in, none named meaning all; `scaling`: whether each is brought to one size.
    """

    data: TableName = "auto-mpg"
    columns: tuple[str, ...] = Field((), max_length=30)
    scaling: bool = True
    validation_share: float = Field(0.2, ge=0.05, le=0.4)
    test_share: float = Field(0.2, ge=0.05, le=0.4)
    train_share: float = Field(1.0, ge=0.02, le=1)  # of what the other two leave

    @model_validator(mode="after")
    def columns_are_known(self) -> Table:
        known = COLUMNS[self.data]
        if list(self.columns) != [name for name in known if name in self.columns]:
            raise ValueError(f"columns: name each once and in this order: {', '.join(known)}")
        return self

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that go in."""
        return self.columns or COLUMNS[self.data]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example."""
        return (len(self.used),)

    @property
    def about(self) -> Label:
        """What is to be learnt of a row: its class, or a number."""
        return "class" if self.data in TABLE_CLASSES else "number"

    @property
    def outputs(self) -> int:
        """How many numbers a network gives for a row: a score for each class, or the number itself."""
        return TABLE_CLASSES.get(self.data, 1)


# ----------------------------------------------------------------------------------- sequences

Tongue = Literal["irish", "italian", "dutch", "english", "german", "polish", "finnish", "zulu"]
TONGUES: tuple[Tongue, ...] = get_args(Tongue)
LETTERS = "abcdefghijklmnopqrstuvwxyz '-"  # 1 is a; 0 stands where a name is over
LONGEST_NAME = 20


class Sequence(Choice):
    """Examples that are read step by step."""


class Surnames(Sequence):
    """Surnames of eight languages, at most `names` of each; the language is to be told."""

    data: Literal["surnames"] = "surnames"
    names: int = Field(400, ge=50, le=1000)
    validation_share: float = Field(0.1, ge=0.05, le=0.4)
    test_share: float = Field(0.1, ge=0.05, le=0.4)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example: a letter at each step."""
        return (LONGEST_NAME,)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives at a step: a score for each language."""
        return len(TONGUES)

    @property
    def about(self) -> Label:
        """What is to be learnt of a name: its language."""
        return "class"


class Writing(Sequence):
    """Surnames of one language; at each letter, the next one is to be told."""

    data: Literal["writing"] = "writing"
    tongue: Tongue = "italian"
    validation_share: float = Field(0.1, ge=0.05, le=0.4)
    test_share: float = Field(0.1, ge=0.05, le=0.4)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example: a letter at each step."""
        return (LONGEST_NAME,)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives at a step: a score for each letter, and for the end."""
        return len(LETTERS) + 1

    @property
    def about(self) -> Label:
        """What is to be learnt at a step: which letter comes next."""
        return "class"


class Sunspots(Sequence):
    """The yearly number of sunspots since 1700; from `window` years, the next is to be told.

    The shares are cut by time: the newest years are the test, those before them the validation. `transform`: whether
    the network reads the numbers themselves or their square roots, and says the next year's so.
    """

    data: Literal["sunspots"] = "sunspots"
    window: int = Field(20, ge=2, le=60)
    transform: Literal["none", "root"] = "none"
    validation_share: float = Field(0.15, ge=0.05, le=0.4)
    test_share: float = Field(0.2, ge=0.05, le=0.4)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example: a number for each year."""
        return (self.window,)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives at a step: the next year's."""
        return 1

    @property
    def about(self) -> Label:
        """What is to be learnt: a number."""
        return "number"


class Recall(Sequence):
    """A sign out of `signs`, then `delay` blanks; at the end the sign is to be told."""

    data: Literal["recall"] = "recall"
    delay: int = Field(10, ge=1, le=100)
    signs: int = Field(4, ge=2, le=8)
    examples: int = Field(1000, ge=100, le=4000)
    validation_share: float = Field(0.2, ge=0.05, le=0.4)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one example: a sign at each step."""
        return (self.delay + 1,)

    @property
    def outputs(self) -> int:
        """How many numbers a network gives at a step: a score for each sign."""
        return self.signs

    @property
    def about(self) -> Label:
        """What is to be learnt: which sign it was."""
        return "class"
