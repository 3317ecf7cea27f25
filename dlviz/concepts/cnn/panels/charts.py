"""The digit lab's charts as our components take them: filters that matter, digits that move, what stages cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dlviz.concepts.cnn.recording import Importance, LayerCost, Moved
from dlviz.recording import pack
from dlviz.ui.language import t


def importance(found: Importance, muted: Sequence[int], stage: str) -> bytes:
    """Return the certainty lost by muting each filter alone, in points, as bars, the most important first.

    Certainty is the mean probability of the right digit: accuracy moves in whole digits and hides most
    filters. Filters that are muted already (their numbers) stand back.
    """
    order = np.argsort(-found.certainty, kind="stable")
    header = {
        "kind": "bars",
        "series": [t("cnn.importance.y")],
        "names": [str(channel) for channel in order],
        "x_label": t("cnn.importance.x", stage=stage),
        "y_label": t("cnn.importance.y"),
        "percent": False,
        "words": {"label": t("cnn.importance.alt"), "at": t("cnn.importance.at")},
    }
    lost = (100 * found.certainty[order]).astype(np.float32)
    return pack(header, {"values": lost[None], "quiet": np.isin(order, muted).astype(np.uint8)})


def moved(found: Moved, readers: Sequence[str]) -> bytes:
    """Return each reader's mean probability of the right digit, as lines over how far the digits were moved."""
    header = {
        "kind": "lines",
        "series": list(readers),
        "names": [str(distance) for distance in found.distances],
        "x_label": t("cnn.shift.x"),
        "y_label": t("cnn.shift.y"),
        "percent": True,
        "words": {"label": t("cnn.shift.alt"), "at": t("cnn.shift.at")},
    }
    values = np.ascontiguousarray(found.confidence, np.float32)
    return pack(header, {"x": found.distances.astype(np.float32), "values": values})


def costs(found: Sequence[LayerCost], names: Sequence[str]) -> dict[str, object]:
    """Return what every stage, called by `names`, costs for one digit: its numbers, and their shares of the whole."""
    totals = {what: sum(getattr(one, what) for one in found) for what in ("parameters", "flops")}
    rows = [
        {
            "name": name,
            "note": " × ".join(map(str, one.shape)),
            "cells": [_cell(getattr(one, what), total) for what, total in totals.items()],
        }
        for one, name in zip(found, names, strict=True)
    ]
    columns = [t(f"cnn.cost.{name}") for name in ("stage", "shape", *totals)]
    return {"label": t("cnn.cost.alt"), "columns": columns, "rows": rows}


def _cell(count: int, total: int) -> dict[str, object]:
    return {"text": f"{count:,}", "share": count / total if count else None}
