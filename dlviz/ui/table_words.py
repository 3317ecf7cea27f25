"""What the columns of a table are called, in the viewer's language."""

from __future__ import annotations

from dlviz.spec import Table
from dlviz.ui.language import t
from dlviz.words import catalogue


def column(data: Table, name: str) -> str:
    """Return what a column of a table is called."""
    return t(_key(data, name))


def column_with_unit(data: Table, name: str) -> str:
    """Return what a column of a table is called, with its unit where it has one."""
    unit = f"{_key(data, name)}.unit"
    return column(data, name) + (f" ({t(unit)})" if catalogue.known(unit) else "")


def _key(data: Table, name: str) -> str:
    return f"tables.{data.data.replace('-', '_')}.{name}"
