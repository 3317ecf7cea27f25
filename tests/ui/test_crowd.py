"""Few people are served at once; in a crowd each waits a little longer, but never without end."""

import pytest

from dlviz import engine
from dlviz.ui import crowd


class People:
    """An engine that so many people look at."""

    def __init__(self, owners: int) -> None:
        self.owners = owners


@pytest.mark.parametrize(
    ("people", "looks", "breath"), [(0, 0.3, 0.2), (1, 0.3, 0.2), (4, 0.3, 0.2), (16, 1.2, 0.05), (800, 4.0, 0.001)]
)
def test_who_is_many_looks_less_often_and_waits_less_long(
    people: int, looks: float, breath: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "current", lambda: People(people))
    assert crowd.pace(0.3) == pytest.approx(looks)
    assert crowd.patience(0.2) == pytest.approx(breath)


def test_a_slow_look_is_never_made_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "current", lambda: People(100))
    assert crowd.pace(10.0) == 10.0
