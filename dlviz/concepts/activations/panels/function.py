"""The function: a few activations and their slopes on one axis, a probe, and what was measured of each."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dlviz.concepts.activations.panels import facts
from dlviz.concepts.activations.panels.answers import answer
from dlviz.concepts.activations.spec import (
    DEFAULT,
    FAMILIES,
    FARTHEST,
    FORMULA,
    LONGEST,
    MOST,
    PARAMETERS,
    Function,
    Parameters,
    View,
)
from dlviz.formula import FormulaError, names_in, read_formula
from dlviz.recording import pack
from dlviz.ui import fields, language, links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.fields import follow, report
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.words import pages as table

STAGE, GALLERY = "activations.stage", "activations.gallery"  # keys of the components
WORDS = ("label", "x", "f", "slope", "at", "spoken", "hint")
PLAYGROUND = "playground"  # the page on which one's own function is used


def panel(view: View) -> None:
    """Show the stage, and beside it what is on it and how."""
    picture, beside = st.columns([2, 1], gap="large")
    with beside, drawer("activations.function"):
        changed = _controls(view)
        if changed != view:
            links.write(changed, DEFAULT)
    with picture:
        _stage(changed)


def name_of(name: Function) -> str:
    """Return what a function is called."""
    return t(f"activations.name.{name}")


# -------------------------------------------------------------------------------------- the stage


def readable(view: View) -> tuple[Function, ...]:
    """Return the functions that can be drawn: one's own is left out while its formula cannot be read."""
    return tuple(name for name in view.functions if name != "own" or _fault(view.formula) is None)


def _fault(formula: str) -> FormulaError | None:
    try:
        read_formula(formula)
    except FormulaError as error:
        return error
    return None


def _stage(view: View) -> None:
    functions = readable(view)
    if not functions:
        st.caption(t("activations.own.nothing"))
        return
    question = (functions, view.parameters, view.formula if "own" in functions else "", view.reach, view.flat_below)
    try:
        found = answer("activations.curves", "curves", *question, note=(functions, view.flat_below))
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None:
        st.skeleton(height=560)
        return
    mount("functions", key=STAGE, data=picture(view, found.value, *found.note), on_change={"probe": _probed})


def picture(view: View, found: object, functions: tuple[Function, ...], limit: float) -> bytes:
    """Return what the stage draws, in the visitor's language."""
    header = {
        "functions": [_drawn(name, one, limit) for name, one in zip(functions, found.facts, strict=True)],
        "reach": float(found.x[-1]),
        "probe": view.probe,
        "seq": _heard(STAGE, "probe").get("seq"),
        "words": {name: t(f"activations.stage.{name}") for name in WORDS},
    }
    return pack(header, {"x": found.x, "values": found.values, "slopes": found.slopes})


def _drawn(name: Function, one: object, limit: float) -> dict[str, object]:
    edge = lambda place: max(-FARTHEST, min(FARTHEST, place))  # noqa: E731 - JSON has no infinity
    return {
        "name": name,
        "label": name_of(name),
        "facts": facts.said(one, limit),
        "flat": [[edge(low), edge(high), dead] for low, high, dead in one.flat],
        "jumps": list(one.jumps),
    }


def _heard(key: str, state: str) -> Mapping[str, object]:
    """Return what the browser said last."""
    return (st.session_state.get(key) or {}).get(state) or {}


def _probed() -> None:
    """Take over where the probe was put."""
    try:
        at = float(_heard(STAGE, "probe").get("value"))
        view = View.model_validate({**dict(links.current(DEFAULT)), "probe": at})
    except (TypeError, ValueError):  # no browser of ours says such a thing
        return
    links.put(view)


# ----------------------------------------------------------------------------------- the controls


def _controls(view: View) -> View:
    view = _parameters(_own(view))
    st.markdown(f"**{t('activations.compare')}**", help=t("activations.compare.help", most=MOST))
    _gallery(view)
    unfolded = fold(t("activations.axis"), "activations-axis")
    if unfolded is None:
        return view
    with unfolded:
        return view.model_copy(update={one: _number(View, one, getattr(view, one)) for one in ("reach", "flat_below")})


def _gallery(view: View) -> None:
    try:
        found = answer("activations.gallery", "gallery", view.parameters, view.formula)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None:
        st.skeleton(height=420)
        return
    header = {
        "families": [
            {
                "label": t(f"activations.family.{family}"),
                "functions": [{"name": one, "label": name_of(one)} for one in names],
            }
            for family, names in FAMILIES.items()
        ],
        "chosen": list(view.functions),
        "most": MOST,
        "seq": _heard(GALLERY, "chosen").get("seq"),
        "words": {name: t(f"activations.gallery.{name}") for name in ("label", "added", "removed", "last")},
    }
    mount("gallery", key=GALLERY, data=pack(header, dict(found.value)), on_change={"chosen": _chosen})


def _chosen() -> None:
    """Take over which functions are compared."""
    view = links.current(DEFAULT)
    try:
        changed = View.model_validate({**dict(view), "functions": tuple(_heard(GALLERY, "chosen").get("names", ()))})
    except (TypeError, ValueError):  # no browser of ours says such a thing
        return
    links.put(changed)


def _parameters(view: View) -> View:
    """Show a slider for each parameter of the functions compared."""
    told = view.parameters
    for name in view.functions:
        for place in PARAMETERS.get(name, {}).values():
            told = _told(told, place, _number(Parameters, place, getattr(told, place)))
    return view.model_copy(update={"parameters": told})


def _told(told: Parameters, name: str, value: float) -> Parameters:
    """Return the parameters with one changed; a slope that would pass the other end of its range takes it along."""
    values = {**dict(told), name: value}
    if values["rrelu_lower"] > values["rrelu_upper"]:
        values["rrelu_upper" if name == "rrelu_lower" else "rrelu_lower"] = value
    return Parameters(**values)


def _number(kind: type, name: str, value: float) -> float:
    words = t(f"activations.{name}"), t(f"activations.{name}.help")
    return fields.field(kind, name, value, f"activations.{name}", label=words[0], help=words[1])


def _own(view: View) -> View:
    """Show where a formula is typed, what is wrong with it, and the way to use it."""
    follow("activations.formula", view.formula)
    typed = st.text_input(
        t("activations.formula"),
        key="activations.formula",
        max_chars=LONGEST,
        help=t("activations.formula.help"),
        placeholder=FORMULA,
    )
    report("activations.formula", typed)
    fault = _fault(typed)
    shown = view.functions if "own" in view.functions else (*view.functions[: MOST - 1], "own")
    if typed != view.formula:
        view = view.model_copy(update={"formula": typed, "functions": shown})
    if fault is not None:
        st.caption(f":red[{reasons.say_formula(fault)}]")
    elif "x" in names_in(read_formula(typed)):
        _use(typed)
    return view


def _use(formula: str) -> None:
    for page in table.existing():
        if page.slug == PLAYGROUND:
            label = t("activations.own.use")
            st.page_link(page.file, label=label, icon=":material/hub:", query_params=in_playground(formula))


def in_playground(formula: str) -> dict[str, str]:
    """Return the parameters of a link to the playground whose network bends its sums with this formula."""
    return {"activation": "own", "own": " ".join(formula.split()), **language.in_link()}
