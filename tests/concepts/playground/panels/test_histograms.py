"""What is counted of every layer: the same moments for all who look, few where weights are many, and said in words."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import histograms
from dlviz.recording import Moment
from dlviz.words.playground import WORDS
from tests.lab import component, learnt, looked, said, shown, until

Open = Callable[..., AppTest]


def moments(count: int, weights: int = 3) -> list[Moment]:
    """Return so many moments, each with so many weights."""
    return [Moment(step, step / 25, {"weights": np.zeros(weights, np.float32)}) for step in range(count)]


@pytest.mark.parametrize("count", [1, 2, 59, 60, 61, 119, 120, 500, 1001])
def test_a_few_dozen_moments_are_counted_from_the_first_on(count: int) -> None:
    rows = [one.step for one in histograms.chosen(moments(count), more=False)]
    assert (rows[0], rows[-1]) == (0, count - 1)
    assert min(count, histograms.MOST // 2) <= len(rows) <= histograms.MOST
    gaps = np.diff(rows)
    assert len(gaps) < 2 or (gaps[:-1] == gaps[0]).all()


def test_while_more_are_to_come_the_question_stays_the_same_until_the_next_falls_due() -> None:
    asked = [tuple(one.step for one in histograms.chosen(moments(count), more=True)) for count in range(200, 264)]
    assert len(set(asked)) < 20


def test_of_a_large_network_fewer_moments_are_counted() -> None:
    assert len(histograms.chosen(moments(60, weights=100_000), more=True)) <= 10


def test_every_layer_is_drawn_with_its_scales_and_said_in_words(open_lab: Open) -> None:
    link = {"epochs": "3", "closer": "histograms", "hidden": "3,2", "activations": "relu,elu"}
    app = until(open_lab(slug="playground", **link), learnt)
    app = until(app, lambda app: "histograms" in shown(app))
    header, arrays = component(app, "histograms")
    assert [one["signs"] for one in header["layers"]] == [
        WORDS[f"histograms.signs.{name}"][0] for name in ("relu", "open", "output")
    ]
    track = component(app, "bench")[0]["tracks"][0]
    app = until(app, lambda app: component(app, "histograms")[0]["steps"][-1] == track["moments"][-1][0])
    header, arrays = component(app, "histograms")
    assert header["run"] == track["run"]
    assert header["steps"] == [step for step, _ in track["moments"]]
    assert arrays["0/weights"].shape == (len(header["steps"]), 40)
    assert (arrays["0/weights"].sum(axis=1) == 2 * 3).all()
    assert len({one["spreads"]["gradients"]["high"] for one in header["layers"]}) == 1
    assert arrays["sizes"].shape == (3, len(header["steps"]), 3)


def test_a_normalised_network_says_how_it_was_seen(open_lab: Open) -> None:
    link = {"epochs": "3", "closer": "histograms", "batch_norm": "on", "lang": "zh"}
    app = until(open_lab(slug="playground", **link), lambda app: "histograms" in shown(app))
    assert component(app, "histograms")[0]["words"]["note"].endswith(WORDS["histograms.normalised"][1])


def test_before_anything_is_recorded_it_says_so(open_page: Open) -> None:
    app = looked(open_page("playground", link={"closer": "histograms"}))
    assert "histograms" not in shown(app)
    assert WORDS["histograms.help"][0] in said(app)
