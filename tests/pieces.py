"""Work that goes from piece to piece, done at one go."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def whole(work: Generator[object, None, Result]) -> Result:
    """Return what work that goes from piece to piece returns at its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
