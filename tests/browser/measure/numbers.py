"""What was measured, as numbers: medians, the slowest of twenty, and ours in proportion to the reference."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Wish(NamedTuple):
    """How often to measure, the folder that keeps what runs found, and another checkout to measure in turns."""

    times: int | None = None
    shelf: str | None = None
    beside: str | None = None


class Comparison(NamedTuple):
    """Values of ours, those of the reference (none where there is none), their unit, and what is asked of them.

    `at_most` bounds the ratio of medians, or of p95 where `of` says so; without a reference, our own value.
    """

    name: str
    ours: Sequence[float]
    reference: Sequence[float] = ()
    unit: str = "ms"
    at_most: float | None = None
    of: str = "median"

    @property
    def result(self) -> float:
        """Return the ratio to the reference, or our own value where there is none."""
        return summary(self.ours)[self.of] / (summary(self.reference)[self.of] if self.reference else 1)

    def json(self) -> dict[str, object]:
        """Return everything as plain values."""
        reference = summary(self.reference) | {"values": list(self.reference)} if self.reference else None
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": summary(self.ours) | {"values": list(self.ours)},
            "reference": reference,
            "of": self.of,
            "ratio": self.result if self.reference else None,
            "at_most": self.at_most,
        }

    def line(self) -> str:
        """Return one line for people."""
        parts = [f"{self.name:<42}", _said(self.ours, self.unit)]
        if self.reference:
            parts.append(f"bare {_said(self.reference, self.unit)}  ratio of {self.of} {self.result:.2f}")
        if self.at_most is not None:
            parts.append(f"(at most {self.at_most:g}{'' if self.reference else f' {self.unit}'})")
        return "  ".join(parts)


def summary(values: Sequence[float]) -> dict[str, float]:
    """Return the median and the p95 of the values (the smallest that 95 % of them do not exceed)."""
    rows = sorted(values)
    return {"median": median(rows), "p95": rows[-(-95 * len(rows) // 100) - 1]}


def _said(values: Sequence[float], unit: str) -> str:
    found = summary(values)
    p95 = f", p95 {found['p95']:.0f}" if len(values) >= 20 else ""
    return f"{found['median']:.{0 if found['median'] >= 20 else 2}f} {unit}{p95} (n={len(values)})"
