"""Which language the visitor reads, and every word in it.

The order is: `lang` in the link, what was chosen in this session, what the browser speaks, English.
A choice goes into the link, so that whoever opens it reads the same; a mere guess does not.
"""

from __future__ import annotations

import streamlit as st

from dlviz.ui import addresses
from dlviz.words import catalogue

NAME = "lang"  # in the link
SWITCH = "language"  # key of the switch in the frame, which holds "en" or "zh"
NAMES = {"en": "EN", "zh": "中文"}  # each language names itself
_SEEN, _CHOSEN, _BEFORE = "language.seen", "language.chosen", "language.before"


def settle() -> bool:
    """Decide this run's language and return whether it differs from the last run's.

    The frame calls it once, before anything is drawn.
    """
    state = st.session_state
    link = st.query_params.get(NAME)
    if link in NAMES and (link not in state.get(_SEEN, ()) or addresses.by_history()):
        state[SWITCH] = link
        state[_CHOSEN] = True
    seen(link)
    if state.get(SWITCH) not in NAMES:  # a page that leads to another is left before the switch is drawn: it is lost
        state[SWITCH] = state.get(_BEFORE) or guess()
    before = state.get(_BEFORE, state[SWITCH])
    state[_CHOSEN] = state.get(_CHOSEN, False) or state[SWITCH] != before
    state[_BEFORE] = state[SWITCH]
    return before != state[SWITCH]


def guess() -> str:
    """Return "zh" where the browser speaks Chinese, else "en"."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def now() -> str:
    """Return this run's language, "en" or "zh"."""
    return st.session_state.get(_BEFORE, "en")


def in_link() -> dict[str, str]:
    """Return what every link must say about the language: nothing where it was only guessed."""
    return {NAME: now()} if st.session_state.get(_CHOSEN) else {}


def seen(link: str | None) -> None:
    """Note what the address says; a busy browser may send it again after the switch was turned, so it is no news."""
    st.session_state[_SEEN] = {*st.session_state.get(_SEEN, ()), link}


def t(key: str, /, **values: object) -> str:
    """Return the words of `key` ("file.name") in this run's language, with `values` filled in.

    Raises: KeyError where there are none.
    """
    return catalogue.text(key, now(), **values)


def all_below(key: str) -> dict[str, str]:
    """Return the words of all names that begin with `key` ("file.start."), by the rest of the name."""
    file, _, start = key.partition(".")
    place = catalogue.LANGUAGES.index(now())
    rows = catalogue.words(file).items()
    return {name.removeprefix(start): both[place] for name, both in rows if name.startswith(start)}


def prose(page: str, section: str) -> str:
    """Return one section of the page's prose in this run's language, as Markdown.

    Raises: KeyError where the section is missing, FileNotFoundError where the page has no prose.
    """
    return catalogue.prose(page, now())[section]
