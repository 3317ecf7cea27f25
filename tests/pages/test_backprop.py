"""The backpropagation page opens with a graph, every control goes to each end, and its link is its state."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.backprop.spec import DEFAULT, MICROGRAD, Question, View
from dlviz.ui import fields, links
from dlviz.words import backprop as words
from tests.lab import component, link_to, looked, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

SCENE_OF = {
    **dict.fromkeys(("inputs", "activation", "penalty"), "neuron"),
    **dict.fromkeys(("data", "sample", "batch", "seed"), "mlp"),
    **dict.fromkeys(("times", "memory"), "rnn"),
    **dict.fromkeys(("learning_rate", "bug", "updates", "scene"), "expression"),
}


def ends(name: str) -> tuple[object, ...]:
    """Return the first and the last value that a field can have."""
    options = fields.options_of(Question.model_fields[name])
    return options[:: len(options) - 1] if options else codec.limits(Question.model_fields[name])


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, "backprop")


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    kinds = ("slider", "select_slider", "number_input", "selectbox", "button_group", "button", "text_area", "pills")
    return next(one for kind in kinds for one in app.get(kind) if one.key == key)


def there(app: AppTest) -> bool:
    """Return whether the graph of the question is on the page."""
    return "graph" in shown(app) and component(app, "graph")[0]["fresh"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("backprop", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert link_to(app) == {}


def test_a_graph_is_there_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(slug="backprop"), there)
    sent, numbers = component(app, "graph")
    assert [node["name"] for node in sent["nodes"]] == ["a", "b", "c", "v₁", "d", "v₂", "L"]
    assert numbers["gradients"][0].tolist() == [-16, 8, 4, 4, 4, 4, 1]
    assert numbers["values"].shape == (41, 7)


@pytest.mark.parametrize("scene", ["neuron", "mlp", "rnn"])
def test_every_scene_is_computed(open_lab: Open, scene: str) -> None:
    app = until(open_lab(slug="backprop", scene=scene), there)
    sent, numbers = component(app, "graph")
    assert numbers["values"][-1, -1] < numbers["values"][0, -1]
    assert len(sent["learns"]) > 2


@pytest.mark.parametrize("name", SCENE_OF)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, name: str) -> None:
    app = open_page("backprop", link={"scene": SCENE_OF[name]} if SCENE_OF[name] != "expression" else {})
    for end in ends(name):
        widget(app, f"backprop.{name}").set_value(end).run()
        assert not app.exception
        assert getattr(view_of(app).question, name) == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert view_of(open_page("backprop", link=link_to(app))) == view_of(app)


def test_layers_are_added_and_taken_away(open_page: Open) -> None:
    app = open_page("backprop", link={"scene": "mlp"})
    widget(app, "backprop.hidden.add").click().run()
    assert view_of(app).question.hidden == (3, 3)
    for _ in range(2):  # one layer is the least
        widget(app, "backprop.hidden.remove").click().run()
        assert not app.exception
        assert view_of(app).question.hidden == (3,)


def test_a_pasted_program_becomes_the_graph(open_lab: Open) -> None:
    app = open_lab(slug="backprop")
    widget(app, "backprop.program").set_value(MICROGRAD).run()
    app = until(app, there)
    sent, numbers = component(app, "graph")
    names = [node["name"] for node in sent["nodes"]]
    assert f"{numbers['values'][0, -1]:.4f}" == "24.7041"
    assert f"{numbers['gradients'][0, names.index('b')]:.4f}" == "645.5773"


@pytest.mark.parametrize("text", ["a = = 2", "b = tanh 2", "import os", "", "a = 2\n" * 60])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_program_that_cannot_be_read_is_refused_in_words(open_page: Open, text: str, lang: str) -> None:
    app = open_page("backprop", lang=lang)
    widget(app, "backprop.program").set_value(text).run()
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app) == DEFAULT
    assert widget(app, "backprop.program").value == text


@pytest.mark.parametrize(("bug", "red"), [("overwrite", True), ("tanh", False)])
def test_a_planted_bug_is_told(open_lab: Open, bug: str, red: bool) -> None:
    app = until(open_lab(slug="backprop", bug=bug), there)
    assert (app.error.len, app.info.len) == ((1, 0) if red else (0, 1))


def test_numbers_set_by_hand_are_taken_back(open_page: Open) -> None:
    app = open_page("backprop", link={"scene": "neuron", "values": "w1=3", "at": "2"})
    widget(app, "backprop.reset").click().run()
    assert view_of(app) == View(question=Question(scene="neuron"))
    assert widget(app, "backprop.reset").disabled


def test_a_thing_to_try_is_asked_and_answered(open_lab: Open) -> None:
    app = open_lab(slug="backprop", preset="micrograd")
    widget(app, "backprop.guess.0").click().run()
    app = until(app, lambda app: "138.8338" in said(app))
    assert "645.5773" in said(app)
    assert view_of(app).question.program == MICROGRAD


WHOLE = View(
    question=Question(scene="mlp", hidden=(2, 2), batch=2, values="w11=0.5", bug="power", updates=5, learning_rate=0.1),
    at=2,
    walk=4,
    node=3,
    open=(0,),
    trust=True,
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_exactly_this_state(open_page: Open, lang: str) -> None:
    restores(open_page, "backprop", WHOLE, DEFAULT, lang)


@pytest.mark.parametrize(
    "link",
    [
        {"program": "(", "values": "x", "hidden": "99", "at": "many", "scene": "gan"},
        {"program": "x" * 5000, "walk": "-1", "open": "a,b", "node": "1e9"},
        {"question": "{}", "__class__": "x", "": "y"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_with_nonsense_opens_with_one_sentence_that_names_it(
    open_page: Open, lang: str, link: dict[str, str]
) -> None:
    app = open_page("backprop", lang=lang, link={**link, "times": "5"})
    assert not app.exception
    assert app.warning.len == 1
    _, problems = codec.read({**link, "times": "5"}, DEFAULT)
    assert app.warning[0].value == links.sentence(problems, lang)
    assert view_of(app) == View(question=Question(times=5))


def test_a_change_of_language_keeps_every_value(open_page: Open) -> None:
    app = open_page("backprop", link=codec.write(WHOLE, DEFAULT))
    for spoken in ("zh", "en"):
        widget(app, "language").set_value(spoken).run()
        looked(app)
        assert view_of(app) == WHOLE
