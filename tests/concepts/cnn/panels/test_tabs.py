"""Behind the page: the formula with today's sizes, what it costs, the code of this run, and where it all comes from."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.ui.data_files import embedded_table
from tests.lab import learnt, opened, panel, said, shown, until

tabs = panel("tabs")
Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


def test_the_formula_of_a_convolution_is_the_cross_correlation_that_torch_computes(open_page: Open) -> None:
    app = opened(open_page("cnn", link={"blocks": "8k5s2p1m2,6k3a3", "dense": "4"}), "formula")
    assert len(app.latex) == 2
    assert r"i \cdot s + u - p" in app.latex[0].value
    # 28 → (28 + 2·1 − 5) / 2 + 1 = 13 → 6 → (6 − 3) + 1 = 4 → 1
    assert "8 kernels of 5×5 on maps of 28×28: (28 + 2·1 − 5) / 2 + 1 = 13" in said(app)
    assert "after pooling 6×6" in said(app)
    assert "6 kernels of 3×3 on maps of 6×6: (6 + 2·0 − 3) / 1 + 1 = 4" in said(app)
    assert "after pooling 1×1" in said(app)


def test_a_dense_network_has_the_formula_of_dense_layers(open_page: Open) -> None:
    app = opened(open_page("cnn", link={"network": "mlp"}), "formula")
    assert "W^{(l)} h^{(l-1)}" in app.latex[0].value
    assert "kernels of" not in said(app)


def test_what_nobody_looks_at_is_not_drawn(open_lab: Open) -> None:
    app = until(open_lab(), learnt)
    assert [len(tab.children) > 0 for tab in app.tabs] == [True, False, False, False, False]
    assert not app.latex and not app.code and "shares" not in shown(app)
    opened(app, "code")
    assert [len(tab.children) > 0 for tab in app.tabs] == [False, False, False, True, False]


def test_costs_that_no_worker_has_counted_yet_are_looked_for_again(open_page: Open) -> None:
    app = opened(open_page("cnn"), "cost")
    assert app.session_state[tabs.AWAITED]
    opened(app, "formula")
    assert not app.session_state[tabs.AWAITED]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_costs_are_counted_by_stage(open_lab: Open, lang: str) -> None:
    app = until(opened(open_lab(lang), "cost"), lambda app: learnt(app) and "shares" in shown(app))
    costs = next(one.proto for one in app.get("bidi_component") if one.proto.component_name == "dlviz.shares")
    rows = json.loads(costs.json)[0]["rows"]
    assert rows[0]["note"] == "3 × 26 × 26"
    parameters, flops = ([int(row["cells"][i]["text"].replace(",", "")) for row in rows] for i in (0, 1))
    # by hand: 3·(9 + 1); 3·13·13·8 + 8; 8·10 + 10
    assert [count for count in parameters if count] == [30, 4064, 90]
    assert f"{sum(parameters):,}" in said(app)
    assert f"{sum(flops):,}" in said(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_prose_and_sources_are_there(open_page: Open, lang: str) -> None:
    app = open_page("cnn", lang=lang)
    assert len(app.tabs) == 5
    assert all(tab.label for tab in app.tabs)
    meaning = app.tabs[0].markdown[0].value
    sources = opened(app, "sources").tabs[4].markdown[0].value
    assert all(name in sources for name in ("MNIST", "LeCun", "Grad-CAM"))
    assert (max(meaning) >= "\u4e00") == (lang == "zh")


def test_the_table_of_digits_can_be_taken_home() -> None:
    assert embedded_table("mnist_5k.npz").startswith(b"PK")
    assert tabs.COMPUTE == "dlviz.concepts.cnn.compute"
