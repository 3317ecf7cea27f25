"""What was found about recurrent networks, as our charts take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dlviz.concepts.rnn.recording import Baseline, Spread
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
    """Return the test score of each seed as a bar."""
    header = {
        "kind": "bars",
        "series": [t("rnn.scores.test")],
        "names": [str(seed) for seed in found.seeds],
        "x_label": t("rnn.seeds.x"),
        "y_label": t("rnn.seeds.y"),
        "percent": True,
        "height": 150,
        "words": {"label": t("rnn.seeds.label"), "at": t("rnn.seeds.at")},
    }
    quiet = np.zeros(len(found.seeds), np.uint8)
    return pack(header, {"values": found.test.astype(np.float32)[None], "quiet": quiet})


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
