"""The runs of the page about linear regression, and what is known about each without learning."""

from __future__ import annotations

from dlviz.concepts.linear_regression.recording import Sample, Solution
from dlviz.concepts.linear_regression.spec import DEFAULT, LINE, View
from dlviz.spec import Curve, Knobs, Pairs, RunSpec, Table
from dlviz.ui import kept_runs
from dlviz.ui.asking import ask
from dlviz.ui.fields import option
from dlviz.ui.language import t
from dlviz.ui.learning import Lab
from dlviz.ui.table_words import column

KEY = "linear_regression"
COMPUTE = "dlviz.concepts.linear_regression.compute"
UNSAID = ("data", "pairs", "columns", "epochs", "points", "noise", "validation_share", "test_share", "degree")
LAST = 10_000_000  # later than any step


def name(run: RunSpec) -> str:
    """Return what a run is called on a chart: its data, its degree, and what sets it apart, in few words."""
    parts = [subject(run), *([t("linear_regression.degree_of", degree=run.network.degree)] if bends(run) else [])]
    return ", ".join([*parts, *kept_runs.differences(run, LINE, unsaid=UNSAID)][:4])


def subject(run: RunSpec) -> str:
    """Return what the run learns from: the name of the data, or of the one column that goes in."""
    if isinstance(run.data, Table) and len(run.data.used) == 1:
        return column(run.data, run.data.used[0])
    return option(run.data.data)


LAB = Lab(KEY, DEFAULT, LINE, name)


def bends(run: RunSpec) -> bool:
    """Return whether powers of the inputs go in as well."""
    return run.network.degree > 1


def single(run: RunSpec) -> bool:
    """Return whether one number goes in, so that the model is a curve over it."""
    return run.data.shape == (1,)


def on_bowl(run: RunSpec) -> bool:
    """Return whether the model has one weight and a bias, so that its loss is a bowl over both."""
    return single(run) and not bends(run)


def knobs(view: View) -> Knobs:
    """Return the knobs with which the run ends: they decide where the loss is lowest."""
    return view.run.knobs_at(LAST)


# ----------------------------------------------------------------------------- what is called how


def target(run: RunSpec) -> str:
    """Return what is predicted, with its unit where it has one."""
    if not isinstance(run.data, Table):
        return "y"
    unit = unit_of(run)
    return t(f"tables.{_slug(run.data)}.target") + (f" ({unit})" if unit else "")


def unit_of(run: RunSpec) -> str:
    """Return the unit of what is predicted; nothing where it has none."""
    return t("tables.auto_mpg.target.unit") if run.data.data == "auto-mpg" else ""


def weight_names(run: RunSpec) -> list[str]:
    """Return what each weight belongs to: a column or x, and its power."""
    names = [column(run.data, one) for one in run.data.used] if isinstance(run.data, Table) else ["x"]
    return [one + raised(power) for power in range(1, run.network.degree + 1) for one in names]


def raised(power: int) -> str:
    """Return a power as it is written behind a name; nothing for the first."""
    return "" if power == 1 else "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(power))


def _slug(data: Table) -> str:
    return data.data.replace("-", "_")


def drawn(run: RunSpec) -> bool:
    """Return whether the points may be painted: they are the visitor's own, or drawn by a rule."""
    return isinstance(run.data, Curve | Pairs)


def beside(view: View) -> list[str]:
    """Return the digests of the kept runs whose weights mean the same as those of the run on the stage."""
    device, run = LAB.settled(view).device, view.run
    same = [one for one in LAB.kept(view) if _learns(one) == _learns(run)]
    return [named.digest for one in same for named in (one, one.model_copy(update={"device": device}))]


def _learns(run: RunSpec) -> tuple[object, ...]:
    return run.data, run.network, run.seed_of_data


# ------------------------------------------------------------------------------- what is computed


def sample(view: View) -> Sample | None:
    """Return the run's points, None while they are on their way."""
    found = ask("linear.sample", f"{COMPUTE}:sample", view.run.data, view.run.seed_of_data)
    return found.value if found is not None and found.fresh else None


def solution(view: View) -> Solution | None:
    """Return where the loss of the run is lowest, None while that is being computed."""
    found = ask(
        "linear.solution", f"{COMPUTE}:solution", view.run.data, view.run.seed_of_data, view.run.network, knobs(view)
    )
    return found.value if found is not None and found.fresh else None
