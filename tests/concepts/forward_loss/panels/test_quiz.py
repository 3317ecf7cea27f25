"""Test yourself: a wrong answer is told its slip, the first answers are counted, the next question is another."""

import pytest

from tests.concepts.forward_loss.panels.test_stage import taken_apart, view_of
from tests.lab import looked, said, until

pytestmark = pytest.mark.xdist_group("quick engine")


def options(app):
    return [one for one in app.button if one.key and one.key.startswith("forward_loss.option.")]


def press(app, key: str):
    next(one for one in app.button if one.key == key).click()
    return looked(app)


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"source": "digit"},
        {"source": "loan"},
        {"source": "yours", "at": "10"},
        {"source": "yours", "at": "10", "data": "hills"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_network_is_asked_about(open_lab, link: dict, lang: str) -> None:
    app = until(taken_apart(open_lab, lang, closer="quiz", **link), lambda app: len(options(app)) >= 3)
    for _ in range(6):
        asked = said(app)
        app = press(app, options(app)[0].key)
        assert view_of(app).answer == 0
        assert app.success.len + app.warning.len == 1
        app = press(app, "forward_loss.next")
        assert view_of(app).answer is None
        assert said(app) != asked
    assert "6" in said(app)


def test_only_the_first_answer_to_a_question_counts(open_lab) -> None:
    app = until(taken_apart(open_lab, closer="quiz"), lambda app: len(options(app)) >= 3)
    app = press(app, options(app)[1].key)
    assert all(one.disabled for one in options(app))
    assert "of 1 right" in said(app)
