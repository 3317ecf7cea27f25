"""One engine with two worker processes for all tests of this folder."""

import time
from collections.abc import Callable, Iterator

import pytest

from dlviz.engine import Engine
from dlviz.engine.followed import Snapshot, Watch


@pytest.fixture(scope="session")
def engine(tmp_path_factory) -> Iterator[Engine]:
    engine = Engine(workers=2, folder=str(tmp_path_factory.mktemp("engine")))
    assert engine.wait_until_ready(120), engine.error
    yield engine
    engine.stop()


def until(watch: Watch, goal: float, wanted: Callable[[Snapshot], bool], seconds: float = 90) -> Snapshot:
    """Keep wanting `goal` until the snapshot is as wanted, and return it; fail after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        watch.want(goal)
        now = watch.snapshot()
        if wanted(now):
            return now
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {watch.snapshot()[:5]}")
