"""Behind the page: every tab opens in both languages, and the code is the script of what is on the stage."""

import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.panels import tabs
from dlviz.concepts.forward_loss.spec import Subject
from dlviz.spec import Mlp, Plane, RunSpec
from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.concepts.forward_loss.test_compute import networks
from tests.lab import opened

pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("source", ["flower", "loan"])
def test_every_tab_opens(open_lab, lang: str, source: str) -> None:
    app = taken_apart(open_lab, lang, source=source)
    for tab in ("meaning", "formula", "code", "sources"):
        opened(app, tab, "forward_loss")
        assert (len(app.code) == 1) == (tab == "code")
    opened(app, "code", "forward_loss")
    assert f"({source})" in app.code[0].value
    compile(app.code[0].value, "script", "exec")


@pytest.mark.parametrize(
    ("source", "loss", "slope"),
    [
        ("flower", r"L = -\log 0.7 = 0.356", r"\partial z_t} = 0.7 - 1 = -0.3 "),
        ("loan", r"L = -\log (1 - 0.348) = 0.427", r"\partial z} = 0.348 - 0 = 0.348 "),
    ],
)
def test_the_formula_holds_the_numbers_on_the_stage(open_lab, source: str, loss: str, slope: str) -> None:
    app = opened(taken_apart(open_lab, source=source), "formula", "forward_loss")
    found = next(
        one.value for one in app.latex if "gathered" in one.value and "= -\\log" in one.value and "0." in one.value
    )
    assert loss in found
    assert slope in found


def test_a_number_that_is_learnt_is_squared_and_small_ones_are_powers_of_ten() -> None:
    run = RunSpec(data=Plane(data="hills"), network=Mlp(hidden=(3,)))
    found = compute.anatomy(networks, Subject(source="yours", run=run, at=10))
    assert (found.answers[0, 0] - found.targets[0, 0]) ** 2 == pytest.approx(found.losses[0])
    assert tabs._tex(1.234e-7) == r"1.23 \cdot 10^{-7}"
    assert r"^2 = " in tabs.with_numbers("identity", found)


def test_the_formula_counts_the_numbers_that_are_learnt(open_lab) -> None:
    app = opened(taken_apart(open_lab), "formula", "forward_loss")
    assert any("27 weights and biases" in one.value for one in app.markdown)
