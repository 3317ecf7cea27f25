"""The same run from several seeds, beside ridge regression on the same rows."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp import compute
from dlviz.concepts.mlp.panels import campaign, seeds
from dlviz.concepts.mlp.recording import Outcome, Score
from dlviz.concepts.mlp.spec import CARS, View
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
ONE = {"best": {}, "parameters": 1, "best_epoch": 1.0, "last": {}}


PARTS = ("train", "validation", "test")


@pytest.mark.parametrize(("parts", "judge"), [(PARTS, "test"), (PARTS[:2], "validation"), (PARTS[:1], "train")])
def test_the_strictest_judge_there_is(parts: tuple[str, ...], judge: str) -> None:
    assert seeds.judge_of(Outcome(**{**ONE, "best": dict.fromkeys(parts, Score(0, 0, 0))})) == judge


def test_every_seed_once() -> None:
    assert [run.seed for run in seeds.runs_of(View(run=CARS))] == list(range(campaign.SEEDS))


def test_ridge_stands_beside_the_network_on_the_same_rows(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "SEEDS", 2)
    app = open_lab(slug="mlp", data="auto-mpg", hidden="4", epochs="3", closer="seeds")
    app.button("mlp.seeds.begin").click().run()

    def through(app: AppTest) -> bool:
        return "strips" in shown(app) and bool(np.isfinite(component(app, "strips")[1]["values"]).all())

    app = until(app, through)
    header, arrays = component(app, "strips")
    assert [row["label"] for row in header["rows"]] == ["Best on validation", "The last moment", "Ridge regression"]
    data = View(run=CARS).run.data.model_copy(update={"validation_share": 0.2})
    assert arrays["values"][2, 0] == pytest.approx(compute.ridge(data, 0).scores["test"].score)
    assert "miles per gallon on average" in said(app)
