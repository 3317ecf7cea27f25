"""The controls beside the stage: what is learnt from, how far the model may bend, and the knobs that it learns by."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.spec import DEFAULT, SETS, View
from dlviz.spec import COLUMNS, Curve, Linear, Pairs, RunSpec, Table
from dlviz.ui import fields, futures, links
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.ui.table_words import column

DATA = ("points", "noise", "outliers", "validation_share", "test_share", "train_share")
RUN = ("seed", "epochs")
MORE = ("batch_size", "momentum", "gradient_clip", "schedule", "schedule_epochs", "schedule_factor", "warm_up_epochs")
KINDS = {"pairs": Pairs, "auto-mpg": Table, "diabetes": Table}
ALL, SOME = "all", "some"  # columns
EACH, FOLD = "linear_regression.columns", "linear_regression-each"
DEGREE = "linear_regression.degree"


def panel(view: View) -> View:
    """Show all controls; return the view as the visitor left it."""
    run = _model(_subject(view.run))
    view = futures.changed(view, run, view.run.knobs_at(runs.LAB.step(view)))
    groups = {"knobs": knob_names(view), "more": MORE, "data": DATA, "run": RUN}
    return runs.LAB.controls(view, groups)


def knob_names(view: View) -> tuple[str, ...]:
    """Return the knobs to turn: where Huber's fault bends is one only while it is chosen."""
    huber = ("huber_delta",) if view.run.knobs_at(runs.LAB.step(view)).fault == "huber" else ()
    return ("learning_rate", "optimizer", "fault", *huber, "l1", "l2")


def _subject(run: RunSpec) -> RunSpec:
    """Show what is learnt from, and of a table which columns go in and whether they are scaled."""
    chosen = fields.choice(t("fields.data"), SETS, run.data.data, "linear_regression.data", help=t("fields.data.help"))
    if chosen != run.data.data:
        return run.model_copy(update={"data": other_data(run.data, chosen)})
    if isinstance(run.data, Table):
        return run.model_copy(update={"data": _columns(run.data)})
    return run


def other_data(data: Curve | Pairs | Table, chosen: str) -> Curve | Pairs | Table:
    """Return the data set of this name; among curves, and among tables, what both have stays as it is."""
    kind = KINDS.get(chosen, Curve)
    if not isinstance(data, kind):
        return kind(data=chosen)
    kept = {"columns": ()} if kind is Table else {}
    return data.model_copy(update={"data": chosen, **kept})


def _columns(data: Table) -> Table:
    some = [SOME] if len(data.columns) > 1 else []  # which, the pills below say
    options, now = [ALL, *some, *COLUMNS[data.data]], (*some, *data.columns, ALL)[0]
    words = {one: column(data, one) for one in COLUMNS[data.data]}
    words |= {ALL: t("linear_regression.all_columns", count=len(COLUMNS[data.data]))}
    words |= {SOME: t("linear_regression.some_columns", count=len(data.columns))}
    label, help = t("linear_regression.column"), t("linear_regression.column.help")
    chosen = fields.choice(label, options, now, "linear_regression.column", names=words.get, help=help)
    _each(data, now == ALL)
    scaling = fields.field(Table, "scaling", data.scaling, "linear_regression.scaling")
    columns = data.columns if chosen == now else () if chosen == ALL else (chosen,)
    return data.model_copy(update={"columns": columns, "scaling": scaling})


def _each(data: Table, every: bool) -> None:
    """Show every column of the table: a click lets it in, or leaves it out; folded away while all go in."""
    st.session_state.setdefault(FOLD, not every)  # how it begins; then it stays as the visitor leaves it
    place = fold(t("linear_regression.each"), FOLD)
    if place is None:
        return
    key = f"{EACH}.{data.data}"
    st.session_state[key] = list(data.used)
    with place:
        st.pills(
            t("fields.columns"),
            COLUMNS[data.data],
            key=key,
            selection_mode="multi",
            format_func=lambda name: column(data, name),
            help=t("fields.columns.help"),
            on_change=_choose_columns,
        )


def _choose_columns() -> None:
    """Begin a run with the columns that are marked; all of them are written as none."""
    view = links.current(DEFAULT)
    data = view.run.data
    if not isinstance(data, Table):
        return
    marked = set(st.session_state.get(f"{EACH}.{data.data}") or ())
    columns = tuple(name for name in COLUMNS[data.data] if name in marked)
    data = data.model_copy(update={"columns": () if len(columns) == len(COLUMNS[data.data]) else columns})
    run = view.run.model_copy(update={"data": data})
    links.put(futures.changed(view, run, view.run.knobs_at(runs.LAB.step(view))))


def _model(run: RunSpec) -> RunSpec:
    """Show the slider of the degree, which a click among the degrees moves as well."""
    now = run.network.degree
    return run.model_copy(update={"network": Linear(degree=fields.field(Linear, "degree", now, DEGREE))})
