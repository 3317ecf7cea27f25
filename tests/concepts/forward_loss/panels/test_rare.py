"""Rare classes: the dials, the cheapest answer, and what networks learn."""

import numpy as np
import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.panels import rare
from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.lab import component, shown, until

pytestmark = pytest.mark.xdist_group("quick engine")


def test_answers_are_drawn_over_their_scores() -> None:
    found = compute.rarity(0.1, 1.0)
    assert rare.logits(found) == pytest.approx(np.linspace(-6, 6, compute.GRID))


def test_a_weight_adds_a_row_and_the_cheapest_answer_is_marked(open_lab) -> None:
    app = until(taken_apart(open_lab, closer="rare", rare_weight="9"), lambda app: "ledger" in shown(app))
    header, arrays = component(app, "losses")
    assert header["here"] == pytest.approx(0, abs=1e-9)  # 0.1 · 9 against 0.9
    assert np.interp(header["here"], arrays["grid"], arrays["slopes"][2]) == pytest.approx(0, abs=1e-6)
    found = compute.rarity(0.1, 9.0)
    assert len(rare.rows(found, 9.0)) == 2
    assert len(rare.rows(found, 1.0)) == 1
