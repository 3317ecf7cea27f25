"""The lab of the page: its bench and its runs, and what their rows and classes are called."""

from __future__ import annotations

from dlviz.concepts.logistic_regression.recording import Rows
from dlviz.concepts.logistic_regression.spec import CLOUDS, DEFAULT, View
from dlviz.spec import RunSpec, Table
from dlviz.ui import kept_runs
from dlviz.ui.asking import ask
from dlviz.ui.language import t
from dlviz.ui.learning import Lab

KEY = "logistic_regression"
COMPUTE = "dlviz.concepts.logistic_regression.compute"
COLOURS = ("orange", "blue", "green")  # of the classes on the plane, in their order
CLASSES = {"breast-cancer": ("benign", "malignant"), "wine": ("barolo", "grignolino", "barbera")}
UNSAID = ("epochs", "data", "rows", "points", "validation_share", "test_share")


def name(run: RunSpec) -> str:
    """Return what a run is called on a chart: its data, and what sets it apart, in few words."""
    data = t(f"{KEY}.set.{run.data.data}")
    return ", ".join([data, *kept_runs.differences(run, CLOUDS, unsaid=UNSAID)][:4])


LAB = Lab(KEY, DEFAULT, CLOUDS, name)


def rows(view: View) -> Rows | None:
    """Return the rows of the run on the stage, None while the workers warm up."""
    found = ask(f"{KEY}.rows", f"{COMPUTE}:rows", view.run.data, view.run.seed)
    return found.value if found is not None and found.fresh else None


def classes(run: RunSpec) -> list[str]:
    """Return what the classes are called: by their colours on the plane."""
    if isinstance(run.data, Table):
        return [t(f"tables.{_file(run.data)}.{one}") for one in CLASSES[run.data.data]]
    return [t(f"{KEY}.class.{one}") for one in COLOURS[: run.data.outputs]]


def columns(run: RunSpec) -> list[str]:
    """Return what the inputs are called."""
    if isinstance(run.data, Table):
        return [t(f"tables.{_file(run.data)}.{one}") for one in run.data.used]
    return ["x₁", "x₂"]


def source(run: RunSpec) -> str:
    """Return where a real table is from; nothing for points on the plane."""
    return t(f"tables.{_file(run.data)}.source") if isinstance(run.data, Table) else ""


def _file(data: Table) -> str:
    return data.data.replace("-", "_")


def two(run: RunSpec) -> bool:
    """Return whether there are two classes, and so one sum and one threshold."""
    return run.outputs == 1
