"""How tests wait for what somebody else does: until it is so, and never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable


def until_so(wanted: Callable[[], bool], seconds: float = 60) -> None:
    """Return as soon as `wanted` holds; fail after so many seconds."""
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.02)
