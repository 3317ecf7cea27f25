"""What a script must hold: everything that this run uses, and nothing that it does not."""

from __future__ import annotations

from dataclasses import dataclass

from dlviz.spec import ConvNet, Edit, Knobs, Mnist5k, MnistFull, RunSpec

DEVICES = {"cpu": "", "cuda": '"cuda"', "best": '"cuda" if torch.cuda.is_available() else "cpu"'}


@dataclass(frozen=True)
class Plan:
    """A run, and which parts of a script it needs.

    `first`: the knobs of the first update; `edits`: those turned later. `device`: the expression for
    the device, empty for the CPU. `drops`, `augments`: whether that ever happens; `always_augments`:
    whether at every update; `resizes`: whether the batch size is ever turned.
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
        drops=any(knobs.dropout for knobs in every) and (convolutional or len(spec.network.hidden) > 0),
        augments=any(augments),
        always_augments=all(augments),
        resizes=any(knobs.batch_size != first.batch_size for knobs in every),
    )
