"""A crowd: when many people look at once, each is looked after less often, so that nobody waits for long."""

from __future__ import annotations

from dlviz import engine

FEW = 4  # people who can be served as one alone would be
SLOWEST = 4.0  # seconds between two looks, at most


def crowding() -> float:
    """Return how many times more people there are than can be served as one alone would be; 1 for few."""
    return max(1.0, engine.current().owners / FEW)


def pace(seconds: float) -> float:
    """Return how long to wait between two looks that one viewer alone would have every `seconds`."""
    return max(seconds, min(SLOWEST, seconds * crowding()))


def patience(seconds: float) -> float:
    """Return how long a page may hold its breath that would do so for `seconds` if it were alone."""
    return seconds / crowding()
