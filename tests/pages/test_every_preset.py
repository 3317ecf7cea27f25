"""Whatever stands in a row of things to try, on whichever page: it asks, and what is asked can be answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.activations.panels import depth
from dlviz.concepts.activations.panels import tries as activations
from dlviz.concepts.backprop.panels import tries as backprop
from dlviz.concepts.backprop.panels import vanishing
from dlviz.concepts.cnn.panels import tries as cnn
from dlviz.concepts.forward_loss.panels import tries as forward_loss
from dlviz.concepts.gradient_descent.panels import questions as real
from dlviz.concepts.gradient_descent.panels import tries as gradient_descent
from dlviz.concepts.linear_regression.panels import tries as linear_regression
from dlviz.concepts.logistic_regression.panels import tries as logistic_regression
from dlviz.concepts.mlp.panels import tries as mlp
from dlviz.concepts.mlp.spec import CARS, DIGITS, WAVE
from dlviz.concepts.model_zoo.panels import tries as model_zoo
from dlviz.concepts.playground.panels import tries as playground
from dlviz.concepts.rnn.panels import tries as rnn
from dlviz.concepts.rnn.spec import PRESETS as OF_RNN
from dlviz.concepts.rnn.spec import RUNS as OF_RNN_RUNS
from dlviz.spec import Choice
from dlviz.ui import tries
from dlviz.ui.tries import Page
from dlviz.words import catalogue

RUNS = {"function": WAVE, "digits": DIGITS, "table": CARS}
IN_SIGHT = [
    *(module.PAGE for module in (activations, backprop, cnn, forward_loss, gradient_descent, linear_regression)),
    *(module.PAGE for module in (logistic_regression, model_zoo, playground)),
    *(mlp.page(part) for part in RUNS),
    *(rnn.page(part) for part in OF_RNN),
]
"""The rows that stand at the head of a page."""
FURTHER_DOWN = [depth.PAGE, vanishing.PAGE, real.PAGE]


def each(pages: list[Page]) -> list[object]:
    """Return the row and the name of everything that can be tried."""
    return [pytest.param(page, name, id=f"{page.words}-{name}") for page in pages for name in page.tries]


@pytest.mark.parametrize(("page", "name"), each([*IN_SIGHT, *FURTHER_DOWN]))
def test_every_question_has_answers_to_choose_from(page: Page, name: str) -> None:
    choices = tries._choices(page, page.tries[name])
    assert len(choices) >= 2
    assert len(set(choices)) == len(choices)


def view_of(page: Page, name: str) -> Choice:
    """Return the state of a page on which this is tried."""
    view = page.default
    if page.words == "mlp":
        view = view.model_copy(update={"run": next(RUNS[part] for part in RUNS if name in mlp.page(part).tries)})
    if page.words == "rnn":
        part = next(part for part, names in OF_RNN.items() if name in names)
        view = view.model_copy(update={"part": part, "run": OF_RNN_RUNS[part]})
    return page.having(view, preset=name)


@pytest.mark.parametrize(("page", "name"), each(IN_SIGHT))
def test_every_question_is_asked_on_its_page_and_an_answer_taken(
    open_page: Callable[..., AppTest], page: Page, name: str
) -> None:
    view = view_of(page, name)
    app = open_page(page.words, link=codec.write(view, page.default))
    assert not app.exception
    asked = [button.label for button in app.button if button.key and button.key.startswith(f"{page.words}.guess.")]
    assert asked == tries._choices(page, page.tries[name])
    place = len(asked) - 1
    app.button(key=f"{page.words}.guess.{place}").click().run()
    assert not app.exception
    assert any(one.value == catalogue.text("tries.your_guess", "en", guess=asked[place]) for one in app.markdown)
