"""Specs at random, every field of them within its bounds, for tests of whatever must hold for all of them."""

import typing
from typing import Any

from hypothesis import assume
from hypothesis import strategies as some
from pydantic import ValidationError

from dlviz import codec
from dlviz.spec import Choice, ConvBlock, ConvNet, Edit, Knobs, Mlp, Mnist5k, MnistFull, Plane, RunSpec


def leaf(kind: type[Choice], name: str) -> some.SearchStrategy[Any]:
    """Return any value that the field `name` of `kind` admits, where it is a number, a word or a truth value."""
    declared = kind.model_fields[name]
    words = typing.get_args(declared.annotation)
    if typing.get_origin(declared.annotation) is typing.Literal:
        return some.sampled_from(words)
    if declared.annotation is bool:
        return some.booleans()
    low, high = codec.limits(declared)
    if declared.annotation is int:
        return some.integers(int(low), int(high))
    return some.floats(low, high, allow_nan=False)


def choices(kind: type[Choice], **given: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    """Return any `kind`, whose fields are plain except for those given."""
    rest = {name: leaf(kind, name) for name in kind.model_fields if name not in given}
    return some.builds(kind, **rest, **given)


def knobs() -> some.SearchStrategy[Knobs]:
    """Return any knobs."""
    return choices(Knobs)


def layers(most: int) -> some.SearchStrategy[tuple[int, ...]]:
    """Return the widths of up to so many dense layers."""
    return some.lists(some.integers(1, 512), max_size=most).map(tuple)


@some.composite
def conv_nets(draw: some.DrawFn) -> ConvNet:
    """Return any network of convolutions whose maps stay visible."""
    blocks = draw(some.lists(choices(ConvBlock), min_size=1, max_size=4))
    try:
        return ConvNet(blocks=tuple(blocks), dense=draw(layers(3)), activation=draw(leaf(ConvNet, "activation")))
    except ValidationError:
        assume(False)
        raise


@some.composite
def run_specs(draw: some.DrawFn, edited: bool = True, digits: bool = False) -> RunSpec:
    """Return any run; without edits, or on digits only, where that is wanted."""
    steps = draw(some.sets(some.integers(0, 3000), max_size=4)) if edited else ()
    kinds = (Mnist5k, MnistFull) if digits else (Mnist5k, MnistFull, Plane)
    return RunSpec(
        data=draw(some.one_of([choices(kind) for kind in kinds])),
        network=draw(some.one_of(conv_nets(), choices(Mlp, hidden=layers(6)))),
        knobs=draw(knobs()),
        edits=tuple(Edit(step=step, knobs=draw(knobs())) for step in sorted(steps)),
        **{name: draw(leaf(RunSpec, name)) for name in ("seed", "device", "threads", "epochs")},
    )
