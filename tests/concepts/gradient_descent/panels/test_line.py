"""The line between: it joins what is on show, ends where the runs stand, and is said in words."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent.panels import line
from dlviz.concepts.gradient_descent.panels.walkers import Walker
from dlviz.concepts.gradient_descent.recording import Between
from dlviz.concepts.gradient_descent.spec import DEFAULT, Real, View
from dlviz.recording import Moment
from tests.lab import component, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
TRAINED = "points=60|hidden=4|epochs=12"
LINK = {"slug": "gradient_descent", "section": "network", "trained": TRAINED, "aspect": "line"}


def pair(**fields: object) -> tuple[Real, tuple[Walker, Walker]]:
    """Return a question and two runs of two epochs, one of which makes twice as many steps in each."""
    given = Real(trained=TRAINED, **fields)
    rows = [
        tuple(Moment(epoch * a, float(epoch), {"weights": np.full(3, float(10 * a + epoch))}) for epoch in range(3))
        for a in (1, 2)
    ]
    return given, tuple(Walker(run, moments, True, None) for run, moments in zip(given.runs, rows, strict=True))


def found(losses: list[float]) -> Between:
    """Return a line with so many losses from the one end to the other."""
    shares, row = np.linspace(0, 1, len(losses)), np.array(losses)
    highest = int(row.argmax())
    hill = (float(shares[highest]), float(row[highest] - max(row[0], row[-1])))
    both = np.stack([row, row])
    return Between(
        shares,
        both,
        both,
        np.zeros((len(row), 4, 4), np.uint8),
        (hill, hill),
        np.array([2.0, 16.3]),
        6.4,
        np.zeros((5, 2)),
        np.zeros(5),
    )


def test_it_joins_both_runs_after_as_many_epochs() -> None:
    asked = line.question(*pair(), epoch=1.0)
    assert [row[0] for row in asked.weights] == [11, 21]
    assert asked.short == ("SGD", "Adam")


@pytest.mark.parametrize(
    ("between", "weights", "short"), [("first", [10, 12], ("start", "SGD")), ("second", [20, 22], ("start", "Adam"))]
)
def test_it_joins_the_start_with_an_end(between: str, weights: list[float], short: tuple[str, str]) -> None:
    asked = line.question(*pair(between=between), epoch=np.inf)
    assert [row[0] for row in asked.weights] == weights
    assert asked.short == short
    assert asked.colours[0] == "muted"


def test_runs_that_differ_in_their_batches_only_are_called_by_them() -> None:
    asked = line.question(*pair(optimizer_b="sgd", rate_b=0.1, batch_a=5, batch_b=1024), epoch=2.0)
    assert asked.short == ("B = 5", "all examples")
    assert asked.names == ("SGD, η = 0.1, B = 5", "SGD, η = 0.1, all examples")


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([0.01, 0.5, 0.02], "hill** between them: at 50\u202f% of the way the training loss is 0.500"),
        ([0.5, 0.2, 0.1], "nowhere rises"),
        ([0.1, 0.1002, 0.1], "at most 0.000200"),
    ],
)
def test_the_words_tell_the_hill_the_distance_and_the_sharper_end(losses: list[float], words: str) -> None:
    text = line.said(line.question(*pair(), epoch=2.0), found(losses))
    assert words in text
    assert "6.40 apart" in text
    assert "“Adam, η = 0.01” stands in the sharper place: λ₁ is 16.3 there, and 2.00" in text


def test_ends_that_bend_alike_are_not_told_apart() -> None:
    alike = found([0.1, 0.1, 0.1])._replace(sharpness=np.array([9.2401, 9.2399]))
    assert "equally sharp places: λ₁ is 9.24 there" in line.said(line.question(*pair(), epoch=2.0), alike)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_line_ends_with_what_the_bench_shows(open_lab: Open, lang: str) -> None:
    app = open_lab(lang=lang, **LINK, moment="36")
    app = until(app, lambda app: "between" in shown(app))
    header, arrays = component(app, "between")
    assert header["short"] == ["SGD", "Adam"]
    assert arrays["losses"].shape == (2, 61) and arrays["maps"].shape == (61, 48, 48)
    assert arrays["points"].shape == (30, 2)
    assert not app.exception


def test_another_line_is_chosen_and_comes_into_the_link(open_lab: Open) -> None:
    app = until(open_lab(**LINK), lambda app: "between" in shown(app))
    chosen = next(one for one in app.get("button_group") if one.key == "gradient_descent.between")
    chosen.set_value("second").run()
    app = until(app, lambda app: component(app, "between")[0]["short"] == ["start", "Adam"])
    assert state_of(app, "gradient_descent").real.between == "second"
    assert "apart" in said(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_the_line_and_its_question(open_page: Open, lang: str) -> None:
    real = Real(trained=TRAINED, aspect="line", between="second", real_preset="flat", real_guess=1, batch_b=1024)
    restores(open_page, "gradient_descent", View(section="network", real=real), DEFAULT, lang)


def test_what_a_link_says_wrong_becomes_the_default(open_page: Open) -> None:
    link = {"section": "network", "aspect": "hole", "between": "us", "real_preset": "win", "real_guess": "7"}
    app = open_page("gradient_descent", link=link)
    assert state_of(app, "gradient_descent") == View(section="network")
    assert app.warning.len > 0
    assert not app.exception
