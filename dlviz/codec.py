"""Specs as plain words: one flat name = text per field, for links and for the command line.

Every field of a spec has one name, and that name is the same in the widget, in the link and as a
command-line option. Reading never fails as a whole: what cannot be read keeps its default and is
reported, so that a link with nonsense in it still opens its page.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Collection, Iterator, Mapping
from types import UnionType
from typing import Annotated, Literal, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from dlviz.formula import FormulaError
from dlviz.spec import Choice, ConvBlock, Edit, Knobs

LONGEST_TEXT = 4_000  # characters of one value; a link is no place for more
LONGER_TEXT = {"rows": 12_000, "kept": 12_000, "trained": 12_000}  # but whoever painted points wants to share them all
SpecT = TypeVar("SpecT", bound=Choice)


Reason = Literal[
    "unknown",
    "too long",
    "not a number",
    "out of range",
    "not a choice",
    "not a formula",
    "unreadable",
    "impossible",
    "no meaning",
]


class Problem(NamedTuple):
    """One field that could not be read: its name, what was given (shortened), why not, what is allowed.

    Of what is not a formula, `allowed` is the number of the letter up to which it can be read. Of what has no meaning,
    it is what takes it away, such as "network=mlp", under which there are no convolutions.
    """

    name: str
    given: str
    reason: Reason
    allowed: str = ""


class Leaf(NamedTuple):
    """One field at the end of a path: how it is declared, and where it stands."""

    path: tuple[str, ...]
    field: FieldInfo


# ----------------------------------------------------------------------------- shape of a spec


def members(annotation: object) -> tuple[type[Choice], ...]:
    """Return the spec classes that `annotation` admits: (one,) or the members of a union."""
    if typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    if isinstance(annotation, UnionType) or typing.get_origin(annotation) is typing.Union:
        return tuple(kind for member in typing.get_args(annotation) for kind in members(member))
    return (annotation,) if isinstance(annotation, type) and issubclass(annotation, Choice) else ()


def leaves(kind: type[Choice], path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Yield every field of `kind` and of the specs inside it, unions member by member."""
    for name, field in kind.model_fields.items():
        inside = members(field.annotation)
        if not inside:
            yield Leaf((*path, name), field)
        for member in inside:
            yield from leaves(member, (*path, name))


def names(kind: type[Choice]) -> list[str]:
    """Return the flat names of all fields of `kind`, each once, in the order they are declared."""
    return list(dict.fromkeys(leaf.path[-1] for leaf in leaves(kind)))


# --------------------------------------------------------------------------------- one value

_BLOCK = re.compile(r"(\d{1,4})k(\d{1,3})(?:s(\d{1,3}))?(?:p(\d{1,3}))?(?:([man])(\d{1,3}))?(b?)")


def block_text(block: ConvBlock) -> str:
    """Return a block in shorthand: 32k3s1p0m2b is 32 kernels 3×3, stride 1, padding 0, max-pool 2, batch norm.

    n3 is no pooling now, and 3 for whoever switches it on again.
    """
    text = f"{block.channels}k{block.kernel}"
    text += f"s{block.stride}" if block.stride != 1 else ""
    text += f"p{block.padding}" if block.padding else ""
    unpooled = block.pooling == "none" and block.pool_size == ConvBlock.model_fields["pool_size"].default
    text += "" if unpooled else f"{block.pooling[0]}{block.pool_size}"
    return text + ("b" if block.batch_norm else "")


def read_block(text: str) -> ConvBlock:
    """Return the block that `text` is shorthand for (see block_text). Raises: ValueError."""
    match = _BLOCK.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text[:40]!r} is no block; write for example 32k3m2 or 64k3s1p1m2b")
    channels, kernel, stride, padding, pooling, pool_size, norm = match.groups()
    return ConvBlock(
        channels=int(channels),
        kernel=int(kernel),
        stride=int(stride or 1),
        padding=int(padding or 0),
        pooling={"m": "max", "a": "average"}.get(pooling, "none"),
        pool_size=int(pool_size or 2),
        batch_norm=bool(norm),
    )


_WEIGHT = re.compile(r"w([0-9]{1,7})")


def edits_text(edits: tuple[Edit, ...], knobs: Knobs) -> str:
    """Return the edits as step:field=value,w17=value;step:…, each naming only what it turned; w17 is a weight."""
    parts = []
    for edit in edits:
        turned = {name: value for name, value in edit.knobs.model_dump().items() if value != getattr(knobs, name)}
        turned |= {f"w{place}": value for place, value in edit.weights}
        parts.append(f"{edit.step}:" + ",".join(f"{n}={scalar_text(v)}" for n, v in turned.items()))
        knobs = edit.knobs
    return ";".join(parts)


def read_edits(text: str, knobs: Knobs) -> tuple[Edit, ...]:
    """Return the edits that `text` says (see edits_text), turned from `knobs` on. Raises: ValueError."""
    edits = []
    for part in filter(None, text.split(";")):
        step, _, turned = part.partition(":")
        pairs = dict(pair.partition("=")[::2] for pair in turned.split(",") if pair)
        weights = [(int(found[1]), pairs.pop(name)) for name in list(pairs) if (found := _WEIGHT.fullmatch(name))]
        knobs = Knobs.model_validate({**knobs.model_dump(), **pairs})
        edits.append(Edit(step=int(step), knobs=knobs, weights=tuple(sorted(weights))))
    return tuple(edits)


def scalar_text(value: object) -> str:
    """Return a number, a word, a truth value or None as text that reads back to the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return repr(value) if isinstance(value, float) else str(value)


def value_text(value: object, spec: Choice) -> str:
    """Return any field's value as text; `spec` is the spec that holds it."""
    if isinstance(value, tuple) and value and isinstance(value[0], ConvBlock):
        return ",".join(map(block_text, value))
    if isinstance(value, tuple) and value and isinstance(value[0], Edit):
        return edits_text(value, spec.knobs)
    if isinstance(value, tuple):
        return ",".join(map(scalar_text, value))
    return scalar_text(value)


# ------------------------------------------------------------------------------------- a spec


def write(spec: Choice, default: Choice) -> dict[str, str]:
    """Return the fields of `spec` that differ from `default`, flat, as text."""
    texts: dict[str, str] = {}
    for name in type(spec).model_fields:
        value, usual = getattr(spec, name), getattr(default, name, None)
        if isinstance(value, Choice):
            same_kind = type(value) is type(usual)
            texts |= write(value, usual if same_kind else type(value)())
            if not same_kind and name in type(value).model_fields:
                texts[name] = scalar_text(getattr(value, name))
        elif value != usual:
            texts[name] = value_text(value, spec)
    return texts


def read(texts: Mapping[str, str], default: SpecT) -> tuple[SpecT, list[Problem]]:
    """Return the spec that `texts` says, and what in it could not be read.

    A field that is missing, unknown, out of range or nonsense keeps the value of `default`. One that belongs to other
    data, or to another network, than the spec has in the end is named as well.
    """
    problems: list[Problem] = []
    known = set(names(type(default)))
    good: dict[str, str] = {}
    for name, text in texts.items():
        if name not in known:
            problems.append(Problem(name[:40], text[:40], "unknown"))
        elif len(text) > (longest := LONGER_TEXT.get(name, LONGEST_TEXT)):
            problems.append(Problem(name, text[:40], "too long", str(longest)))
        else:
            good[name] = text
    spec = _read(good, default, problems)
    problems += _without_meaning(good, spec, {problem.name for problem in problems})
    return spec, [_with_what_goes(problem, default) for problem in problems]


def values(spec: Choice, path: tuple[str, ...] = ()) -> Iterator[tuple[Choice, tuple[str, ...], object]]:
    """Yield (spec that holds it, path, value) of every field that `spec`, as it is, has at the end of a path."""
    for name in type(spec).model_fields:
        value = getattr(spec, name)
        if isinstance(value, Choice):
            yield from values(value, (*path, name))
        else:
            yield spec, (*path, name), value


def _without_meaning(texts: Mapping[str, str], spec: Choice, told: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for every field in `texts` that `spec` does not have, apart from those `told` already."""
    present = {path: value for _, path, value in values(spec)}
    named = {path[-1] for path in present}
    for name in texts:
        if name not in named and name not in told:
            yield Problem(name, texts[name][:40], "no meaning", _in_its_place(name, type(spec), present))


def _in_its_place(name: str, kind: type[Choice], present: Mapping[tuple[str, ...], object]) -> str:
    """Return the choice that is made where the field of this name would be, such as "network=mlp"."""
    places = [leaf.path[:-1] for leaf in leaves(kind) if leaf.path[-1] == name]
    chosen = ((place[-1], present.get((*place, place[-1]))) for place in places if place)
    return next((f"{choice}={word}" for choice, word in chosen if word is not None), "")


def line(spec: Choice, default: Choice) -> str:
    """Return what sets `spec` apart from `default` as one text: name=value|name=value; nothing where they are equal."""
    return "|".join(f"{name}={text}" for name, text in write(spec, default).items())


def read_line(text: str, default: SpecT) -> SpecT:
    """Return the spec that a text of `line`'s says. Raises: ValueError where a part of it cannot be read."""
    pairs = dict(part.partition("=")[::2] for part in text.split("|") if part)
    spec, problems = read(pairs, default)
    if problems:
        raise ValueError(f"{problems[0].name}: {problems[0].given!r} is {problems[0].reason}")
    return spec


def _with_what_goes(problem: Problem, default: Choice) -> Problem:
    """Return the problem; of the choices it names, those that `default` could have."""
    if problem.reason != "not a choice":
        return problem
    words = problem.allowed.split(", ")
    return problem._replace(allowed=", ".join(word for word in words if _goes(problem.name, word, default)))


def _goes(name: str, word: str, default: Choice) -> bool:
    found: list[Problem] = []
    _read({name: word}, default, found)
    return not found


def _read(texts: Mapping[str, str], default: SpecT, problems: list[Problem]) -> SpecT:
    values: dict[str, object] = {}
    for name, field in type(default).model_fields.items():
        usual = getattr(default, name)
        inside = members(field.annotation)
        if len(inside) > 1 and name in texts:
            usual, texts = _member(inside, name, texts, usual, problems)
        if inside and isinstance(usual, Choice):
            values[name] = _read(texts, usual, problems)
        elif name in texts:
            values[name] = _leaf(name, field, texts[name], usual, values, problems)
        else:
            values[name] = usual
    return _whole(default, values, texts, problems)


def _member(
    inside: tuple[type[Choice], ...], name: str, texts: Mapping[str, str], usual: object, problems: list[Problem]
) -> tuple[object, Mapping[str, str]]:
    """Return the default of the union member that calls itself `texts[name]`, and the texts.

    Where none does: `usual`, the texts without that word, and one more problem.
    """
    words = {word: kind for kind in inside for word in typing.get_args(kind.model_fields[name].annotation)}
    kind = words.get(texts[name])
    if kind is None:
        problems.append(Problem(name, texts[name][:40], "not a choice", ", ".join(words)))
        return usual, {key: text for key, text in texts.items() if key != name}
    return usual if isinstance(usual, kind) else kind.model_validate({name: texts[name]}), texts


def _leaf(
    name: str, field: FieldInfo, text: str, usual: object, before: Mapping[str, object], problems: list[Problem]
) -> object:
    """Return the field's value as `text` says it, or `usual` and one more problem."""
    try:
        return TypeAdapter(Annotated[field.annotation, field]).validate_python(_raw(field, text, before))
    except ValidationError as error:
        problems.append(_problem(name, text, field, error))
    except ValueError as error:
        problems.append(Problem(name, text[:40], "unreadable", str(error)))
    return usual


def _raw(field: FieldInfo, text: str, before: Mapping[str, object]) -> object:
    """Return `text` in the shape that pydantic expects for the field."""
    annotation = str(field.annotation)
    if "Edit" in annotation:
        return read_edits(text, before["knobs"])
    if "ConvBlock" in annotation:
        return tuple(read_block(part) for part in text.split(","))
    if "tuple" in annotation:
        return tuple(part for part in text.split(",") if part)
    if text == "" and "None" in annotation:
        return None
    return text


def _whole(default: SpecT, values: dict[str, object], texts: Mapping[str, str], problems: list[Problem]) -> SpecT:
    """Return the spec of all values; where they do not go together, one field less and one more problem."""
    try:
        return type(default).model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        name = message.partition(":")[0]
        given = texts.get(name, "")
        problems.append(Problem(name[:40], given[:40], "impossible", message.partition(": ")[2]))
        return _without_the_culprit(default, values, name)


def _without_the_culprit(default: SpecT, values: dict[str, object], blamed: str) -> SpecT:
    """Return the spec of all values but the one whose default lets the others stand; the default where none does.

    The one that the complaint names is tried first.
    """
    for name in sorted(values, key=lambda name: name != blamed):
        try:
            return type(default).model_validate({**values, name: getattr(default, name)})
        except ValidationError:
            continue
    return default


def _problem(name: str, text: str, field: FieldInfo, error: ValidationError) -> Problem:
    first = error.errors()[0]
    kind, context = first["type"], first.get("ctx", {})
    if isinstance(wrong := context.get("error"), FormulaError):
        reason, allowed = "not a formula", str(wrong.place + 1)
    elif kind == "string_too_long":
        reason, allowed = "too long", str(context["max_length"])
    elif kind == "string_pattern_mismatch":
        reason, allowed = "unreadable", ""
    elif kind == "literal_error":
        reason, allowed = "not a choice", ", ".join(words(field))
    elif "parsing" in kind or kind.endswith("_type") or kind in ("finite_number", "int_from_float"):
        reason, allowed = "not a number", limits_text(field)
    else:
        reason, allowed = "out of range", limits_text(field)
    return Problem(name, text[:40], reason, allowed)


def words(field: FieldInfo) -> tuple[str, ...]:
    """Return the words among which a field chooses one, or a tuple any; none where it holds something else."""
    inside = typing.get_args(field.annotation)
    if typing.get_origin(field.annotation) is tuple and typing.get_origin(inside[0]) is Literal:
        return typing.get_args(inside[0])
    return inside if typing.get_origin(field.annotation) is Literal else ()


def limits(field: FieldInfo) -> tuple[float | None, float | None]:
    """Return the smallest and the largest value of a field; None where there is no bound.

    For a tuple of numbers they bound each number.
    """
    low = high = None
    for mark in (*field.metadata, *_inner_metadata(field.annotation)):
        low = getattr(mark, "ge", low)
        high = getattr(mark, "le", high)
    return low, high


def _inner_metadata(annotation: object) -> Iterator[object]:
    for part in typing.get_args(annotation):
        if typing.get_origin(part) is Annotated:
            for mark in part.__metadata__:
                yield from getattr(mark, "metadata", (mark,))


def limits_text(field: FieldInfo) -> str:
    """Return the field's limits as "1 … 1024", or nothing where it has none."""
    low, high = limits(field)
    return "" if low is None or high is None else f"{low} … {high}"
