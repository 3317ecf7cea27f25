"""The runs that are computed before anybody asks, so that the first visitor finds networks that have learnt.

A concept names its own in its spec, as FIRST; the home page's network comes before all others.
"""

from __future__ import annotations

import importlib
import pkgutil

import dlviz.concepts
from dlviz.spec import RunSpec
from dlviz.ui import live_network


def first_runs() -> tuple[RunSpec, ...]:
    """Return the runs to begin with, the most urgent first."""
    found = [live_network.RUN]
    for concept in pkgutil.iter_modules(dlviz.concepts.__path__):
        spec = importlib.import_module(f"dlviz.concepts.{concept.name}.spec")
        found += getattr(spec, "FIRST", ())
    return tuple(found)
