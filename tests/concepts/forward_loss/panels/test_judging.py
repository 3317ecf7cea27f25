"""The losses below the stage: curves for all, and a table for the one in focus."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.forward_loss.panels import judging
from dlviz.concepts.forward_loss.spec import LOSSES, View
from dlviz.words.forward_loss import WORDS
from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.lab import component, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


def judged(open_lab: Open, **link: str) -> AppTest:
    """Return the page with the losses on show."""
    return until(taken_apart(open_lab, **link), lambda app: {"losses", "ledger"} <= set(shown(app)))


def test_every_loss_has_a_curve_and_the_example_is_marked_on_it(open_lab: Open) -> None:
    app = judged(open_lab)
    header, arrays = component(app, "losses")
    assert [one["name"] for one in header["all"]] == list(LOSSES)
    assert header["shown"] == ["cross_entropy", "mse"]
    loss = component(app, "anatomy")[1]["losses"][0]
    along = np.interp(header["here"], arrays["grid"], arrays["curves"][LOSSES.index("cross_entropy")])
    assert along == pytest.approx(loss, abs=0.01)


def test_what_the_browser_chooses_goes_into_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"view": View(), "says": {"shown": ["focal", "hinge"], "seq": 2}}
    monkeypatch.setattr(judging, "_said", lambda: now["says"])
    monkeypatch.setattr(judging.links, "current", lambda default: now["view"])
    monkeypatch.setattr(judging.links, "write", lambda view, default: now.update(view=view))
    judging._shown()
    assert now["view"] == View(losses=("focal", "hinge"))
    for nonsense in (["focal", "focal"], ["nothing"], [], None):
        now["says"] = {"shown": nonsense, "seq": 3}
        judging._shown()
        assert now["view"] == View(losses=("focal", "hinge"))


def test_a_network_that_answers_with_a_number_is_judged_by_losses_of_numbers(open_lab: Open) -> None:
    app = judged(open_lab, source="yours", data="hills", hidden="3", at="20")
    arrays = component(app, "losses")[1]
    assert np.isfinite(arrays["curves"]).all(axis=1).tolist() == [name in ("mse", "mae", "huber") for name in LOSSES]
    assert any(WORDS["loss.mse"][0] in one.value for one in app.markdown)


def test_every_loss_has_its_formula_and_words() -> None:
    for name in LOSSES:
        assert judging.FORMULAS[name]
        assert all(WORDS[f"loss.{name}"]) and all(WORDS[f"about_loss.{name}"])
