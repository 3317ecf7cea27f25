"""Specs at random, every field of them within its bounds, for tests of whatever must hold for all of them."""

import typing
from typing import Any

from hypothesis import assume
from hypothesis import strategies as some
from pydantic import ValidationError

from dlviz import codec
from dlviz.rows import rows_text
from dlviz.spec import (
    INPUTS,
    Choice,
    ConvBlock,
    ConvNet,
    Edit,
    Knobs,
    Mlp,
    Mnist5k,
    MnistFull,
    OnPlane,
    Plane,
    Points,
    RunSpec,
)


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
def mlps(draw: some.DrawFn) -> Mlp:
    """Return any dense network."""
    hidden = draw(layers(6))
    activations = some.lists(leaf(Mlp, "activation"), max_size=len(hidden)).map(tuple)
    own = some.sampled_from(("x * sigmoid(x)", "max(x, 0.1x)", "sin(2x)^2 + x/3", "log(x)"))
    return draw(choices(Mlp, hidden=some.just(hidden), activations=activations, own=own))


def inputs() -> some.SearchStrategy[tuple[str, ...]]:
    """Return any inputs that a network on the plane may have."""
    return some.sets(some.sampled_from(INPUTS), min_size=1).map(lambda names: tuple(filter(names.__contains__, INPUTS)))


@some.composite
def own_points(draw: some.DrawFn) -> Points:
    """Return any points of somebody's own."""
    label = draw(leaf(Points, "label"))
    values = some.integers(0, 3) if label == "class" else some.floats(-1, 1)
    rows = draw(some.lists(some.tuples(some.floats(-6, 6), some.floats(-6, 6), values), min_size=2, max_size=9))
    return draw(choices(Points, label=some.just(label), rows=some.just(rows_text(rows, label)), inputs=inputs()))


@some.composite
def edits(draw: some.DrawFn, most_weights: int) -> tuple[Edit, ...]:
    """Return any edits; of weights only those before `most_weights`."""
    found = []
    for step in sorted(draw(some.sets(some.integers(0, 3000), max_size=4))):
        places = draw(some.sets(some.integers(0, most_weights - 1), max_size=3)) if most_weights else ()
        weights = tuple((place, draw(some.floats(-1e4, 1e4))) for place in sorted(places))
        found.append(Edit(step=step, knobs=draw(knobs()), weights=weights))
    return tuple(found)


@some.composite
def run_specs(draw: some.DrawFn, edited: bool = True, digits: bool = False, settable: bool = False) -> RunSpec:
    """Return any run; without edits, on digits only, or with weights that can be set, where that is wanted."""
    on_digits, on_plane = (choices(Mnist5k), choices(MnistFull)), (choices(Plane, inputs=inputs()), own_points())
    data = draw(some.one_of(*(() if settable else on_digits), *(() if digits else on_plane)))
    network = draw(mlps() if settable else some.one_of(conv_nets(), mlps()))
    settable = isinstance(data, OnPlane) and isinstance(network, Mlp)
    most = network.parameters(len(data.inputs), data.outputs) if settable else 0
    return RunSpec(
        data=data,
        network=network,
        knobs=draw(knobs()),
        edits=draw(edits(most)) if edited else (),
        **{name: draw(leaf(RunSpec, name)) for name in ("seed", "device", "threads", "epochs")},
    )
