"""A model's score is the mean of its finished runs, and its spread is theirs."""

import numpy as np
import pytest

from dlviz.concepts.model_zoo.recording import Judged, judged, scored
from dlviz.concepts.model_zoo.spec import named
from dlviz.recording import Moment, Recording

RUN = named("line_cars").run


def recording(finished: bool, **arrays: float) -> Recording:
    """Return a run whose last moment holds these numbers."""
    last = Moment(40, 2.0, {name: np.array(value) for name, value in arrays.items()})
    return Recording(RUN, (Moment(0, 0.0, {}), last), finished=finished)


def test_only_a_finished_run_is_judged() -> None:
    assert judged(recording(True, test_r2=0.8, seconds=2)) == Judged(0.8, "r2", 2.0)
    assert judged(recording(True, test_accuracy=0.9, seconds=3)) == Judged(0.9, "accuracy", 3.0)
    assert judged(recording(False, test_r2=0.8, seconds=2)) is None
    assert judged(recording(True, seconds=2)) is None
    assert judged(Recording(RUN)) is None


def test_scores_are_averaged_over_seeds() -> None:
    values = [0.8, 0.9, 0.85, 0.7]
    found = scored([Judged(value, "r2", seconds) for value, seconds in zip(values, (1.0, 4.0, 2.0, 30.0), strict=True)])
    assert found.mean == pytest.approx(np.mean(values))
    assert found.spread == pytest.approx(np.std(values, ddof=1))
    assert (found.each, found.seconds) == (tuple(values), 3.0)
    assert scored([Judged(0.5, "accuracy", 1.0)]).spread == 0
    assert scored([]) is None
