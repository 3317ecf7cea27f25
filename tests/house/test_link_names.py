"""In a link every name means one thing: what a page shows is not called as something of the run on its stage."""

import typing

import pytest
from pydantic import BaseModel

from dlviz.spec import RunSpec
from dlviz.ui import first_runs, links

SPECS = first_runs.specs()


def models(annotation: object) -> list[type[BaseModel]]:
    """Return the models that a field may hold."""
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for part in typing.get_args(annotation) for model in models(part)]


def names(kind: type[BaseModel]) -> set[str]:
    """Return the names of a model's fields, and of all below them."""
    below = [names(model) for field in kind.model_fields.values() for model in models(field.annotation)]
    return {*kind.model_fields, *(name for one in below for name in one)}


@pytest.mark.parametrize("slug", SPECS)
def test_what_a_page_shows_is_called_as_nothing_else(slug: str) -> None:
    shown = type(SPECS[slug].DEFAULT).model_fields
    inside = {name: names(model) for name, field in shown.items() for model in models(field.annotation)}
    assert not set(shown) & links.RESERVED
    for below in inside.values():
        assert not (set(shown) - set(inside)) & below
    assert RunSpec not in models(shown.get("run")) or "own" in inside["run"]
