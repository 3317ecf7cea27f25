"""The models side by side: every run is trained here, or taken from the shelf where it was trained before."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.model_zoo.panels.rows import UNDER_WAY, row
from dlviz.concepts.model_zoo.recording import Cost
from dlviz.concepts.model_zoo.spec import DEFAULT, MODELS, MOST_SEEDS, Model, View, named
from dlviz.engine.followed import OVER, Snapshot, Watch
from dlviz.engine.host import HOLD, PLAY
from dlviz.spec import RunSpec
from dlviz.ui import bench, crowd, fields, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import part

KEY, COMPUTE = "model_zoo", "dlviz.concepts.model_zoo.compute"
LOOK, IDLE_LOOK = 0.6, 4.0  # seconds between two looks while something trains, and while nothing does
AT_ONCE = 3  # runs that go on at the same time: more would only wait for each other
COUNTS = (1, 3, 5, MOST_SEEDS)
TASKS = tuple(dict.fromkeys(model.task for model in MODELS))


def panel(view: View) -> View:
    """Show how many seeds there are to be, and the table; return the view as the visitor left it."""
    seeds = fields.choice(
        t("model_zoo.seeds"),
        sorted({*COUNTS, view.seeds}),
        view.seeds,
        "model_zoo.seeds",
        names=str,
        help=t("model_zoo.seeds.help"),
        segments=len(COUNTS) + 1,
        width="content",
    )
    view = view.model_copy(update={"seeds": seeds})
    busy = st.session_state.get(f"{KEY}.busy", True)
    part(_look, crowd.pace(LOOK) if busy else IDLE_LOOK)(busy)
    return view


def runs_of(model: Model, seeds: int) -> list[Snapshot | None]:
    """Return a model's runs from so many seeds as they stand; None while the workers warm up."""
    return [one and one.snapshot() for one in map(_held, model.seeded(seeds))]


def _held(run: RunSpec) -> Watch | None:
    return bench.watch(f"{KEY}.{run.digest}", run)


def train_on(view: View) -> dict[str, list[Snapshot | None]]:
    """Return every model's runs as they stand, by its name, and let the next few of them go on.

    First each model's first seed, then each one's second, and so on: so all have a score soon.
    """
    held = {model.name: [_held(run) for run in model.seeded(view.seeds_of(model))] for model in MODELS}
    stand = {name: [one and one.snapshot() for one in those] for name, those in held.items()}
    inside = [name for name in held if view.task in ("all", named(name).task)]
    places = sorted((seed, order, name) for order, name in enumerate(inside) for seed in range(len(held[name])))
    going = [(name, seed) for seed, _, name in places if (now := stand[name][seed]) is None or now.state not in OVER]
    for name, those in held.items():
        for seed, one in enumerate(those):
            if one is not None:
                one.want(PLAY if (name, seed) in going[:AT_ONCE] else HOLD)
    return stand


def _look(busy: bool) -> None:
    view = links.current(DEFAULT)
    stand = train_on(view)
    costs = _costs()
    rows = [row(model, cost, _floor(model), stand[model.name]) for model, cost in zip(MODELS, costs, strict=True)]
    look = {"task": view.task, "sort": view.sort, "falling": view.falling, "axis": view.axis}
    tasks = [{"name": "all", "text": t("model_zoo.task.all")}]
    tasks += [{"name": task, "text": t(f"model_zoo.task.{task}")} for task in TASKS]
    full = [model.name for model in MODELS if view.seeds_of(model) == MOST_SEEDS]
    data = {"view": look, "tasks": tasks, "rows": rows, "full": full, "words": all_below("model_zoo.zoo.")}
    told = {"look": _turned, "more": _more}
    mount("zoo", key="model_zoo.zoo", data=data, default={"look": {}, "more": {}}, on_change=told)
    now = any(one is None or one.state in UNDER_WAY for those in stand.values() for one in those)
    st.session_state[f"{KEY}.busy"] = now
    if now != busy:
        st.rerun()


def _turned() -> None:
    """Take over how the table is sorted and narrowed; what is none of its words is left alone."""
    said = (st.session_state.get("model_zoo.zoo") or {}).get("look") or {}
    view = links.current(DEFAULT)
    known = {name: said[name] for name in ("task", "sort", "falling", "axis") if name in said}
    try:
        links.write(View.model_validate({**dict(view), **known}), DEFAULT)
    except ValueError:
        return


def _more() -> None:
    """Train one model from one seed more."""
    name = ((st.session_state.get("model_zoo.zoo") or {}).get("more") or {}).get("name")
    view = links.current(DEFAULT)
    if name in {model.name for model in MODELS} and view.seeds_of(named(name)) < MOST_SEEDS:
        links.write(view.model_copy(update={"extra": (*view.extra, name)}), DEFAULT)


def _costs() -> list[Cost | None]:
    found = ask("model_zoo.costs", f"{COMPUTE}:costs", tuple(model.run for model in MODELS))
    return [None] * len(MODELS) if found is None else found.value


def _floor(model: Model) -> float | None:
    """Return the score that one gets on a task without learning."""
    first = next(one for one in MODELS if one.task == model.task)
    found = ask(f"model_zoo.floor.{model.task}", f"{COMPUTE}:without_learning", first.run, wait=0)
    return None if found is None else found.value
