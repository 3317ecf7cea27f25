"""What to try: a change, a question answered before it, and what the change itself shows after it.

A page has a table of name → Try (a run that is asked about) or Question (whatever else the page computes)
and, in its words, for each name `preset.<name>` (on the pill), `preset.<name>.question`, `preset.<name>.found`
(with what was found to fill in) and `preset.<choices>.0`, `.1` … (the answers to choose from). Its view has
the fields `preset` ("none" or a name of the table) and `guess` (None or the place of an answer). A panel that has
things to try of its own names the part of the view that it is, and how its two fields begin (`deep_`, say).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import streamlit as st

from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import Choice, RunSpec
from dlviz.ui import bench, links
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import part

ViewT = TypeVar("ViewT", bound=Choice)
LOOK = 1.0  # seconds between two looks for an answer that is being computed


class Found(NamedTuple):
    """What came of it: the place of the answer that was right, and what the sentence about it says."""

    right: int
    values: Mapping[str, object]


class Question(NamedTuple):
    """One thing to try: the state it leads to, the words of its choices, and what that state shows.

    `answer` is called until it returns something: None says that the workers are still computing.
    """

    leads_to: Callable[[ViewT], ViewT]
    choices: str
    answer: Callable[[ViewT], Found | None]


class Try(NamedTuple):
    """One run to try: the run it leads to, the words of its choices, and which of them the run proves right."""

    run: RunSpec
    choices: str
    right: Callable[[Moment], int]


class Page(NamedTuple):
    """The page that shows them: the file of its words, its default view, its table; for runs its bench and keeper."""

    words: str
    default: Choice
    tries: Mapping[str, Try | Question]
    bench: str = ""
    keep: Callable[[ViewT, RunSpec], ViewT] | None = None
    part: str = ""  # the field of the view that holds `preset` and `guess`, where the view itself does not
    prefix: str = ""  # what the names of those two begin with

    def chosen(self, view: Choice) -> tuple[str, int | None]:
        """Return what of the table is chosen ("none": nothing), and the answer that was guessed."""
        state = getattr(view, self.part) if self.part else view
        return getattr(state, f"{self.prefix}preset"), getattr(state, f"{self.prefix}guess")

    def having(self, view: ViewT, **changes: object) -> ViewT:
        """Return the view with another `preset` or `guess`."""
        named = {f"{self.prefix}{name}": value for name, value in changes.items()}
        if not self.part:
            return view.model_copy(update=named)
        return view.model_copy(update={self.part: getattr(view, self.part).model_copy(update=named)})


def panel(page: Page, view: Choice) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    _pills(page, view)
    preset, _ = page.chosen(view)
    if preset != "none":
        with st.container(border=True, key=f"{page.words}-question"):
            _question(page, view, page.tries[preset])


def _pills(page: Page, view: Choice) -> None:
    key = f"{page.words}.try"
    preset, _ = page.chosen(view)
    st.session_state[key] = None if preset == "none" else preset
    st.pills(
        t("tries.try"),
        list(page.tries),
        key=key,
        format_func=lambda name: t(f"{page.words}.preset.{name}"),
        on_change=_choose,
        args=(page,),
    )


def _choose(page: Page) -> None:
    """Take over which pill is on: its question comes first, what it leads to after the answer."""
    chosen = st.session_state.get(f"{page.words}.try") or "none"
    links.put(page.having(links.current(page.default), preset=chosen, guess=None))


def _choices(page: Page, chosen: Try | Question) -> list[str]:
    """Return the answers to choose from, in their order."""
    words = all_below(f"{page.words}.preset.{chosen.choices}.")  # a preset's own question may stand among them
    return [words[place] for place in sorted(filter(str.isdecimal, words), key=int)]


def _question(page: Page, view: Choice, chosen: Try | Question) -> None:
    preset, guess = page.chosen(view)
    st.markdown(t(f"{page.words}.preset.{preset}.question"))
    choices = _choices(page, chosen)
    if guess is None or guess >= len(choices):
        with st.container(horizontal=True, key=f"{page.words}-choices"):
            for place, words in enumerate(choices):
                st.button(words, key=f"{page.words}.guess.{place}", on_click=_guess, args=(page, place))
        return
    st.markdown(t("tries.your_guess", guess=choices[guess]))
    over = _found(page, view, chosen) is not None
    part(_verdict, None if over else LOOK)(page, over, chosen, choices)


def _guess(page: Page, place: int) -> None:
    """Note the guess, and go to what was asked about."""
    view = links.current(page.default)
    chosen = page.tries[page.chosen(view)[0]]
    there = chosen.leads_to(view) if isinstance(chosen, Question) else _started(page, view, chosen.run)
    links.put(page.having(there, guess=place))
    if page.bench:
        bench.move(page.bench, playing=True, at="newest")


def _started(page: Page, view: Choice, run: RunSpec) -> Choice:
    """Return the view with this run begun, and the run there was kept."""
    kept = page.keep(view, view.run) if view.run != run else view
    return kept.model_copy(update={"run": run, "at": None})


def _found(page: Page, view: Choice, chosen: Try | Question) -> Found | None:
    """Return what came of it, None while it is being computed."""
    return chosen.answer(view) if isinstance(chosen, Question) else _of_run(page, chosen)


def _of_run(page: Page, chosen: Try) -> Found | None:
    one: Snapshot | None = bench.snapshot(page.bench, chosen.run)
    if one is None or one.state not in ("finished", "diverged") or not one.recording.moments:
        return None
    last = one.recording.moments[-1]
    percent = {
        name: f"{100 * float(last[f'{name}_accuracy']):.1f}"
        for name in ("train", "validation")
        if f"{name}_accuracy" in last
    }
    explained = {name: f"{float(last[f'{name}_r2']):.2f}" for name in ("train", "validation") if f"{name}_r2" in last}
    return Found(chosen.right(last), {**percent, **explained, "steps": last.step})


def _verdict(page: Page, known: bool, chosen: Try | Question, choices: list[str]) -> None:
    """Say what was found, as soon as it is known; the page then looks no more."""
    view = links.current(page.default)
    preset, guess = page.chosen(view)
    found = _found(page, view, chosen)
    if found is None:
        st.caption(t("tries.running" if isinstance(chosen, Try) else "tries.computing"))
        return
    verdict = t("tries.right") if found.right == guess else t("tries.wrong", guess=choices[guess])
    what = t(f"{page.words}.preset.{preset}.found", **{name: _printed(one) for name, one in found.values.items()})
    st.markdown(t("tries.answer", answer=choices[found.right], found=what, verdict=verdict))
    if not known:
        st.rerun()


def _printed(value: object) -> object:
    """Return the value; a number below zero in text has its sign as it is printed everywhere else."""
    below = isinstance(value, str) and value.startswith("-") and value[1:2].isdigit()
    return f"−{value[1:]}" if below else value
