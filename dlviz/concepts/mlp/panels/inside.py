"""Inside: one test digit, what every hidden unit makes of it, and what comes out."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.recording import Inside
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

KEY = "mlp.inside"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 0.7  # seconds between two looks while the run goes on
NAMED = 8  # every so-manieth unit has its number under the bars


def panel(_: View) -> None:
    """Show one digit and what each layer makes of it at the moment on show."""
    keep_looking(KEY, _panel, LOOK)


def _panel(waiting: bool) -> None:
    view = links.current(DEFAULT)
    lab = parts.lab(view)
    moment = lab.shown(view)
    try:
        found = moment and ask(KEY, f"{COMPUTE}:inside", lab.settled(view), moment.step, view.number)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t("bench.warming_up"))
    else:
        _show(view, found.value)
    now = lab.now(view)
    moving = now is None or now.state in ("waiting", "training", "starting")
    looked(KEY, waiting, moving or found is None or not found.fresh)


def _show(view: View, found: Inside) -> None:
    left, right = st.columns([1, 3], gap="large")
    with left:
        _digit(view, found)
    with right:
        for number, values in enumerate(found.layers, 1):
            _layer(number, values)
        names = [{"label": t("mlp.inside.answer"), "note": "", "main": True}]
        header = {"readers": names, "empty": False, "words": _words()}
        mount("answer", key="mlp.answer", data=pack(header, {"probabilities": found.probabilities[None]}))


def _digit(view: View, found: Inside) -> None:
    called = t("mlp.inside.digit", label=found.label)
    st.markdown(f"**{called}**")
    header = {"ramp": "grey", "words": {"label": called, "value": t("mlp.inside.ink")}}
    values = np.ascontiguousarray(found.picture, np.float32) / 255
    mount("heat", key="mlp.digit", data=pack(header, {"values": values}))
    with st.container(horizontal=True, key="mlp-digit"):
        _turn("before", -1, ":material/chevron_left:", view.number == 0)
        _turn("next", 1, ":material/chevron_right:", False)


def _turn(name: str, step: int, icon: str, disabled: bool) -> None:
    look = {"icon": icon, "disabled": disabled}
    st.button(t(f"mlp.inside.{name}"), key=f"mlp.digit.{name}", on_click=_move, args=(step,), **look)


def _move(step: int) -> None:
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"number": max(0, view.number + step)}))


def _layer(number: int, values: np.ndarray) -> None:
    quiet = int((np.abs(values) < 1e-6).sum())
    st.markdown(t("mlp.inside.layer", number=number, count=len(values), quiet=quiet))
    header = {
        "kind": "bars",
        "series": [t("mlp.inside.output")],
        "names": [str(unit) for unit in range(len(values))],
        "x_label": t("mlp.inside.unit"),
        "y_label": t("mlp.inside.output"),
        "percent": False,
        "every": NAMED if len(values) > NAMED else 1,
        "height": 130,
        "words": {"label": t("mlp.inside.label", number=number), "at": t("mlp.inside.at")},
    }
    arrays = {"values": values[None].astype(np.float32), "quiet": np.zeros(len(values), np.uint8)}
    mount("chart", key=f"mlp.layer.{number}", data=pack(header, arrays))


def _words() -> dict[str, str]:
    return {name: t(f"mlp.inside.answer.{name}") for name in ("empty", "announce", "scale")}
