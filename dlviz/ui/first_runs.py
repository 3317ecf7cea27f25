"""The runs that are computed before anybody asks, so that the first visitor finds networks that have learnt.

A concept names its own in its spec, as FIRST, the one its page opens with before the others. The home page's network
comes first; then every page's first run, in the order of the menu; then every page's second one, and so on.
"""

from __future__ import annotations

import importlib
import pkgutil
from itertools import zip_longest
from types import ModuleType

import dlviz.concepts
from dlviz.spec import RunSpec
from dlviz.ui import live_network
from dlviz.words.pages import PAGES


def first_runs() -> tuple[RunSpec, ...]:
    """Return the runs to begin with, the most urgent first."""
    known = specs()
    firsts = [getattr(known[page.slug], "FIRST", ()) for page in PAGES if page.slug in known]
    turns = zip_longest(*firsts)  # every page's first, every page's second, …
    return tuple(dict.fromkeys([live_network.RUN, *(run for turn in turns for run in turn if run is not None)]))


def specs() -> dict[str, ModuleType]:
    """Return what each concept's page can show, its module `spec`, by the page's slug."""
    names = [concept.name for concept in pkgutil.iter_modules(dlviz.concepts.__path__)]
    return {name: importlib.import_module(f"dlviz.concepts.{name}.spec") for name in names}
