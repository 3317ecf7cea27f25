"""Many seeds are one question that a class shares; they are counted, told apart, and opened on the stage."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import runs, seeds
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.recording import Curves, unpack
from dlviz.rows import rows_text
from dlviz.spec import Edit, Mlp, Plane, Points
from dlviz.training.run import Run
from dlviz.ui import bench, links
from tests.lab import component, learnt, link_to, said, shown, until

SHORT = {"epochs": "3", "closer": "seeds", "many": "5", "many_epochs": "50"}
NUMBERS = CIRCLE.model_copy(update={"data": Plane(data="hills")})


def curves(*final: float) -> Curves:
    """Return curves whose validation scores end so."""
    rows = np.stack([np.linspace(0.5, last, 4) for last in final]).astype(np.float32)
    return Curves(np.arange(4), 1 - rows, 1 - rows, rows, rows)


# ------------------------------------------------------------------------------------- the question


def test_the_question_is_the_same_whatever_seed_and_device_are_on_the_stage() -> None:
    asked = seeds.question(View(many=10, many_epochs=60))
    other = CIRCLE.model_copy(update={"seed": 9, "device": "cuda", "threads": 2, "epochs": 700})
    assert seeds.question(View(run=other, many=10, many_epochs=60)) == asked
    assert (asked.count, asked.run.epochs, asked.run.seed, asked.run.device) == (10, 60, 0, "cpu")
    assert seeds.question(View(run=CIRCLE.fork(0, l1=0.1), many=10, many_epochs=60)) != asked


def test_it_is_no_longer_than_the_run_on_the_stage_and_than_others_can_wait() -> None:
    assert seeds.question(View(run=CIRCLE.model_copy(update={"epochs": 7}))).run.epochs == 7
    run = CIRCLE.model_copy(
        update={"data": Plane(points=2000), "knobs": CIRCLE.knobs.model_copy(update={"batch_size": 4})}
    )
    assert seeds.updates_an_epoch(run) == 250
    assert seeds.question(View(run=run, many_epochs=500)).run.epochs == seeds.MOST_UPDATES // 250
    rows = rows_text([(1, 2, 0), (-3, 0.5, 1)] * 20, "class")
    assert seeds.updates_an_epoch(run.model_copy(update={"data": Points(rows=rows, validation_share=0)})) == 10
    assert seeds.longest(run.fork(9, batch_size=1)) == seeds.MOST_UPDATES // 1000


def test_weights_set_by_hand_are_left_out_and_knobs_are_turned_when_they_were() -> None:
    slow = CIRCLE.knobs.model_copy(update={"learning_rate": 0.001})
    run = CIRCLE.fork(20, {3: 1.5}.items()).fork(40, learning_rate=0.001).fork(60, {1: -1.0}.items())
    assert seeds.by_knobs_alone(run).edits == (Edit(step=40, knobs=slow),)
    assert seeds.by_knobs_alone(CIRCLE) == CIRCLE


# ----------------------------------------------------------------------------------- what came out


@pytest.mark.parametrize(
    ("final", "kind", "solved"),
    [
        ((0.96, 0.99, 0.95), "all", 3),
        ((0.5, 0.96, 0.97), "most", 2),
        ((0.5, 0.94, 0.97), "few", 1),
        ((0.5, 0.9), "none", 0),
    ],
)
def test_the_verdict_counts_and_says_what_it_means(final: tuple[float, ...], kind: str, solved: int) -> None:
    assert sum(one >= 0.95 for one in np.float32(final)) == solved
    assert seeds.kind_of(solved, len(final)) == kind
    count, measure, luck = seeds.verdict(CIRCLE, curves(*final), 0.95)
    assert count == f"Solved by {solved} of {len(final)}"
    assert measure == "It takes a validation accuracy of at least 95\u202f% after 3 epochs."
    assert f"{100 * max(final):.3g}\u202f%" in luck


def test_while_more_is_due_nothing_is_said_about_luck() -> None:
    assert len(seeds.verdict(CIRCLE, curves(0.96, 0.5), 0.95, due=True)) == 2


def test_what_diverged_is_counted_and_not_solved() -> None:
    found = seeds.verdict(NUMBERS, curves(0.96, np.nan), 0.9)
    assert found[0] == "Solved by 1 of 2"
    assert "validation R² of at least 0.9" in found[1]
    assert found[-1].startswith("1 of 2 diverged")
    assert seeds.verdict(CIRCLE, curves(np.nan), 0.9)[-1] == "All of them diverged."


def test_limits_are_said_where_they_apply() -> None:
    plain = seeds.limits(View(), seeds.question(View()))
    assert len(plain) == 1 and plain[0].startswith("Seeds 0 to 19")
    run = CIRCLE.model_copy(update={"network": Mlp(hidden=(4, 2), batch_norm=True), "epochs": 20})
    run = run.fork(5, {0: 1.0}.items()).fork(20 * 25, l1=0.1)
    view = View(run=run)
    assert len(seeds.limits(view, seeds.question(view))) == 5  # weights, a turn too late, batch norm, a short run
    view = View(run=CIRCLE.model_copy(update={"knobs": CIRCLE.knobs.model_copy(update={"batch_size": 1})}))
    assert "20,000 updates" in seeds.limits(view, seeds.question(view))[-1]


def test_the_picture_draws_the_first_and_the_last_epoch() -> None:
    assert seeds.shown_epochs(3).tolist() == [0, 1, 2]
    kept = seeds.shown_epochs(501)
    assert (kept[0], kept[-1], len(kept)) == (0, 500, seeds.MOST_SHOWN)


def test_without_validation_points_training_points_judge() -> None:
    bare = curves(0.9, 0.97)._replace(validation_score=np.full((2, 4), np.nan, np.float32))
    header, arrays = unpack(seeds._picture(View(), seeds.Question(CIRCLE, 2), bare))
    assert (header["judged"], [one["name"] for one in header["splits"]]) == ("train", ["train"])
    assert not any(name.startswith("validation") for name in arrays)


# ------------------------------------------------------------------------------- a seed on the stage


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states of a page on which five seeds have learnt, the newest last."""
    states = [View(many=5)]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(bench, "move", lambda key, **command: None)
    monkeypatch.setattr(st, "session_state", {seeds.LEARNING: seeds.Learning(seeds.question(states[0]))})
    return states


def opened(seed: object) -> None:
    """Say what the browser says when a dot is clicked."""
    st.session_state[seeds.PICTURE] = {"open": {"seed": seed, "seq": 1}}
    seeds._open()


def test_a_seed_goes_onto_the_stage_and_the_next_replaces_it(page: list[View]) -> None:
    opened(3)
    assert page[-1].run == CIRCLE.model_copy(update={"seed": 3})
    opened(4)
    assert (page[-1].run.seed, page[-1].kept) == (4, "")
    assert seeds.stage_of(page[-1], st.session_state[seeds.LEARNING].question) == 4


def test_a_run_that_is_none_of_them_is_kept_beside(page: list[View]) -> None:
    before = CIRCLE.fork(3, {0: 1.0}.items()).model_copy(update={"seed": 7})
    page.append(View(run=before, many=5))
    opened(1)
    assert page[-1].run == CIRCLE.model_copy(update={"seed": 1})
    assert runs.kept(page[-1]) == [before]


@pytest.mark.parametrize("seed", [None, "1", -1, 5, 0, 2.5])
def test_nonsense_and_the_seed_on_the_stage_change_nothing(page: list[View], seed: object) -> None:
    opened(seed)
    assert len(page) == 1


# ----------------------------------------------------------------------------------------- the page


def test_nothing_is_computed_before_somebody_asks(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground", link={"closer": "seeds"})
    assert not app.exception
    assert "seeds" not in shown(app)
    assert app.button(key="playground.seeds.ask").label == "Train 20 networks"
    assert link_to(app) == {"closer": "seeds"}


def test_a_network_that_is_too_large_for_so_many_is_refused_in_words(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground", link={"closer": "seeds", "hidden": "100,100", "many": "50"})
    assert app.button(key="playground.seeds.ask").disabled
    assert "10,602 weights" in said(app)
    assert (
        not open_page("playground", link={"closer": "seeds", "hidden": "100,100", "many": "5"})
        .button(key="playground.seeds.ask")
        .disabled
    )


def test_it_can_be_stopped(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground", link={"closer": "seeds"})
    app.button(key="playground.seeds.ask").click().run()
    app.button(key="playground.seeds.stop").click().run()
    assert not app.session_state[seeds.LEARNING].due
    assert app.button(key="playground.seeds.ask").label == "Train 20 networks"


def test_what_is_shown_are_the_runs_of_the_seeds(open_lab: Callable[..., AppTest]) -> None:
    app = until(open_lab(slug="playground", **SHORT, solved_from="0.7"), learnt)
    app.button(key="playground.seeds.ask").click().run()
    app = until(app, lambda app: "seeds" in shown(app) and not app.session_state[seeds.LEARNING].due)
    header, arrays = component(app, "seeds")
    assert (header["count"], header["total"], header["stage"], arrays["epochs"].tolist()) == (5, 3, 0, [0, 1, 2, 3])
    final = []
    for seed in range(5):
        run = Run(CIRCLE.model_copy(update={"seed": seed, "epochs": 3, "device": "cpu"}))
        ends = {moment.epoch: moment for moment in run.work() if moment is not None}
        final.append(ends[3]["validation_accuracy"].item())
        for split in ("train", "validation"):
            alone = [ends[epoch][f"{split}_loss"].item() for epoch in range(4)]
            assert arrays[f"{split}_loss"][seed] == pytest.approx(alone, abs=1e-5)
    assert app.subheader[-1].value == f"Solved by {sum(one >= 0.7 for one in final)} of 5"
    middle = np.median(arrays["validation_score"], axis=0)
    assert arrays["validation_score/band"][1] == pytest.approx(middle)


def test_other_knobs_leave_what_was_found_and_say_so(open_lab: Callable[..., AppTest]) -> None:
    app = until(open_lab(slug="playground", **SHORT), learnt)
    app.button(key="playground.seeds.ask").click().run()
    app = until(app, lambda app: "seeds" in shown(app) and not app.session_state[seeds.LEARNING].due)
    view = app.session_state["links.kept"]["playground"].state
    other = view.model_copy(update={"run": view.run.fork(0, l2=0.1)})
    kept = app.session_state["links.kept"]
    app.session_state["links.kept"] = {**kept, "playground": kept["playground"]._replace(state=other)}
    app.run()
    assert "This is the setting as it was before." in said(app)
    assert component(app, "seeds")[0]["stage"] is None


def test_a_failure_is_said_and_ends_it() -> None:
    learning = replace(seeds.Learning(seeds.question(View())), failure="no")
    assert not learning.due
