"""Early stopping: which moment was best, and how both are judged."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels.stopping import best_of, epoch_text
from dlviz.recording import Moment
from tests.lab import learnt, said, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
TABLE = {"data": "auto-mpg", "hidden": "64", "epochs": "30", "learning_rate": "0.05", "train_share": "0.1"}


def test_the_best_moment_is_that_of_the_least_validation_loss() -> None:
    moments = [Moment(step, step, {"validation_loss": np.array(loss)}) for step, loss in enumerate((3.0, 1.0, 2.0))]
    assert best_of((*moments, Moment(3, 3, {}))).step == 1
    assert best_of((Moment(3, 3, {}),)) is None
    assert best_of(()) is None


def test_one_goes_to_the_best_moment_and_the_test_is_told_at_the_end(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", closer="stopping", **TABLE), learnt)
    app = until(app, lambda app: said(app).count("Test: R² **") == 2)
    app.button("mlp.stopping.go").click().run()
    view = state_of(app, "mlp")
    assert view.at is not None
    assert not app.exception


def test_without_validation_it_says_so(open_lab: Open) -> None:
    app = open_lab(slug="mlp", closer="stopping", data="pairs", epochs="5")
    until(app, lambda app: "Nothing is kept for validation here" in said(app))


def worse_than_the_mean() -> None:
    """A page that says how an answer worse than the mean did."""
    import streamlit as st

    from dlviz.concepts.mlp.panels import stopping
    from dlviz.concepts.mlp.recording import Score
    from dlviz.concepts.mlp.spec import CARS, WAVE, View

    for run in (WAVE, CARS):
        st.markdown(stopping.said(View(run=run), "test", Score(-0.25, 8.0, 1.3)))


def test_a_score_below_zero_has_its_printed_sign() -> None:
    app = AppTest.from_function(worse_than_the_mean, default_timeout=30).run()
    assert [one.value.split(",")[0] for one in app.markdown] == ["Test: R² **−0.250**"] * 2


@pytest.mark.parametrize(("epoch", "text"), [(0, "0"), (3.252, "3.25"), (40, "40"), (1234.4, "1,234"), (2e4, "20,000")])
def test_an_epoch_is_written_as_the_bench_does(epoch: float, text: str) -> None:
    assert epoch_text(epoch) == text
