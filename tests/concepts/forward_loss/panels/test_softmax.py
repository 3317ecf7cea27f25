"""Why softmax goes with cross-entropy: three ways to one gradient."""

import numpy as np
import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.panels import softmax
from dlviz.concepts.forward_loss.spec import LOSSES, Judging, Subject
from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.lab import component, said, shown, until

pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("source", ["flower", "digit", "loan"])
def test_p_minus_y_is_the_gradient_for_every_head(source: str) -> None:
    subject = Subject(source=source)
    found, judged = compute.anatomy(None, subject), compute.judgement(None, subject, "", Judging())
    assert softmax.furthest(found, judged) < softmax.AGREE


def test_a_planted_fault_is_seen() -> None:
    found, judged = compute.anatomy(None, Subject()), compute.judgement(None, Subject(), "", Judging())
    wrong = judged.gradients.copy()
    wrong[LOSSES.index("cross_entropy"), 1] *= 1.001
    assert softmax.furthest(found, judged._replace(gradients=wrong)) > softmax.AGREE


@pytest.mark.parametrize("source", ["flower", "digit", "loan"])
def test_the_page_shows_them_side_by_side(open_lab, source: str) -> None:
    app = until(
        taken_apart(open_lab, closer="softmax", source=source), lambda app: {"ledger", "losses"} <= set(shown(app))
    )
    assert "All three agree" in said(app)
    header, arrays = component(app, "losses")
    assert abs(np.interp(header["here"], arrays["grid"], arrays["slopes"][0])) > 0.99


def test_a_number_has_no_softmax(open_lab) -> None:
    link = {"closer": "softmax", "source": "yours", "data": "hills", "hidden": "3", "at": "5"}
    app = until(taken_apart(open_lab, **link), lambda app: "losses" in shown(app))
    assert "no softmax" in said(app)
    assert "ledger" not in shown(app)
