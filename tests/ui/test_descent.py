"""The way from a run to its loss as a landscape: it leads to that very run, and is there where it leads somewhere."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.gradient_descent.panels.real import address
from dlviz.concepts.gradient_descent.spec import DEFAULT, home_of
from dlviz.concepts.linear_regression.spec import CARS, LINE
from dlviz.concepts.logistic_regression.spec import CANCER, CLOUDS
from dlviz.concepts.mlp.spec import CARS as DENSE_CARS
from dlviz.concepts.mlp.spec import DIGITS, WAVE
from dlviz.spec import CIRCLE, Linear, Mlp, can_be_mapped
from dlviz.ui import first_runs
from dlviz.ui.descent import raced
from tests.lab import link_to, state_of

Open = Callable[..., AppTest]
RUNS = {
    "playground": [CIRCLE],
    "linear_regression": [LINE, CARS],
    "logistic_regression": [CLOUDS, CANCER],
    "mlp": [WAVE, DENSE_CARS],
}
ALL = [(home, run) for home, runs in RUNS.items() for run in runs]


@pytest.mark.parametrize(("home", "run"), ALL)
def test_one_of_the_two_is_this_run_and_both_see_as_many_examples_at_a_time(home: str, run) -> None:
    run = run.model_copy(update={"seed": 5, "knobs": run.knobs.model_copy(update={"l2": 0.02, "batch_size": 32})})
    view, problems = codec.read(raced(run), DEFAULT)
    assert problems == [] and view.section == "network"
    assert run in view.real.runs
    assert {one.knobs.batch_size for one in view.real.runs} == {32}
    assert home_of(run) == home


@pytest.mark.parametrize(("home", "run"), ALL)
def test_the_way_back_puts_that_very_run_on_its_own_page(home: str, run) -> None:
    run = run.model_copy(update={"seed": 5})
    usual = first_runs.specs()[home].DEFAULT
    link = {name: text for name, text in address(run, home).items() if name != "lang"}
    view, problems = codec.read(link, usual)
    assert problems == [] and view.run == run


def test_there_is_no_way_with_pictures_normalised_layers_or_very_many_weights() -> None:
    normalised = WAVE.model_copy(update={"network": Mlp(hidden=(8,), batch_norm=True)})
    large = DENSE_CARS.model_copy(update={"network": Mlp(hidden=(200, 200))})
    pixels = DIGITS.model_copy(update={"network": Linear()})
    for run in (DIGITS, normalised, large, pixels):
        assert not can_be_mapped(run)
        assert [problem.name for problem in codec.read(raced(run), DEFAULT)[1]] == ["trained"]
    assert all(can_be_mapped(run) for _, run in ALL)
    assert address(CANCER.model_copy(update={"network": Mlp(hidden=(4,))}), "mlp") is None  # that page has no classes


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("slug", ["linear_regression", "logistic_regression", "mlp"])
def test_the_button_goes_there_with_the_run_on_the_stage(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, slug: str, lang: str
) -> None:
    gone = []
    monkeypatch.setattr(st, "switch_page", lambda page, query_params: gone.append((page, query_params)))
    app = open_page(slug, link={"seed": "9", "lang": lang})
    run = state_of(app, slug).run
    next(one for one in app.button if one.key == f"{slug}.gradient_descent").click().run()
    assert not app.exception
    ((page, query),) = gone
    assert page.name == "gradient_descent.py" and query["lang"] == lang
    there, problems = codec.read({name: text for name, text in query.items() if name != "lang"}, DEFAULT)
    assert problems == [] and run in there.real.runs and run.seed == 9


def test_pictures_have_no_button(open_page: Open) -> None:
    app = open_page("mlp", link={"data": "mnist-5k"})
    assert link_to(app)["data"] == "mnist-5k"
    assert not [one for one in app.button if one.key == "mlp.gradient_descent"]
