"""Width and depth: each shape from each seed, all else as on the stage."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import sizes
from dlviz.concepts.mlp.recording import Outcome, Score
from dlviz.concepts.mlp.spec import PARTS, RUNS, View
from tests.lab import component, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("part", PARTS)
def test_every_shape_from_every_seed(part: str) -> None:
    runs, shapes = sizes.runs_of(View(run=RUNS[part])), sizes.SHAPES[part]
    assert len(set(runs)) == len(runs) == sizes.SEEDS * len(shapes)
    for seed in range(sizes.SEEDS):
        column = runs[seed * len(shapes) : (seed + 1) * len(shapes)]
        assert [run.network.hidden for run in column] == list(shapes)
        assert {run.seed for run in column} == {seed}
    assert {run.knobs for run in runs} == {RUNS[part].knobs}
    assert max(run.epochs for run in runs) <= RUNS[part].epochs


def test_validation_counts_where_there_is_any() -> None:
    both = {"train": Score(0.9, 0, 0), "validation": Score(0.5, 0, 0)}
    assert sizes._value(None, Outcome(1, 1.0, both, {})) == 0.5
    assert sizes._value(None, Outcome(1, 1.0, {"train": Score(0.9, 0, 0)}, {})) == 0.9


def test_the_networks_are_trained_and_shown_as_they_come(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sizes.SHAPES, "function", ((1,), (3,)))
    app = open_lab(slug="mlp", epochs="3", points="20", hidden="3")
    app.button("mlp.sizes.begin").click().run()

    def through(app: AppTest) -> bool:
        return "strips" in shown(app) and bool(np.isfinite(component(app, "strips")[1]["values"]).all())

    app = until(app, through)
    header, arrays = component(app, "strips")
    assert arrays["values"].shape == (2, sizes.SEEDS)
    assert [(row["label"], row["chosen"]) for row in header["rows"]] == [("1 unit", False), ("3 units", True)]
    assert {one.key for one in app.button} >= {"mlp.sizes.begin"}
