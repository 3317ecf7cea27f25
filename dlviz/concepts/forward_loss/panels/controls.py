"""What is taken apart: which network, trained or not, and which example goes through it."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.forward_loss.panels import stage
from dlviz.concepts.forward_loss.recording import Anatomy
from dlviz.concepts.forward_loss.spec import DEFAULT, USUAL_RUN, Subject, View
from dlviz.ui import fields, links
from dlviz.ui.asking import Failed
from dlviz.ui.fields import option
from dlviz.ui.language import t
from dlviz.words import pages as table

SOURCES = ("flower", "digit", "loan", "yours")


def panel(view: View) -> View:
    """Show the controls and return the view as it is then; another subject has its own numbers, unchanged."""
    subject = view.subject
    source = fields.choice(
        t("forward_loss.source"),
        SOURCES,
        subject.source,
        "forward_loss.source",
        names=lambda name: t(f"forward_loss.source.{name}"),
        help=t("forward_loss.source.help"),
    )
    chosen = subject.model_copy(update={"source": source})
    if source == "yours" != subject.source:
        chosen = links.with_run_of("playground", chosen)
    chosen = _yours(chosen) if source == "yours" else _preset(chosen)
    chosen = _example(chosen)
    if chosen == subject:
        return view
    return view.model_copy(update={"subject": chosen, "changed": "", "walk": 0, "answer": None})


def _preset(subject: Subject) -> Subject:
    trained = _field(subject, "trained")
    bend = fields.choice(
        t("forward_loss.bend"),
        ("relu", "tanh", "sigmoid"),
        subject.bend,
        "forward_loss.bend",
        names=option,
        help=t("forward_loss.bend.help"),
    )
    return subject.model_copy(update={"trained": trained, "bend": bend})


def _field(subject: Subject, name: str) -> object:
    words = {"label": t(f"forward_loss.{name}"), "help": t(f"forward_loss.{name}.help")}
    return fields.field(Subject, name, getattr(subject, name), f"forward_loss.{name}", **words)


def _yours(subject: Subject) -> Subject:
    """Say which run this is, and where runs come from."""
    shape = " → ".join(map(str, subject.sizes))
    words = "forward_loss.yours.usual" if subject.run == USUAL_RUN else "forward_loss.yours"
    st.caption(t(words, data=option(subject.run.data.data), shape=shape, step=f"{subject.step:,}"))
    page = next(one for one in table.PAGES if one.slug == "playground")
    st.page_link(
        page.file,
        label=t("forward_loss.to_playground"),
        icon=":material/hub:",
        query_params=links.of_page("playground"),
    )
    return subject


def _example(subject: Subject) -> Subject:
    words = {"label": t("forward_loss.example"), "help": t("forward_loss.example.help")}
    example = fields.typed(Subject, "example", subject.example, "forward_loss.example", **words)
    st.button(
        t("forward_loss.mistake"),
        key="forward_loss.mistake",
        icon=":material/search:",
        on_click=_mistake,
        help=t("forward_loss.mistake.help"),
        width="stretch",
    )
    return subject.model_copy(update={"example": example})


def _mistake() -> None:
    """Go on to the next example that the network gets wrong, if there is any."""
    view = links.current(DEFAULT)
    try:
        found = stage.known(view)
    except Failed:
        return
    if found is not None and len(found.wrong):
        subject = view.subject.model_copy(update={"example": next_mistake(found)})
        links.put(view.model_copy(update={"subject": subject, "changed": "", "walk": 0, "answer": None}))


def next_mistake(found: Anatomy) -> int:
    """Return the place of the next example that is got wrong, from the first again after the last."""
    later = found.wrong[found.wrong > found.example]
    return int(later[0] if len(later) else found.wrong[0])


def about(view: View) -> None:
    """Say what the network is, what it is shown, and how well it does on what it never learnt from."""
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    subject = view.subject
    if subject.source != "yours":
        st.caption(t(f"forward_loss.about.{subject.source}"))
    if found is None:
        return
    kind = "number" if subject.head == "identity" else "class"
    numbers = {
        "score": f"{100 * found.score:.1f}" if kind == "class" else f"{found.score:.3g}",
        "loss": f"{found.mean_loss:.3g}",
    }
    st.markdown(t(f"forward_loss.quality.{kind}", count=f"{found.count:,}", **numbers))
    if view.changed:
        st.caption(t("forward_loss.with_changes"))
