"""A spec as a group of widgets: name the fields, get them drawn, and get the spec that they make.

    spec = widgets.edit(spec, ["learning_rate", "batch_size"], "cnn")

How a single field is drawn is in `dlviz/ui/fields.py`, how layers are in `dlviz/ui/layers.py`.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from pydantic import ValidationError

from dlviz import codec
from dlviz.spec import Choice
from dlviz.ui import fields, layers
from dlviz.ui.fields import choice, field
from dlviz.ui.language import t

SpecT = typing.TypeVar("SpecT", bound=Choice)

__all__ = ["choice", "edit", "field"]


def edit(
    spec: SpecT, names: Iterable[str], prefix: str, *, only: Mapping[str, Sequence[object]] | None = None
) -> SpecT:
    """Show the widgets of the fields `names` (flat, as in links) and return the spec they make.

    A field of a spec inside `spec` is found by its own name; one that the present data or network
    does not have is left out. `only` narrows the choices of a field. Where the values do not go
    together, one sentence says so and `spec` comes back unchanged.
    """
    wanted = list(names)
    keys: dict[str, object] = {}
    try:
        return _edit(spec, wanted, prefix, only or {}, keys)
    except ValidationError:
        fields.refuse(keys)
        st.warning(t("widgets.impossible", fields=", ".join(t(f"fields.{name.rpartition('.')[2]}") for name in keys)))
        return spec


def _edit(
    spec: SpecT, wanted: list[str], prefix: str, only: Mapping[str, Sequence[object]], keys: dict[str, object]
) -> SpecT:
    changed: dict[str, object] = {}
    for name, declared in type(spec).model_fields.items():
        value, inside = getattr(spec, name), codec.members(declared.annotation)
        if len(inside) > 1 and name in wanted:
            value = _member(inside, name, value, f"{prefix}.{name}", only.get(name))
        if isinstance(value, Choice):
            rest = [other for other in wanted if other != name or len(inside) == 1]
            changed[name] = _edit(value, rest, prefix, only, keys)
        elif name in wanted:
            key = f"{prefix}.{name}"
            keys[key] = value
            changed[name] = _field(spec.model_copy(update=changed), name, key, only.get(name))
    return type(spec).model_validate({**dict(spec), **changed})


def _field(spec: Choice, name: str, key: str, only: Sequence[object] | None) -> object:
    value = getattr(spec, name)
    if name == "blocks":
        return layers.blocks(value, key)
    if isinstance(value, tuple):
        return layers.units(type(spec), name, value, key)
    unused = name == "momentum" and getattr(spec, "optimizer", "momentum") not in ("momentum", "nesterov")
    return field(type(spec), name, value, key, only=only, disabled=unused)


def _member(
    inside: Sequence[type[Choice]], name: str, value: Choice, key: str, only: Sequence[object] | None
) -> Choice:
    """Show which of several specs it is to be, and return `value` or the default of the chosen one."""
    words = {word: kind for kind in inside for word in fields.options_of(kind.model_fields[name])}
    now = getattr(value, name)
    chosen = choice(t(f"fields.{name}"), list(only or words), now, key, help=t(f"fields.{name}.help"))
    if chosen == now:
        return value
    kind = words[chosen]
    return value.model_copy(update={name: chosen}) if isinstance(value, kind) else kind.model_validate({name: chosen})
