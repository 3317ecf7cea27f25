"""The address of a page is its state: who opens the link sees exactly this.

A page holds one state, a frozen value such as a `View` with a `RunSpec` inside. At its top it reads
the state from the address, its widgets make a new one of it, and after them it writes that back:

    view, problems = links.read(View())
    links.show(problems)
    view = widgets.edit(view, ["learning_rate"], "cnn")
    links.write(view, View())

The address is believed when somebody else wrote it (a link, Back, Forward); otherwise the state
kept in the session holds, which also survives a visit to another page. A browser that is busy may
still send the address from before our last writes: that is no news. A callback (a preset, a fork)
changes the state with `put`. Code in a fragment must take the state from `current`, because a
fragment's arguments are as old as the last run of the whole page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

import streamlit as st

from dlviz import codec
from dlviz.spec import Choice
from dlviz.ui import addresses, fields, language
from dlviz.words import catalogue

REMEMBERED = 32  # addresses that a busy browser may still send
ON_ITS_WAY = 2.0  # seconds that an address we wrote may take to come back from the browser
TOLD = 3  # problems of which the sentence says what is wrong
NAMED = 12  # and which it names; the rest is counted
RESERVED = {language.NAME, addresses.DROPPED}
_PAGE, _KEPT, _ENTERED, _SENT = "links.page", "links.kept", "links.entered", "links.sent"
_ERA = "links.era"

StateT = TypeVar("StateT", bound=Choice)


class Kept(NamedTuple):
    """The last state of a page, the address that says it, and what could not be read in the link it came from.

    `before` holds the addresses of this visit that we wrote earlier, newest last.
    """

    state: Choice
    address: Mapping[str, str]
    problems: Sequence[codec.Problem] = ()
    before: Sequence[Mapping[str, str]] = ()


# ------------------------------------------------------------------------------------- reading


def enter(slug: str) -> None:
    """Note which page is about to run; the frame calls it before every page."""
    st.session_state[_ENTERED] = st.session_state.get(_PAGE) != slug
    if st.session_state[_ENTERED]:
        st.session_state.pop(_SENT, None)
    st.session_state[_PAGE] = slug


def read(default: StateT) -> tuple[StateT, list[codec.Problem]]:
    """Return the page's state, and what in its link could not be read; `default` is the state of a bare address."""
    kept, address = _kept(default), _address()
    if kept is None or _is_news(address, kept):
        state, problems = codec.read(address, default)
        kept = Kept(state, address, [*_about_all_links(), *problems])
        _keep(kept)
        st.session_state.pop(_SENT, None)
        st.session_state[_ERA] = era() + 1
        fields.forget()
    return kept.state, list(kept.problems)


def _is_news(address: Mapping[str, str], kept: Kept) -> bool:
    """Return whether somebody else than this page wrote the address."""
    if address == kept.address:
        return False
    if st.session_state.get(_ENTERED):  # from the menu, a bare address means the page as it was left
        return bool(address) or addresses.by_history()
    return addresses.by_history() or address not in kept.before


def current(default: StateT) -> StateT:
    """Return the page's state as last read, written or put, or `default` where there is none yet."""
    kept = _kept(default)
    return default if kept is None else kept.state


def era() -> int:
    """Return how often this session took a page's state from an address.

    What a picture says of where its visitor stands may come after Back was pressed, and would undo it: so it names the
    era of the state that it was told, and what it says of an earlier one is not heard.
    """
    return st.session_state.get(_ERA, 0)


def state() -> Choice | None:
    """Return the state of the page at hand, whatever it is, None where it has none."""
    kept = st.session_state.get(_KEPT, {}).get(st.session_state.get(_PAGE, ""))
    return None if kept is None else kept.state


def _kept(default: Choice) -> Kept | None:
    """Return what is kept of the page at hand, unless it is of another kind than `default`."""
    kept = st.session_state.get(_KEPT, {}).get(st.session_state.get(_PAGE, ""))
    return kept if kept is not None and type(kept.state) is type(default) else None


def _keep(kept: Kept) -> None:
    rows = st.session_state.get(_KEPT, {})
    st.session_state[_KEPT] = {**rows, st.session_state.get(_PAGE, ""): kept}


def _address() -> dict[str, str]:
    """Return what the address says about the page's state; of a repeated name, the last value."""
    return {name: text for name, text in st.query_params.to_dict().items() if name not in RESERVED}


def _about_all_links() -> list[codec.Problem]:
    """Return what is wrong with the parts of the link that every page has."""
    found = [codec.Problem(name, "", "too long") for name in addresses.dropped(st.query_params.to_dict())]
    spoken = st.query_params.get(language.NAME)
    if spoken is not None and spoken not in language.NAMES:
        found.append(codec.Problem(language.NAME, spoken[:40], "not a choice", ", ".join(language.NAMES)))
    return found


# ------------------------------------------------------------------------------------- writing


def write(state: Choice, default: Choice) -> None:
    """Keep `state` as the page's, and let the address say it; a changed address is one step for Back."""
    texts, kept = codec.write(state, default), _kept(default)
    problems = kept.problems if kept is not None and kept.state == state else ()
    before = kept.before if kept is not None else ()
    if kept is not None and texts != kept.address:
        before = (*before, kept.address)[-REMEMBERED:]
    _keep(Kept(state, texts, problems, before))
    fields.settle()
    _write(texts)


def put(state: Choice) -> None:
    """Make `state` the page's from its next run on; callbacks use it, and widgets follow."""
    kept = _kept(state)
    _keep(Kept(state, _address()) if kept is None else kept._replace(state=state, problems=()))
    fields.forget()


def leave() -> None:
    """Let the address name the language after a page that wrote nothing; the frame calls it after every page."""
    fields.settle(all_parts=True)
    _write(_address())


def _write(texts: Mapping[str, str]) -> None:
    """Tell the browser the address, unless it is what it sent, or was told a moment ago.

    Told twice, it could hear it for the second time just after the visitor went back, and be taken forth again.
    """
    wanted = {**texts, **language.in_link()}
    last, when = st.session_state.get(_SENT, (None, 0.0))
    if wanted == st.query_params.to_dict() or (wanted == last and time.monotonic() - when < ON_ITS_WAY):
        return
    language.seen(wanted.get(language.NAME))
    st.query_params.from_dict(wanted)  # a waiting click may end the run in here: then it was not told
    st.session_state[_SENT] = wanted, time.monotonic()


def of_page(slug: str) -> dict[str, str]:
    """Return the parameters of a link to the page as this session left it, the language included."""
    kept = st.session_state.get(_KEPT, {}).get(slug)
    return {**(kept.address if kept else {}), **language.in_link()}


def with_run_of(slug: str, state: StateT) -> StateT:
    """Return the state with the run, and its moment, that this session left on another page.

    As it is where the session was not there, or where the state cannot hold that run.
    """
    kept = st.session_state.get(_KEPT, {}).get(slug)
    if kept is None:
        return state
    try:
        return type(state).model_validate({**dict(state), "run": kept.state.run, "at": kept.state.at})
    except ValueError:
        return state


# ------------------------------------------------------------------------------------- showing


def show(problems: Sequence[codec.Problem]) -> None:
    """Show one sentence that names the fields that could not be read; nothing where all could."""
    if problems:
        st.warning(sentence(problems, language.now()), icon=":material/link_off:")


def sentence(problems: Sequence[codec.Problem], spoken: str) -> str:
    """Return the sentence, as Markdown in the language `spoken`, in which nothing given can act as Markdown."""
    parts = [_part(problem, spoken) for problem in problems[:TOLD]]
    if len(problems) > TOLD:
        names = catalogue.text("links.comma", spoken).join(_named(problem.name) for problem in problems[TOLD:NAMED])
        parts.append(catalogue.text("links.also", spoken, names=names))
    if len(problems) > NAMED:
        parts.append(catalogue.text("links.more", spoken, count=len(problems) - NAMED))
    listed = catalogue.text("links.between", spoken).join(parts)
    key = "links.one" if len(problems) == 1 else "links.many"
    return catalogue.text(key, spoken, count=len(problems), list=listed)


def _part(problem: codec.Problem, spoken: str) -> str:
    reason = problem.reason
    if reason in ("not a number", "out of range") and not problem.allowed:
        reason = "unreadable"
    given = plain(problem.given) or catalogue.text("links.nothing", spoken)
    return catalogue.text(
        f"links.{reason}", spoken, name=_called(problem.name, spoken), given=given, allowed=problem.allowed
    )


def _called(name: str, spoken: str) -> str:
    """Return the field's label with its name in the link, or the name alone where the field is unknown."""
    return f"{_label(name, spoken)} {_named(name)}".strip()


def _named(name: str) -> str:
    """Return a field's name in the link; one that is no field's may be anything, and is shown as plain text."""
    return f"`{name}`" if _label(name, "en") else plain(name)


def _label(name: str, spoken: str) -> str:
    """Return what the field is called, nothing where there is no such field."""
    key = f"fields.{name}"
    return catalogue.text(key, spoken) if "." not in name and catalogue.known(key) else ""


def plain(text: str) -> str:
    """Return `text` as Markdown that shows it as it is: no line breaks, no links, no pictures, no formulas."""
    readable = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(readable.split()))
