"""The page of the forward pass opens at once, every control goes to each end, and its link is its state."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.forward_loss.spec import DEFAULT, Judging, Subject, View
from dlviz.words import forward_loss as words
from tests.concepts.forward_loss.panels.test_stage import taken_apart, view_of
from tests.lab import link_to, looked, said

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

ALL = ",".join(("mse", "huber", "smoothing", "focal"))
ENDS = {
    "source": (("flower", "yours", "loan", "digit"), {}),
    "trained": ((False, True), {}),
    "bend": (("sigmoid", "relu"), {}),
    "example": ((0, 999), {}),
    "delta": (codec.limits(Judging.model_fields["delta"]), {"losses": ALL}),
    "smoothing": (codec.limits(Judging.model_fields["smoothing"]), {"losses": ALL}),
    "gamma": (codec.limits(Judging.model_fields["gamma"]), {"losses": ALL}),
    "fed": (("scores", "probabilities"), {}),
    "raised": (codec.limits(View.model_fields["raised"]), {"closer": "overflow"}),
    "logits.1": ((-20.0, 20.0), {"closer": "overflow"}),
    "rare": (codec.limits(View.model_fields["rare"]), {"closer": "rare"}),
    "rare_weight": (codec.limits(View.model_fields["rare_weight"]), {"closer": "rare"}),
}


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    kinds = ("slider", "select_slider", "number_input", "selectbox", "toggle", "segmented_control", "button_group")
    return next(one for kind in kinds for one in app.get(kind) if one.key == key)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("forward_loss", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert link_to(app) == {}


@pytest.mark.parametrize("name", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_lab: Open, name: str) -> None:
    ends, link = ENDS[name]
    app, states = taken_apart(open_lab, **link), set()
    for end in ends:
        widget(app, f"forward_loss.{name}").set_value(end).run()
        looked(app)
        states.add(view_of(app))
        assert widget(app, f"forward_loss.{name}").value == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert len(states) == len(ends)


def test_another_subject_has_its_own_numbers_unchanged(open_lab: Open) -> None:
    app = taken_apart(open_lab, changed="x1=2", walk="4")
    widget(app, "forward_loss.example").set_value(9).run()
    assert view_of(app) == View(subject=Subject(example=9))


def test_ones_own_network_is_the_one_that_one_left_in_the_playground(open_page: Open) -> None:
    app = open_page("playground", link={"activation": "sigmoid", "seed": "3", "at": "250"})
    app.query_params.clear()
    app.switch_page("../../pages/forward_loss.py").run()
    widget(app, "forward_loss.source").set_value("yours").run()
    subject = view_of(app).subject
    assert (subject.run.network.activation, subject.run.seed, subject.at) == ("sigmoid", 3, 250)
    assert link_to(app)["seed"] == "3"


def test_mistakes_are_shown_one_after_the_other(open_lab: Open) -> None:
    app, seen = taken_apart(open_lab, source="loan"), set()
    for _ in range(3):
        next(one for one in app.button if one.key == "forward_loss.mistake").click()
        looked(app)
        seen.add(view_of(app).subject.example)
    assert len(seen) == 3


def test_a_change_of_language_keeps_every_value(open_lab: Open) -> None:
    app = taken_apart(open_lab, source="loan", changed="x2=1.5", losses="hinge,focal", gamma="3.5")
    before, english = view_of(app), said(app)
    for spoken in ("zh", "en", "zh"):
        next(one for one in app.get("segmented_control") if one.key == "language").set_value(spoken).run()
        looked(app)
        assert view_of(app) == before
        assert link_to(app) == {**codec.write(before, DEFAULT), "lang": spoken}
    assert said(app) != english


@pytest.mark.parametrize(
    "link",
    [
        {"source": "car"},
        {"changed": "w7.1.1=3"},
        {"walk": "many"},
        {"losses": "mse,mse"},
        {"rare": "2"},
        {"logits": "1,2,3,4"},
        {"network": "cnn"},
        {"at": "-1"},
        {"nothing": "1"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_that_cannot_be_read_says_so_in_one_sentence(open_page: Open, link: dict, lang: str) -> None:
    app = open_page("forward_loss", lang=lang, link=link)
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app) == DEFAULT
