"""The runs that are computed before anybody asks, so that the first visitor finds networks that have learnt.

A concept names its own in its spec, as FIRST; the home page's network comes before all others.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import dlviz.concepts
from dlviz.spec import RunSpec
from dlviz.ui import live_network


def first_runs() -> tuple[RunSpec, ...]:
    """Return the runs to begin with, the most urgent first."""
    found = [live_network.RUN]
    for spec in specs().values():
        found += getattr(spec, "FIRST", ())
    return tuple(found)


def specs() -> dict[str, ModuleType]:
    """Return what each concept's page can show, its module `spec`, by the page's slug."""
    names = [concept.name for concept in pkgutil.iter_modules(dlviz.concepts.__path__)]
    return {name: importlib.import_module(f"dlviz.concepts.{name}.spec") for name in names}
