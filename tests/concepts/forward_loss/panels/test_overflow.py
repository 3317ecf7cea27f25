"""Overflow is real, is told by its kind, and does not reach the safe way."""

import math

import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.panels import overflow
from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.lab import shown, until

pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize(
    ("logits", "raised", "verdict"),
    [
        ((2.0, 1.0, -1.0), 0.0, "fine"),
        ((2.0, 1.0, -1.0), 90.0, "over"),
        ((2.0, 1.0, -1.0), -120.0, "under"),
        ((2.0, 1.0, -1.0), -103.0, "lost"),
        ((-20.0, 20.0, 0.0), -88.0, "lost"),
    ],
)
def test_what_became_of_the_plain_way(logits: tuple, raised: float, verdict: str) -> None:
    assert overflow.verdict(compute.softmaxes(logits, raised)) == verdict


def test_numbers_in_formulas() -> None:
    assert [overflow.tex(value) for value in (math.nan, math.inf, -math.inf)] == [r"\text{NaN}", r"\infty", r"-\infty"]
    assert overflow.tex(92.34901) == "92.349"


@pytest.mark.parametrize("raised", ["0", "90", "-120"])
def test_the_page_says_what_happened(open_lab, raised: str) -> None:
    app = until(taken_apart(open_lab, closer="overflow", raised=raised), lambda app: "ledger" in shown(app))
    assert app.info.len == 1
    assert ("NaN" in app.info[0].value) == (raised != "0")
