"""What was measured of a function, in words."""

from __future__ import annotations

import math

from dlviz.concepts.activations.recording import Facts, Stretch
from dlviz.ui.language import t
from dlviz.ui.stacks import readable

CENTRED = 0.05  # a mean output closer to 0 than this counts as centred
FEW = 3  # places that are named; of more only the number is


def said(one: Facts, limit: float) -> list[list[str]]:
    """Return what there is to say of a function: [kind, sentence] each, the kinds "dead", "flat" or "plain"."""
    rows = [["plain", _range(one)], ["plain", _steep(one)], ["plain", _mean(one)]]
    rows += [
        [kind, t(f"activations.facts.{kind}", where=where(places), limit=number(limit))] for kind, places in _flat(one)
    ]
    if not one.flat:
        rows.append(["plain", t("activations.facts.lively", limit=number(limit))])
    rows.append(["plain", shape(one)])
    return rows


def number(value: float) -> str:
    """Return a number with three digits that mean something, a real minus, and no rounding dust."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 1000:
        return readable(value)
    return "0" if abs(value) < 5e-5 else f"{value:.3g}".replace("-", "−")


def _range(one: Facts) -> str:
    if math.isinf(one.low) and math.isinf(one.high) and one.low < one.high:
        return t("activations.facts.range.all")
    return t("activations.facts.range", low=number(one.low), high=number(one.high))


def _steep(one: Facts) -> str:
    return t("activations.facts.steepest", steepest=number(one.steepest))


def _mean(one: Facts) -> str:
    if not math.isfinite(one.mean):
        return t("activations.facts.no_mean")
    key = "centred" if abs(one.mean) < CENTRED else "off_centre"
    return t(f"activations.facts.{key}", mean=number(one.mean))


def _flat(one: Facts) -> list[tuple[str, list[Stretch]]]:
    kinds = {"dead": [row for row in one.flat if row.dead], "flat": [row for row in one.flat if not row.dead]}
    return [(kind, rows) for kind, rows in kinds.items() if rows]


def where(stretches: list[Stretch]) -> str:
    """Return in words where these stretches are; of many only how many there are."""
    if len(stretches) > FEW:
        return t("activations.facts.many", count=len(stretches))
    return t("activations.facts.between").join(map(_stretch, stretches))


def _stretch(row: Stretch) -> str:
    low, high = number(row.low), number(row.high)
    if math.isinf(row.low) and math.isinf(row.high):
        return t("activations.facts.everywhere")
    if math.isinf(row.low):
        return f"x < {high}"
    return f"x > {low}" if math.isinf(row.high) else f"{low} < x < {high}"


def shape(one: Facts) -> str:
    """Return whether a function rises throughout, and whether it has kinks or jumps, as one sentence."""
    way = t(f"activations.facts.{'rises' if one.rises else 'turns'}")
    for name in ("jumps", "kinks"):
        places = getattr(one, name)
        if places:
            listed = (
                ", ".join(map(number, places)) if len(places) <= FEW else t("activations.facts.many", count=len(places))
            )
            return t(f"activations.facts.{name}", way=way, where=listed)
    return t("activations.facts.undefined" if one.undefined else "activations.facts.smooth", way=way)
