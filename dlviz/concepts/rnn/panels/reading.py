"""One reading: a name, a row of signs or some years go through the network on the stage, step by step."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dlviz.concepts.rnn.panels import film, runs, written, years
from dlviz.concepts.rnn.panels.film import Read, Shown
from dlviz.concepts.rnn.spec import DEFAULT, LONGEST_TYPED, View
from dlviz.data.letters import SYMBOLS, codes, folded, spells
from dlviz.sets import TONGUES
from dlviz.ui import bench, crowd, fields, links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import part

KEY = "rnn.unrolled"
LOOK = 0.4  # seconds between two looks while the network learns
SIGNS = "ABCDEFGH"
BLANK = "·"
NOTHING = "▸"  # what is read before the first letter of a name that is written
CROWDED = 42  # steps from which only each fifth is written
TYPED = ("names", "writing")  # parts where a name is typed
ABOVE = {"sunspots": years.stage, "writing": written.stage}  # what stands over the reading


def panel() -> None:
    """Show the reading; while the network learns, it is looked at again and again."""
    part(_panel, crowd.pace(LOOK) if _moving() else None)(_moving())


def _moving() -> bool:
    return bench.moves(runs.BENCH, links.current(DEFAULT).run) or bool(st.session_state.get("rnn.owed"))


def _panel(moving: bool) -> None:
    view = links.current(DEFAULT)
    if view.part == "recall":
        view = _choose_sign(view)
    try:
        owed = ABOVE[view.part](view) if view.part in ABOVE else False
        st.session_state["rnn.owed"] = _show(view, read_of(links.current(DEFAULT))) or owed
    except Failed as failure:
        st.session_state["rnn.owed"] = False
        st.warning(reasons.say(str(failure)))
    if moving != _moving():
        st.rerun()


def read_of(view: View) -> Read:
    """Return what the view says is read; while what is typed cannot be read, the last name that could be."""
    return {"recall": _row, "sunspots": _years}.get(view.part, _name)(view)


def _row(view: View) -> Read:
    data, sign = view.run.data, min(view.sign, view.run.data.signs - 1)
    symbols = (SIGNS[sign], *(BLANK * data.delay))
    read = (1 + sign, *(0 for _ in range(data.delay)))
    return Read("reading", (read, sign), symbols, "classes", tuple(SIGNS[: data.signs]), sign)


def _years(view: View) -> Read:
    first = view.origin - view.run.data.window
    return Read("years", (view.origin,), tuple(map(str, range(first, view.origin + 1))), "years")


def _name(view: View) -> Read:
    if spells(view.typed):
        st.session_state["rnn.readable"] = view.typed
    name = folded(st.session_state.get("rnn.readable", View().typed))
    letters = tuple(codes(name))
    if view.part == "names":
        return Read("reading", (letters,), tuple(name), "classes", TONGUES)
    return Read("letters", (letters,), (NOTHING, *name), "letters", SYMBOLS, next=(*letters, 0))


def _choose_sign(view: View) -> View:
    signs = list(range(view.run.data.signs))
    sign = fields.choice(
        t("rnn.sign"), signs, min(view.sign, signs[-1]), "rnn.sign", names=SIGNS.__getitem__, segments=len(signs)
    )
    if sign != view.sign:
        view = view.model_copy(update={"sign": sign})
        links.write(view, DEFAULT)
    return view


def _show(view: View, read: Read) -> bool:
    """Show the reading; return whether some of it is still to come."""
    shown = film.asked(view, read)
    if shown is None:
        st.caption(t("bench.warming_up"))
        return True
    said = (st.session_state.get(KEY) or {}).get("typed") or {}
    mount("unrolled", key=KEY, data=message(view, shown, said.get("seq")), on_change={"typed": _typed})
    return not shown.whole


def _typed() -> None:
    """Take over what was typed, letter by letter."""
    said = st.session_state[KEY].get("typed") or {}
    view = links.current(DEFAULT)
    links.write(view.model_copy(update={"typed": str(said.get("text", ""))[:LONGEST_TYPED]}), DEFAULT)


# ----------------------------------------------------------------------------------------- the picture


def message(view: View, shown: Shown, seq: object = None) -> bytes:
    """Return the reading as the browser draws it."""
    read, typed = shown.read, view.part in TYPED
    header = {
        "every": _every(read),
        "classes": _classes(read),
        "playing": typed,
        "seq": seq,
        "field": _field(view) if typed else None,
    }
    return film.message(shown, _words(view, shown), **header)


def _every(read: Read) -> int:
    return 5 if read.about == "years" or len(read.symbols) > CROWDED else 1


def _classes(read: Read) -> list[str]:
    """Return what the network tells apart, in words."""
    if read.about == "letters":
        return [t("rnn.following.end"), *({" ": "␣"}.get(one, one) for one in read.classes[1:])]
    return [t(f"options.{one}") for one in read.classes] if read.classes == TONGUES else list(read.classes)


def _words(view: View, shown: Shown) -> Mapping[str, object]:
    network = shown.run.network
    return {
        "label": t("rnn.reading.label"),
        "belief": t(f"rnn.belief.{view.part}"),
        "state": t("rnn.state", count=network.state),
        "gradient": t(f"rnn.gradient.{view.part}"),
        "gates": {one: t(f"rnn.gate.{network.network}.{one}") for one in shown.reading.gates},
        "said": t(f"rnn.said.{view.part}"),
    }


def _field(view: View) -> Mapping[str, object]:
    return {
        "value": view.typed,
        "label": t("rnn.typed"),
        "hint": t("rnn.typed.hint"),
        "most": LONGEST_TYPED,
        "trouble": t("rnn.unreadable", typed=view.typed) if view.typed.strip() and not spells(view.typed) else None,
    }
