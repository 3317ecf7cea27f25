"""The film of a reading: how the network read at each moment of its run, asked for once and played in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from dlviz.concepts.rnn.panels import runs
from dlviz.concepts.rnn.recording import Reading
from dlviz.concepts.rnn.spec import View
from dlviz.recording import pack
from dlviz.spec import RunSpec
from dlviz.ui.asking import Answer, ask

COMPUTE = "dlviz.concepts.rnn.unrolling"
MOST = 80  # moments of a film
PIECE = 8  # moments that a run goes on before its film is asked for again


class Read(NamedTuple):
    """What is read: the question about it and its arguments, the `symbols` as people know them, and how it is shown.

    `about`: "classes", "letters" or "years"; `classes` in words; `truth`: the place of the true class, where there is
    one; `next`: the places of the letters that come.
    """

    question: str
    arguments: tuple[object, ...]
    symbols: tuple[str, ...]
    about: str
    classes: tuple[str, ...] = ()
    truth: int | None = None
    next: tuple[int, ...] | None = None


class Shown(NamedTuple):
    """A reading with what was read and by which run, and whether nothing is still to come."""

    reading: Reading
    read: Read
    run: RunSpec
    whole: bool


def asked(view: View, read: Read) -> Shown | None:
    """Return how the network read this at the moments known so far, None before the first answer."""
    lab = runs.lab(view.part)
    moment, now = lab.shown(view), lab.now(view)
    if moment is None or now is None:
        return None
    run, over = now.recording.spec, now.state in ("finished", "diverged", "failed")
    steps = chosen([one.step for one in now.recording.moments], over)
    film = _ask("film", view, read, run, steps)
    held = film is not None and film.fresh and moment.step in film.value.steps
    one = None if held else _ask("reading", view, read, run, (moment.step,))
    newest = film if one is None else one
    if newest is None:
        return None
    alike = film is not None and one is not None and film.note == one.note
    found = joined(film.value, one.value) if alike else newest.value
    return Shown(found, *newest.note, film is not None and film.fresh and newest.fresh)


def _ask(slot: str, view: View, read: Read, run: RunSpec, steps: tuple[int, ...]) -> Answer | None:
    name = f"{COMPUTE}:{read.question}"
    return ask(f"rnn.{slot}.{view.part}", name, run, steps, *read.arguments, note=(read, run))


def chosen(steps: Sequence[int], over: bool) -> tuple[int, ...]:
    """Return the moments that make the film: all of them, or each second, fourth … and the last where it is over."""
    known = list(steps) if over else list(steps)[: max(1, len(steps) // PIECE * PIECE)]
    every = 1
    while len(known) > MOST * every:
        every *= 2
    found = known[::every]
    return tuple(found if found[-1] == known[-1] or not over else [*found, known[-1]])


def joined(film: Reading, one: Reading) -> Reading:
    """Return the film with one moment more in its place; a film that holds it already stays as it is."""
    if one.steps[0] in film.steps:
        return film
    place = int(np.searchsorted(film.steps, one.steps[0]))

    def added(many: np.ndarray | None, single: np.ndarray | None) -> np.ndarray | None:
        return None if many is None else np.insert(many, place, single[0], axis=0)

    return replace(
        film,
        **{name: added(getattr(film, name), getattr(one, name)) for name in ("steps", "state", "gradient", "belief")},
        foretold=added(film.foretold, one.foretold),
        gates={name: added(many, one.gates[name]) for name, many in film.gates.items()},
    )


def arrays(found: Reading) -> dict[str, np.ndarray]:
    """Return a reading as the browser takes it: states and gates in bytes, for a film is long."""
    kept = {"gradient": found.gradient, "belief": found.belief, "foretold": found.foretold, "read": found.read}
    return {
        "steps": found.steps.astype(np.int32),
        "state": _bytes((found.state + 1) / 2),
        **{f"gate/{name}": _bytes(values) for name, values in found.gates.items()},
        **{name: values.astype(np.float32) for name, values in kept.items() if values is not None},
    }


def _bytes(shares: np.ndarray) -> np.ndarray:
    return np.rint(255 * np.clip(shares, 0, 1)).astype(np.uint8)


def message(shown: Shown, words: Mapping[str, object], **header: object) -> bytes:
    """Return the film as the browser draws it, with its words and whatever else the header is to hold."""
    read, found = shown.read, shown.reading
    known = {
        "player": runs.BENCH,
        "symbols": read.symbols,
        "reads": found.state.shape[1],
        "about": read.about,
        "classes": list(read.classes),
        "right": read.truth,
        "next": read.next,
    }
    return pack({**known, **header, "words": words}, arrays(found))
