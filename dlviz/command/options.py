"""Every field of a spec as an option: the same name as in a link, with dashes, and the same limits."""

from __future__ import annotations

import argparse
import os
import typing

from dlviz import codec
from dlviz.concepts.linear_regression.spec import LINE
from dlviz.concepts.logistic_regression.spec import CLOUDS
from dlviz.concepts.mlp.spec import WAVE
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.concepts.rnn.spec import NAMES
from dlviz.formula import FUNCTIONS
from dlviz.spec import Digits, Mlp, RunSpec
from dlviz.words import catalogue

EXPERIMENTS = {
    "cnn": RunSpec(),
    "playground": CIRCLE,
    "linear_regression": LINE,
    "logistic_regression": CLOUDS,
    "mlp": WAVE,
    "rnn": NAMES,
}
SHORTHAND = {
    "blocks": "32k3m2,64k3s1p1m2b is 32 kernels 3×3 and max-pool 2, then 64 with stride 1, padding 1 and batch norm",
    "dense": "widths, such as 64,32",
    "hidden": "widths, such as 64,32",
    "inputs": "any of {allowed}",
    "activations": "one for each layer from the first on, such as relu,tanh,own",
    "columns": "names of the table's columns, in its order, such as weight,year",
    "pairs": "four letters for each point, as a link holds them",
    "own": "a formula in x of numbers, + - * / ^, parentheses and {functions}",
    "rows": "five or six letters for each point, as a link holds them",
    "edits": "step:field=value,…;step:… such as 500:learning_rate=0.0001 or 500:w17=-0.5 for a weight",
}
REASONS = {
    "unknown": "{name} is no field here",
    "too long": "{name} is longer than {allowed} characters",
    "not a number": "{name} must be a number ({allowed}), got {given!r}",
    "out of range": "{name} must be in {allowed}, got {given!r}",
    "not a choice": "{name} must be one of {allowed}, got {given!r}",
    "not a formula": "{name} must be a formula in x; {given!r} cannot be read from letter {allowed} on",
    "unreadable": "{name}: {allowed}",
    "impossible": "{name}: {allowed}",
    "no meaning": "{name} has no meaning with {allowed}",
}


def add_spec_options(parser: argparse.ArgumentParser) -> None:
    """Give the parser one option for every field of a run, all of them text: the codec reads them."""
    group = parser.add_argument_group("fields of the run")
    for name, found in _fields().items():
        group.add_argument(option(name), dest=name, metavar=_metavar(found), help=_help(name, found))


def option(name: str) -> str:
    """Return the option that sets the field of this name."""
    return "--" + name.replace("_", "-")


def spec_from(arguments: argparse.Namespace, threads: int) -> RunSpec:
    """Return the run that the arguments ask for, on `threads` torch threads where they name none.

    Networks on points, lines and tables, and those that read step by step, are too small to share between threads.
    Raises: ValueError with one sentence that names every field that is wrong.
    """
    usual = EXPERIMENTS[arguments.experiment]
    usual = usual.model_copy(update={"threads": threads}) if isinstance(usual.data, Digits) else usual
    given = {name: getattr(arguments, name) for name in _fields() if getattr(arguments, name) is not None}
    spec, problems = codec.read(given, usual)
    sentences = [_sentence(problem) for problem in problems]
    if "own" in given and isinstance(spec.network, Mlp) and not spec.network.has_own:
        sentences.append("--own has no meaning without --activation own, or own among --activations")
    if sentences:
        raise ValueError("; ".join(sentences))
    return spec


def fields_given(arguments: argparse.Namespace) -> list[str]:
    """Return the options that name a field of a run, of those that were given."""
    return [option(name) for name in _fields() if getattr(arguments, name) is not None]


def cores() -> int:
    """Return how many processor cores this program may use."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 64)


def _fields() -> dict[str, list[codec.Leaf]]:
    """Return every field's name with all its declarations, more than one where several data sets have it."""
    found: dict[str, list[codec.Leaf]] = {}
    for leaf in codec.leaves(RunSpec):
        found.setdefault(leaf.path[-1], []).append(leaf)
    return found


def _allowed(found: list[codec.Leaf]) -> str:
    """Return what the field may be: its choices, or its limits, or nothing where neither says much."""
    words = [word for leaf in found for word in codec.words(leaf.field)]
    limits = dict.fromkeys(codec.limits_text(leaf.field) for leaf in found)
    return ", ".join(dict.fromkeys(words)) or " or ".join(filter(None, limits))


def _is_literal(leaf: codec.Leaf) -> bool:
    return typing.get_origin(leaf.field.annotation) is typing.Literal


def _metavar(found: list[codec.Leaf]) -> str:
    if _is_literal(found[0]):
        return "WORD"
    return "TEXT" if found[0].path[-1] in SHORTHAND else "NUMBER"


def _help(name: str, found: list[codec.Leaf]) -> str:
    key = f"fields.{name}.help"
    what = catalogue.text(key, "en").rstrip(".") if catalogue.known(key) else ""
    how, default = (
        SHORTHAND.get(name, "").format(allowed=_allowed(found), functions=", ".join(FUNCTIONS)) or _allowed(found),
        _default(name),
    )
    parts = (what, how, default and f"default {default}")
    return "; ".join(filter(None, parts)).replace("%", "%%")


def _default(name: str) -> str:
    """Return the field's usual value as text, or nothing where the usual run has no such field."""
    if name == "threads":
        return "all cores"
    found = (codec.value_text(value, spec) for spec, path, value in codec.values(RunSpec()) if path[-1] == name)
    return next(found, "")


def _sentence(problem: codec.Problem) -> str:
    found = _fields().get(problem.name, [])
    allowed = problem.allowed
    if problem.reason == "not a choice":
        allowed = _allowed(found)
    elif problem.reason == "no meaning":
        field, word = problem.allowed.split("=")
        allowed = f"{option(field)} {word}"
    name = option(problem.name) if found else problem.name
    return REASONS[problem.reason].format(name=name, given=problem.given, allowed=allowed)
