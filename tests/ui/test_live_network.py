"""The home page's network is real: its points, its maps and its numbers come from a run, which is one for all."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.data.load import load
from dlviz.ui import live_network
from tests.lab import component, learnt, looked, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_while_workers_warm_up_the_empty_network_stands_there(open_page: Open, lang: str) -> None:
    app = looked(open_page("home", lang=lang))
    header, arrays = component(app, "plane")
    assert header["sizes"] == [2, *live_network.RUN.network.hidden, 2]
    assert arrays["points"].shape == (0, 2)
    assert all(header["words"][name] for name in live_network.WORDS)
    assert len(header["words"]["classes"]) == 2
    assert component(app, "bench")[0]["tracks"][0]["state"] == "starting"


def test_it_learns_from_the_points_that_are_shown(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    run = live_network.RUN.model_copy(update={"epochs": 4})
    monkeypatch.setattr(live_network, "RUN", run)
    app = until(open_lab(slug="home"), lambda app: learnt(app) and len(component(app, "plane")[1]["points"]))
    splits = load(run.data, run.seed)
    _, shown = component(app, "plane")
    assert np.array_equal(shown["points"], splits.train.inputs)
    assert np.array_equal(shown["labels"], splits.train.labels)
    assert np.abs(shown["points"]).max() <= live_network.EXTENT
    header, arrays = component(app, "bench")
    moments = header["tracks"][0]["moments"]
    assert [epoch for _, epoch in moments] == [0, 1, 2, 3, 4]
    assert {number["name"] for number in header["numbers"] if number["name"] != "epoch"} <= {
        name.rpartition("/")[2] for name in arrays
    }
    losses = [float(arrays[f"0/{place}/validation_loss"]) for place in range(5)]
    assert losses[-1] < losses[0]


def test_it_is_played_from_its_first_weights_once(open_page: Open) -> None:
    app = open_page("home")
    first = component(app, "bench")[0]["command"]
    assert (first["number"], first["playing"], first["at"]) == (1, True, 0)
    assert component(looked(app), "bench")[0]["command"] == first
