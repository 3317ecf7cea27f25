"""Where nothing is computed yet there is nowhere to look."""

import pytest

from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import View
from dlviz.spec import RunSpec
from tests.lab import panel

asked = panel("asked")
pytestmark = pytest.mark.xdist_group("quick engine")


def test_before_anything_is_computed_there_is_nowhere_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "shown", lambda view: None)
    assert asked.here(View(run=RunSpec(seed=1))) is None
