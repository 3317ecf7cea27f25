"""The way to the digit lab leads to this very network at this very moment."""

import pytest

from dlviz import codec
from dlviz.concepts.cnn.spec import DEFAULT as LAB
from dlviz.concepts.mlp.panels import parts, pen
from dlviz.concepts.mlp.spec import DIGITS, View
from dlviz.spec import Mlp


@pytest.mark.parametrize("hidden", [(64,), (32, 16)])
def test_the_run_and_the_moment_are_in_the_link(hidden: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    run = DIGITS.fork(30, learning_rate=0.01).model_copy(update={"network": Mlp(hidden=hidden), "seed": 3})
    view = View(run=run)
    monkeypatch.setattr(type(parts.lab(view)), "step", lambda _, __: 44)
    found, problems = codec.read(pen.there(view), LAB)
    assert not problems
    assert (found.run, found.at) == (run, 44)
