"""What to try with a real network: the runs themselves prove one answer right, and the link holds the question."""

from collections.abc import Callable
from itertools import chain

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import solutions
from dlviz.concepts.gradient_descent.panels import edge, questions
from dlviz.concepts.gradient_descent.panels.walkers import Walker
from dlviz.concepts.gradient_descent.recording import Between
from dlviz.concepts.gradient_descent.spec import DEFAULT, Real
from dlviz.training.run import Run
from dlviz.words import catalogue
from tests.lab import said, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


def trained(given: Real) -> list[Walker]:
    """Return both runs of a question, trained to their ends."""
    found = []
    for spec in given.runs:
        run = Run(spec.model_copy(update={"device": "cpu"}))
        found.append(Walker(run.spec, tuple(moment for moment in run.work() if moment is not None), True, None))
    return found


def test_learning_from_all_points_the_sharpness_rises_to_its_limit_and_hovers() -> None:
    for one, limit in zip(trained(questions.EDGE), (20, 10), strict=True):
        late = [moment for moment in one.moments if moment.step >= 500][::10]
        found = solutions.edge(one.run, np.array([m.step for m in late]), np.stack([m["weights"] for m in late]))
        assert found.limits == pytest.approx(limit)
        assert found.values[:, 0].mean() == pytest.approx(limit, rel=0.05)
        first = solutions.edge(one.run, np.zeros(1), one.moments[0]["weights"][None])
        assert first.values[0, 0] < 10


def test_between_sgd_and_adam_there_is_a_hill() -> None:
    first, second = trained(questions.HILL)
    found = solutions.between(first.run, first.moments[-1]["weights"], second.moments[-1]["weights"])
    assert found.hills[0][1] > 5 * found.losses[0, [10, 50]].max()


@pytest.mark.parametrize(("name", "judge", "right"), [("seeds", questions.between, 1), ("flat", questions.sharper, 1)])
def test_the_runs_themselves_prove_the_answer_right(
    monkeypatch: pytest.MonkeyPatch, name: str, judge: Callable, right: int
) -> None:
    given = {"seeds": questions.SEEDS, "flat": questions.FLAT}[name]
    first, second = trained(given)
    line = solutions.between(first.run, first.moments[-1]["weights"], second.moments[-1]["weights"])
    monkeypatch.setattr(questions, "_line", lambda _: line)
    found = judge((first, second))
    assert found.right == right
    assert max(line.losses[0, [10, 50]]) < 0.1  # both learn it well, as the question says
    for lang in catalogue.LANGUAGES:
        text = catalogue.text(f"gradient_descent.real.preset.{name}.found", lang, **found.values)
        assert "{" not in text and "nan" not in text


def told(sharpness: tuple[float, float], hill: float) -> Between:
    shares, row = np.array([0.0, 0.5, 1.0]), np.array([0.01, 0.02 + hill, 0.02])
    both = np.stack([row, row])
    return Between(
        shares,
        both,
        both,
        np.zeros((3, 4, 4)),
        ((0.5, hill),) * 2,
        np.array(sharpness),
        1.0,
        np.zeros((1, 2)),
        np.zeros(1),
    )


@pytest.mark.parametrize(("sharpness", "right"), [((8, 16), 1), ((16, 8), 0), ((8, 9), 2)])
def test_the_sharper_end_is_the_one_with_the_larger_eigenvalue(
    monkeypatch: pytest.MonkeyPatch, sharpness: tuple[float, float], right: int
) -> None:
    monkeypatch.setattr(questions, "_line", lambda _: told(sharpness, 0))
    assert questions.sharper(()).right == right


@pytest.mark.parametrize(("hill", "right"), [(0.0, 0), (0.001, 0), (0.1, 1)])
def test_a_hill_is_one_that_rises_by_half_of_the_higher_end(
    monkeypatch: pytest.MonkeyPatch, hill: float, right: int
) -> None:
    monkeypatch.setattr(questions, "_line", lambda _: told((1, 1), hill))
    assert questions.between(()).right == right


@pytest.mark.parametrize(("late", "right"), [(5, 0), (20, 1), (40, 2)])
def test_the_edge_is_judged_by_the_second_half(monkeypatch: pytest.MonkeyPatch, late: float, right: int) -> None:
    steps = np.arange(4)
    values = np.repeat(np.array([[1.0], [2], [late], [late]]), 3, axis=1)
    monkeypatch.setattr(edge, "complete", lambda _: edge.Measured(steps, steps, values, values, np.full(4, 20.0)))
    found = questions.rises((None, None))
    assert (found.right, found.values["limit"], found.values["first"]) == (right, "20.0", "1.00")


def test_before_all_is_measured_nothing_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "complete", lambda _: None)
    monkeypatch.setattr(questions, "_line", lambda _: None)
    assert [judge((None, None)) for judge in (questions.rises, questions.between, questions.sharper)] == [None] * 3


def test_a_question_is_asked_first_and_answered_by_the_runs(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Real(trained="points=60|hidden=4|epochs=12", aspect="line")
    monkeypatch.setitem(questions.TRIES, "hill", questions.question(small, "between", questions.between))
    app = open_lab(slug="gradient_descent", section="network", real_preset="hill", trained=small.trained)
    button = next(one for one in app.button if one.key == "gradient_descent.real.guess.1")
    button.click().run()
    app = until(app, lambda app: "the highest place between them has" in said(app))
    view = state_of(app, "gradient_descent")
    assert (view.real.real_guess, view.real.aspect) == (1, "line")
    assert not app.exception


def test_every_question_leads_to_its_runs_in_both_languages() -> None:
    for name, one in questions.TRIES.items():
        there = one.leads_to(questions.PAGE.having(DEFAULT, preset=name, guess=0))
        assert (there.section, there.real.real_preset, there.real.real_guess) == ("network", name, 0)
    assert len(set(chain.from_iterable(given.runs for given in (questions.EDGE, questions.HILL, questions.FLAT)))) == 6
