"""Writing names: a beginning goes on letter by letter, by the network and by one that only counts."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.rnn.panels import charts, runs
from dlviz.concepts.rnn.recording import Written
from dlviz.concepts.rnn.spec import DEFAULT, View
from dlviz.data.letters import codes, spells
from dlviz.ui import links, widgets
from dlviz.ui.asking import Answer, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.links import plain

COMPUTE = "dlviz.concepts.rnn.compute"
COUNT = 18  # names of each writer
FIELDS = ("temperature", "top_k")
EVEN = 0.01  # nats a letter: what is nearer is as good


def stage(view: View) -> bool:
    """Show how to write, what may come next, and what was written; return whether an answer is still to come."""
    view = _choose(view)
    found = asked(view)
    if found is None:
        st.caption(t("bench.warming_up"))
        return True
    _names(found.value)
    beginning = found.note
    mount("chart", key="rnn.following", data=charts.following(found.value, beginning))
    return not found.fresh


def asked(view: View) -> Answer | None:
    """Return what is written by the network of the moment on show, with the beginning as its note."""
    lab = runs.lab("writing")
    moment = lab.shown(view)
    if moment is None:
        return None
    beginning = view.beginning if spells(view.beginning) else ""
    how = (tuple(codes(beginning)), view.temperature, view.top_k, COUNT, view.draw)
    return ask("rnn.written", f"{COMPUTE}:written", lab.settled(view), moment.step, *how, note=beginning, wait=0.5)


def _choose(view: View) -> View:
    """Show the beginning and the way letters are drawn; return the view with them."""
    left, right = st.columns([1, 2], gap="medium")
    with left:
        beginning = _beginning(view)
        words, help = t("rnn.again"), t("rnn.again.help")
        st.button(words, key="rnn.again", icon=":material/casino:", help=help, on_click=_again)
    with right:
        changed = widgets.edit(view, FIELDS, "rnn").model_copy(update={"beginning": beginning})
    if beginning and not spells(beginning):
        st.caption(t("rnn.unreadable", typed=plain(beginning)))
    if changed != view:
        links.write(changed, DEFAULT)
    return changed


def _beginning(view: View) -> str:
    key = "rnn.beginning"
    if st.session_state.get(f"{key}.of") != view.beginning:
        st.session_state[key] = view.beginning
    words, help = t("rnn.beginning"), t("rnn.beginning.help")
    found = st.text_input(words, key=key, help=help, max_chars=12, placeholder=t("rnn.beginning.hint"))
    st.session_state[f"{key}.of"] = found
    return found


def _again() -> None:
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"draw": (view.draw + 1) % 1000}))


def _names(found: Written) -> None:
    left, right = st.columns(2, gap="large")
    for place, column in enumerate((left, right)):
        with column:
            score = f"{found.surprise[place]:.2f}"
            st.markdown(t(f"rnn.writer.{place}", order=found.order, surprise=score))
            st.markdown(badges(found.names[place], found.known[place]))
    st.caption(t("rnn.written.legend"))


def badges(names: tuple[str, ...], known: tuple[bool, ...]) -> str:
    """Return the names as Markdown, those in the list grey, the others blue."""
    return " ".join(
        f":{'gray' if listed else 'blue'}-badge[{plain(name) or '–'}]"
        for name, listed in zip(names, known, strict=True)
    )


def evidence(view: View) -> bool:
    """Say which of the two is less surprised by real names; return whether an answer is still to come."""
    found = asked(view)
    if found is None or not found.fresh:
        st.caption(t("rnn.written.counting"))
        return True
    st.markdown(verdict(found.value))
    return False


def verdict(found: Written) -> str:
    """Return which writer is less surprised by the test names, by how much, and how many new names each wrote."""
    network, counts = found.surprise
    who = "even" if abs(network - counts) < EVEN else "network" if network < counts else "counts"
    new = [sum(not listed for listed in row) for row in found.known]
    size = len(found.names[0])
    said = t(f"rnn.written.{who}", network=f"{network:.2f}", counts=f"{counts:.2f}", order=found.order)
    return f"{said} {t('rnn.written.new', network=new[0], counts=new[1], total=size)}"
