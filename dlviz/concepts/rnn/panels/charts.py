"""What was found about recurrent networks, as our charts take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dlviz.concepts.rnn.recording import MODELS, Baseline, Forecast, Spread, Written
from dlviz.data.letters import SYMBOLS
from dlviz.recording import pack
from dlviz.sets import TONGUES
from dlviz.ui.language import t

PARTS = ("validation", "test")
CHANCE = 1 / len(TONGUES)
NAMED = 10  # places of a chart that have a name


def scores(network: Mapping[str, float], baseline: Baseline | None) -> dict[str, object]:
    """Return the shares of names told right by the network, by groups of letters and by guessing, as a table."""
    groups = {} if baseline is None else {part: getattr(baseline, part) for part in PARTS}
    features = "" if baseline is None else t("rnn.scores.features", count=f"{baseline.features:,}")
    rows = [
        _row("network", t("rnn.scores.letters"), network),
        _row("groups", features, groups),
        _row("guessing", "", dict.fromkeys(PARTS, CHANCE)),
    ]
    columns = [t("rnn.scores.who"), t("rnn.scores.how"), *(t(f"rnn.scores.{part}") for part in PARTS)]
    return {"label": t("rnn.scores.label"), "columns": columns, "rows": rows}


def _row(name: str, note: str, shares: Mapping[str, float]) -> dict[str, object]:
    return {"name": t(f"rnn.scores.{name}"), "note": note, "cells": [_cell(shares.get(part)) for part in PARTS]}


def _cell(share: float | None) -> dict[str, object]:
    return {"text": "–" if share is None else None, "share": share}


def seeds(found: Spread) -> bytes:
    """Return the score of each seed as a bar."""
    header = {
        "kind": "bars",
        "series": [t("rnn.seeds.label")],
        "names": [str(seed) for seed in found.seeds],
        "x_label": t("rnn.seeds.x"),
        "y_label": t(f"rnn.seeds.y.{found.what}"),
        "percent": found.what.endswith("accuracy"),
        "height": 170,
        "words": {"label": t("rnn.seeds.label"), "at": t("rnn.seeds.at")},
    }
    quiet = np.zeros(len(found.seeds), np.uint8)
    return pack(header, {"values": found.scores.astype(np.float32)[None], "quiet": quiet})


def delays(asked: Sequence[int], found: np.ndarray, names: Sequence[str]) -> bytes:
    """Return the share of signs that each network remembers, as lines over the delay."""
    header = {
        "kind": "lines",
        "series": list(names),
        "names": [str(delay) for delay in asked],
        "x_label": t("rnn.delays.x"),
        "y_label": t("rnn.delays.y"),
        "percent": True,
        "height": 260,
        "words": {"label": t("rnn.delays.label"), "at": t("rnn.delays.at")},
    }
    return pack(header, {"x": np.array(asked, np.float32), "values": found.astype(np.float32)})


def reach(found: Sequence[np.ndarray], names: Sequence[str]) -> bytes:
    """Return how long each network's gradient is so many steps before the end, as lines on a log scale."""
    longest = max(len(row) for row in found)
    values = np.full((len(found), longest), np.nan, np.float32)
    for row, lengths in zip(values, found, strict=True):
        row[: len(lengths)] = lengths
    header = {
        "kind": "lines",
        "series": list(names),
        "names": [str(back) for back in range(longest)],
        "every": max(1, round(longest / NAMED)),
        "x_label": t("rnn.reach.x"),
        "y_label": t("rnn.reach.y"),
        "percent": False,
        "log": True,
        "height": 260,
        "words": {"label": t("rnn.reach.label"), "at": t("rnn.reach.at")},
    }
    return pack(header, {"x": np.arange(longest, dtype=np.float32), "values": values})


# --------------------------------------------------------------------------------------------- years

CYCLE = 11  # years, about
SHOWN_FROM = 1880  # what is foretold of earlier years the network has learnt from


def _years(found: Forecast, first: int, lines: Mapping[str, np.ndarray], kind: str) -> bytes:
    """Return lines over the years from `first` on, the truth among them."""
    chosen = found.years >= first
    header = {
        "kind": "lines",
        "series": list(lines),
        "names": [str(year) for year in found.years[chosen]],
        "every": 20,
        "x_label": t("rnn.years.x"),
        "y_label": t("rnn.years.y"),
        "percent": False,
        "plain": True,
        "height": 300,
        "words": {"label": t(f"rnn.{kind}.label"), "at": "{x}"},
    }
    values = np.stack([values[chosen] for values in lines.values()]).astype(np.float32)
    return pack(header, {"x": found.years[chosen].astype(np.float32), "values": values})


def years(found: Forecast) -> bytes:
    """Return every year and what the network foretold of it, from the years before it."""
    lines = {t("rnn.years.truth"): found.truth, t("rnn.years.next"): found.next[0]}
    return _years(found, SHOWN_FROM, lines, "years")


def path(found: Forecast) -> bytes:
    """Return every year, and what the network and the linear model foretell one after the other on their own."""
    lines = {t("rnn.years.truth"): found.truth}
    for place, name in enumerate(("rnn.years.own", "rnn.years.linear")):
        values = np.full(len(found.years), np.nan)
        values[-len(found.path_years) :] = found.path[place]
        lines[t(name)] = values
    return _years(found, SHOWN_FROM, lines, "path")


def errors(found: Forecast) -> dict[str, object]:
    """Return the error of each model one year ahead, as a table."""
    rows = [
        {"name": t(f"rnn.years.model.{place}"), "note": t(f"rnn.years.sees.{place}"), "cells": _errors(found, place)}
        for place in range(len(MODELS))
    ]
    columns = [t("rnn.scores.who"), t("rnn.scores.how"), t("rnn.years.validation"), t("rnn.years.test")]
    return {"label": t("rnn.years.errors"), "columns": columns, "rows": rows}


def _errors(found: Forecast, place: int) -> list[dict[str, object]]:
    return [{"text": f"{found.error[part][place]:.1f}", "share": None} for part in PARTS]


def ahead(found: Forecast) -> bytes:
    """Return the error of each model over how many years ahead it foretells."""
    farthest = found.ahead.shape[1]
    header = {
        "kind": "lines",
        "series": [t(f"rnn.years.model.{place}") for place in range(len(MODELS))],
        "names": [str(steps) for steps in range(1, farthest + 1)],
        "x_label": t("rnn.ahead.x"),
        "y_label": t("rnn.ahead.y"),
        "percent": False,
        "height": 280,
        "words": {"label": t("rnn.ahead.label"), "at": t("rnn.ahead.at")},
    }
    return pack(header, {"x": np.arange(1, farthest + 1, dtype=np.float32), "values": found.ahead.astype(np.float32)})


def following(found: Written, beginning: str) -> bytes:
    """Return how probable each letter is to come next, in %, as bars in the order of the alphabet, the end last."""
    names = [*SYMBOLS[1:], t("rnn.following.end")]
    header = {
        "kind": "bars",
        "series": [t("rnn.following.label")],
        "names": [{" ": "␣"}.get(name, name) for name in names],
        "x_label": t("rnn.following.x"),
        "y_label": t("rnn.following.y", beginning=f"{beginning}…"),
        "percent": False,
        "height": 190,
        "words": {"label": t("rnn.following.label"), "at": t("rnn.following.at")},
    }
    values = (100 * np.roll(found.following, -1)).astype(np.float32)
    return pack(header, {"values": values[None], "quiet": np.zeros(len(values), np.uint8)})
