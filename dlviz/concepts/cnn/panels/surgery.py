"""Which filters are muted or edited, between the page's link, the map component and the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlviz.concepts.cnn.recording import Surgery
from dlviz.concepts.cnn.spec import View
from dlviz.spec import ConvNet

LONGEST = 3_900  # characters of the text


def read(view: View) -> Surgery | None:
    """Return what the link says is muted or edited, as far as the network on the stage has it; None for nothing."""
    muted, edited = [], []
    for part in filter(None, view.operations.split(";")):
        where, _, kernel = part.partition("=")
        place = _place(view, where)
        if place is None:
            continue
        numbers = _numbers(kernel)
        if not kernel:
            muted.append(place)
        elif len(numbers) == _size(view, place[0]):
            edited.append((*place, numbers))
    return Surgery(tuple(muted), tuple(edited)) if muted or edited else None


def write(operations: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """Return what the maps report as muted and edited, as text for the link; what is too long for one goes."""
    parts = [f"{stage}.{int(channel)}" for stage, channel in operations.get("muted", ())]
    for stage, channel, kernel in operations.get("edited", ()):
        parts.append(f"{stage}.{int(channel)}=" + " ".join(f"{float(value):.4g}" for value in kernel))
    while len(";".join(parts)) > LONGEST:
        parts.pop()
    return ";".join(parts)


def _place(view: View, where: str) -> tuple[str, int] | None:
    """Return (stage, channel) where the network has such a filter, else None."""
    stage, _, channel = where.rpartition(".")
    network = view.run.network
    if not isinstance(network, ConvNet) or not channel.isdecimal():
        return None
    names = {f"conv{i}": block.channels for i, block in enumerate(network.blocks, 1)}
    return (stage, int(channel)) if int(channel) < names.get(stage, 0) else None


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split())
    except ValueError:
        return ()


def _size(view: View, stage: str) -> int:
    """Return how many numbers a kernel of the stage has."""
    number = int(stage.removeprefix("conv"))
    blocks = view.run.network.blocks
    return blocks[number - 1].kernel ** 2 * (1 if number == 1 else blocks[number - 2].channels)
