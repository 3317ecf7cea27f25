"""What to try: a change, a question answered before the run, and the run's own answer after it.

A page has a table of name → Try and, in its words, for each name `preset.<name>` (on the pill),
`preset.<name>.question`, `preset.<name>.found` (with {train}, {validation} and {steps} to fill in) and
`preset.<choices>.0` to `.2` (the answers to choose from).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import streamlit as st

from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import Choice, RunSpec
from dlviz.ui import bench, links
from dlviz.ui.language import t

ViewT = TypeVar("ViewT", bound=Choice)
CHOICES = 3


class Try(NamedTuple):
    """One thing to try: the run it leads to, the words of its choices, and which of them a run proves right."""

    run: RunSpec
    choices: str
    right: Callable[[Moment], int]


class Page(NamedTuple):
    """The page that shows them: the file of its words, its bench, its default view, how it keeps runs, its table."""

    words: str
    bench: str
    default: Choice
    keep: Callable[[ViewT, RunSpec], ViewT]
    tries: Mapping[str, Try]


def panel(page: Page, view: Choice) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    _pills(page, view)
    if view.preset != "none":
        with st.container(border=True, key=f"{page.words}-question"):
            _question(page, view, page.tries[view.preset])


def _pills(page: Page, view: Choice) -> None:
    key = f"{page.words}.try"
    st.session_state[key] = None if view.preset == "none" else view.preset
    st.pills(
        t("tries.try"),
        list(page.tries),
        key=key,
        format_func=lambda name: t(f"{page.words}.preset.{name}"),
        on_change=_choose,
        args=(page,),
    )


def _choose(page: Page) -> None:
    """Take over which pill is on: its question comes first, its run after the answer."""
    chosen = st.session_state.get(f"{page.words}.try") or "none"
    links.put(links.current(page.default).model_copy(update={"preset": chosen, "guess": None}))


def _question(page: Page, view: Choice, chosen: Try) -> None:
    st.markdown(t(f"{page.words}.preset.{view.preset}.question"))
    choices = [t(f"{page.words}.preset.{chosen.choices}.{place}") for place in range(CHOICES)]
    if view.guess is None:
        with st.container(horizontal=True, key=f"{page.words}-choices"):
            for place, words in enumerate(choices):
                st.button(words, key=f"{page.words}.guess.{place}", on_click=_guess, args=(page, place))
        return
    st.markdown(t("tries.your_guess", guess=choices[view.guess]))
    st.fragment(_verdict, run_every=None if _over(page, chosen) else 1.0)(page, view, chosen, choices)


def _guess(page: Page, place: int) -> None:
    """Note the guess, keep the run there was, and start the one that was asked about."""
    view = links.current(page.default)
    run = page.tries[view.preset].run
    kept = page.keep(view, view.run) if view.run != run else view
    links.put(kept.model_copy(update={"guess": place, "run": run, "at": None}))
    bench.move(page.bench, playing=True, at="newest")


def _run(page: Page, chosen: Try) -> Snapshot | None:
    return bench.snapshot(page.bench, chosen.run)


def _over(page: Page, chosen: Try) -> bool:
    one = _run(page, chosen)
    return one is not None and one.state in ("finished", "diverged", "failed", "lost")


def _verdict(page: Page, view: Choice, chosen: Try, choices: list[str]) -> None:
    """Say what the run itself answers, once it has ended."""
    one = _run(page, chosen)
    if one is None or one.state not in ("finished", "diverged") or not one.recording.moments:
        st.caption(t("tries.running"))
        return
    last = one.recording.moments[-1]
    right = chosen.right(last)
    verdict = t("tries.right") if right == view.guess else t("tries.wrong", guess=choices[view.guess])
    percent = {
        name: f"{100 * float(last[f'{name}_accuracy']):.1f}"
        for name in ("train", "validation")
        if f"{name}_accuracy" in last
    }
    found = t(f"{page.words}.preset.{view.preset}.found", **percent, steps=last.step)
    st.markdown(f"**{choices[right]}.** {found} {verdict}")
    told = f"{page.words}.told"
    if st.session_state.get(told) != one.recording.spec.digest:
        st.session_state[told] = one.recording.spec.digest
        st.rerun()
