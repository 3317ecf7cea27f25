"""What a script must hold: everything that this run uses, and nothing that it does not."""

from __future__ import annotations

from dataclasses import dataclass

from dlviz.export.table_text import ROWS
from dlviz.rows import count_pairs, count_rows
from dlviz.spec import (
    INPUTS,
    ConvNet,
    Curve,
    Edit,
    Knobs,
    Linear,
    Mnist5k,
    MnistFull,
    Pairs,
    Plane,
    Points,
    RunSpec,
    Table,
)

DEVICES = {"cpu": "", "cuda": '"cuda"', "best": '"cuda" if torch.cuda.is_available() else "cpu"'}


@dataclass(frozen=True)
class Plan:
    """A run, and which parts of a script it needs.

    `first`: the knobs of the first update; `edits`: those turned later. `device`: the expression for
    the device, empty for the CPU. `drops`, `augments`: whether that ever happens; `always_augments`:
    whether at every update; `resizes`: whether the batch size is ever turned; `schedules`: whether the learning
    rate ever follows a schedule; `penalizes`, `clips`: whether gradients are ever changed so; `inputs`: what
    points are told as, empty where as they are; `norms`: whether dense layers have batch norm; `own`: the formula that
    is a layer's activation, empty where none is; `sets_weights`: whether an edit does; `validates`: whether there are
    examples for it; `faults`: whether a miss is ever counted other than by its square.
    """

    spec: RunSpec
    first: Knobs
    edits: tuple[Edit, ...]
    device: str
    pictures: bool
    convolutional: bool
    drops: bool
    augments: bool
    always_augments: bool
    resizes: bool
    schedules: bool
    penalizes: bool
    clips: bool
    inputs: tuple[str, ...]
    norms: bool
    own: str
    sets_weights: bool
    validates: bool
    faults: bool

    @property
    def numbers(self) -> bool:
        """Whether a number is learnt rather than a class."""
        return self.spec.data.about == "number"

    @property
    def one_sum(self) -> bool:
        """Whether two classes are told apart by one sum."""
        return not self.numbers and self.spec.outputs == 1

    @property
    def every(self) -> tuple[Knobs, ...]:
        """The knobs of the first update, and as they are after each edit."""
        return (self.first, *(edit.knobs for edit in self.edits))


def plan(spec: RunSpec) -> Plan:
    """Return what the script of this run needs."""
    first, edits = spec.knobs_at(0), tuple(edit for edit in spec.edits if edit.step > 0)
    every = [first, *(edit.knobs for edit in edits)]
    pictures, convolutional = isinstance(spec.data, Mnist5k | MnistFull), isinstance(spec.network, ConvNet)
    augments = [pictures and knobs.augments for knobs in every]
    return Plan(
        spec=spec,
        first=first,
        edits=edits,
        device=DEVICES[spec.device],
        pictures=pictures,
        convolutional=convolutional,
        drops=any(knobs.dropout for knobs in every) and (convolutional or len(_hidden(spec)) > 0),
        augments=any(augments),
        always_augments=all(augments),
        resizes=any(knobs.batch_size != first.batch_size for knobs in every),
        schedules=any(knobs.schedule != "constant" or knobs.warm_up_epochs for knobs in every),
        penalizes=any(knobs.penalizes for knobs in every),
        clips=any(knobs.gradient_clip for knobs in every),
        inputs=_inputs(spec),
        norms=len(_hidden(spec)) > 0 and spec.network.batch_norm,
        own=_own(spec),
        sets_weights=any(edit.weights for edit in spec.edits),
        validates=round(examples_before_the_test(spec) * spec.data.validation_share) > 0,
        faults=spec.data.about == "number" and any(knobs.fault != "squared" for knobs in every),
    )


def _hidden(spec: RunSpec) -> tuple[int, ...]:
    """Return the widths of a dense network's hidden layers; none of any other network."""
    return getattr(spec.network, "hidden", ())


def _inputs(spec: RunSpec) -> tuple[str, ...]:
    if isinstance(spec.network, Linear):
        return ()
    return spec.data.inputs if spec.on_plane and spec.data.inputs != INPUTS[:2] else ()


def _own(spec: RunSpec) -> str:
    network = spec.network
    if not _hidden(spec) or "own" not in map(network.activation_of, range(len(network.hidden))):
        return ""
    return network.own


def examples_before_the_test(spec: RunSpec) -> int:
    """Return how many examples the validation share is taken of."""
    data = spec.data
    if isinstance(data, Points):
        return count_rows(data.rows, data.label)
    if isinstance(data, Pairs):
        return count_pairs(data.pairs)
    if isinstance(data, Table):
        return ROWS[data.data]
    return data.points if isinstance(data, Plane | Curve) else 60_000 if isinstance(data, MnistFull) else 5000
