"""The page on activation functions opens at once; every control goes to each end, and its link is its state."""

import json
from collections.abc import Callable

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.activations.panels import function, softmax
from dlviz.concepts.activations.spec import DEFAULT, LEARNT, PARAMETERS, Parameters, View
from dlviz.ui import links
from dlviz.words import activations as words
from tests.lab import component, link_to, looked, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

SECTIONS = ("function", "softmax", "depth", "network")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, "activations")


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    kinds = ("slider", "select_slider", "text_input", "selectbox", "segmented_control", "button")
    return next(one for kind in kinds for one in app.get(kind) if one.key == key)


def plain(app: AppTest, name: str) -> dict:
    """Return the plain data that one of our components was sent."""
    found = next(one.proto for one in app.get("bidi_component") if one.proto.component_name == f"dlviz.{name}")
    return json.loads(found.json)[0]


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_before_anything_is_computed(open_page: Open, lang: str, section: str) -> None:
    for _ in range(2):
        app = open_page("activations", lang=lang, link={"section": section})
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert words.WORDS[f"section.{section}.lead"][lang == "zh"] in said(app)


def test_curves_are_there_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(slug="activations"), lambda app: {"functions", "gallery"} <= set(shown(app)))
    header, arrays = component(app, "functions")
    assert [one["name"] for one in header["functions"]] == list(DEFAULT.functions)
    np.testing.assert_allclose(arrays["values"][2], np.tanh(arrays["x"]), atol=1e-12)
    relu = dict(map(tuple, header["functions"][0]["facts"]))
    assert relu["dead"] == "Dead (slope 0) for x < 0"
    header, arrays = component(app, "gallery")
    assert sum(len(family["functions"]) for family in header["families"]) == len(arrays) == 26
    assert link_to(app) == {}


def test_softmax_is_there(open_lab: Open) -> None:
    app = until(open_lab(slug="activations", section="softmax"), lambda app: "softmax" in shown(app))
    data = plain(app, "softmax")
    powers = np.exp(np.array(DEFAULT.logits))
    assert data["probabilities"] == pytest.approx(powers / powers.sum())
    assert data["numbers"][0]["label"] == words.WORDS["softmax.entropy"][0]


def test_the_sums_of_a_run_lie_on_the_curve_of_its_activation(open_lab: Open) -> None:
    link = {"section": "network", "epochs": "3", "activation": "relu", "hidden": "5,3"}
    app = until(open_lab(slug="activations", **link), lambda app: "sums" in shown(app))
    app = until(app, lambda app: component(app, "sums")[0]["epochs"][-1] == 3)
    header, arrays = component(app, "sums")
    assert [one["units"] for one in header["layers"]] == [5, 3]
    np.testing.assert_allclose(arrays["0/values"], np.maximum(arrays["0/x"], 0), atol=1e-6)
    assert (arrays["0/counts"].sum(axis=1) == 5 * LEARNT.data.points / 2).all()
    assert arrays["slope"].shape == (2, len(header["steps"]))


def test_a_network_without_hidden_layers_has_nothing_to_show(open_lab: Open) -> None:
    app = until(
        open_lab(slug="activations", section="network", epochs="2", hidden=""), lambda app: "bench" in shown(app)
    )
    assert words.WORDS["network.none"][0] in said(app)


# ------------------------------------------------------------------------------------ the controls

TOLD = {place: name for name, places in PARAMETERS.items() for place in places.values()}
ENDS = {f"activations.{place}": codec.limits(Parameters.model_fields[place]) for place in TOLD}
ENDS |= {f"activations.{name}": codec.limits(View.model_fields[name]) for name in ("reach", "flat_below", "added")}
ENDS |= {
    "activations.temperature": (0.01, 100.0),
    "activations.classes": (2, 8),
    "activations.bend": ("relu", "identity"),
}
ENDS |= {"activations.formula": ("x", "sin(x)^2 + 1")}
SECTION_OF = {"added": "softmax", "temperature": "softmax", "classes": "softmax", "bend": "network"}


@pytest.mark.parametrize("key", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, key: str) -> None:
    name = key.partition(".")[2]
    link = {"section": SECTION_OF.get(name, "function")} | ({"functions": TOLD[name]} if name in TOLD else {})
    app, states = open_page("activations", link=link), set()
    for end in ENDS[key]:
        widget(app, key).set_value(end).run()
        assert not app.exception
        assert widget(app, key).value == end
        states.add(view_of(app))
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert len(states) == 2
    assert view_of(open_page("activations", link=link_to(app))) == view_of(app)


def test_one_end_of_the_random_slopes_takes_the_other_along(open_page: Open) -> None:
    app = open_page("activations", link={"functions": "rrelu"})
    widget(app, "activations.rrelu_lower").set_value(0.8).run()
    assert (view_of(app).parameters.rrelu_lower, view_of(app).parameters.rrelu_upper) == (0.8, 0.8)
    widget(app, "activations.rrelu_upper").set_value(0.1).run()
    assert (view_of(app).parameters.rrelu_lower, view_of(app).parameters.rrelu_upper) == (0.1, 0.1)


def test_a_typed_formula_joins_the_comparison(open_lab: Open) -> None:
    app = open_lab(slug="activations")
    widget(app, "activations.formula").set_value("x^3").run()
    assert view_of(app).functions == (*DEFAULT.functions, "own")
    app = until(app, lambda app: "functions" in shown(app) and len(component(app, "functions")[0]["functions"]) == 4)
    arrays = component(app, "functions")[1]
    np.testing.assert_allclose(arrays["slopes"][3], 3 * arrays["x"] ** 2, atol=1e-9)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("typed", ["x +", "y", "import os", "x" * 80, "", "f(x)", "1e999"])
def test_what_is_no_formula_is_said_and_the_rest_stays(open_page: Open, lang: str, typed: str) -> None:
    app = open_page("activations", lang=lang, link={"functions": "own,tanh"})
    widget(app, "activations.formula").set_value(typed).run()
    assert not app.exception
    assert any(one.value.startswith(":red[") for one in app.caption)
    assert function.readable(view_of(app)) == ("tanh",)


def test_another_activation_begins_the_run_again(open_page: Open) -> None:
    app = open_page("activations", link={"section": "network", "at": "40", "activations": "relu"})
    widget(app, "activations.bend").set_value("sigmoid").run()
    assert view_of(app).run.network.activation == "sigmoid"
    assert (view_of(app).run.network.activations, view_of(app).at) == ((), None)


# ------------------------------------------------------------------------------------ what it hears


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    found = [DEFAULT]
    monkeypatch.setattr(links, "current", lambda default: found[-1])
    monkeypatch.setattr(links, "put", found.append)
    monkeypatch.setattr(st, "session_state", {})
    return found


def test_what_the_browser_says_becomes_the_state(states: list[View]) -> None:
    st.session_state[function.STAGE] = {"probe": {"value": -2.5, "seq": 1}}
    function._probed()
    st.session_state[function.GALLERY] = {"chosen": {"names": ["elu", "mish"], "seq": 1}}
    function._chosen()
    st.session_state[softmax.KEY] = {"logits": {"values": [1, 2.5, -3], "seq": 1}}
    softmax._dragged()
    assert states[-1] == View(probe=-2.5, functions=("elu", "mish"), logits=(1, 2.5, -3))


@pytest.mark.parametrize("nonsense", [None, "x", [], ["x"], [1e9] * 3, 1e9, float("nan"), {}, [None]])
def test_nothing_that_a_browser_says_breaks_the_page(states: list[View], nonsense: object) -> None:
    st.session_state[function.STAGE] = {"probe": {"value": nonsense}}
    st.session_state[function.GALLERY] = {"chosen": {"names": nonsense or ()}}
    st.session_state[softmax.KEY] = {"logits": {"values": nonsense or ()}}
    for hear in (function._probed, function._chosen, softmax._dragged):
        hear()
    assert states == [DEFAULT]


# ----------------------------------------------------------------------------------------- the link

WHOLE = View(
    section="softmax",
    preset="cold",
    guess=1,
    functions=("own", "celu", "prelu"),
    parameters=Parameters(celu_alpha=2.5, prelu_slope=-0.5),
    formula="x * exp(-x^2)",
    probe=-0.75,
    reach=3.0,
    flat_below=0.1,
    logits=(1.5, -4.0, 0.0),
    temperature=0.5,
    added=-20.0,
    run=LEARNT.fork(40, learning_rate=0.1),
    at=120,
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_exactly_this_state(open_page: Open, lang: str) -> None:
    restores(open_page, "activations", WHOLE, DEFAULT, lang)


@pytest.mark.parametrize(
    "link",
    [
        {"functions": "softmax", "reach": "-1", "no_such_field": "1", "section": "everything"},
        {"logits": "a,b", "temperature": "0", "probe": "nan", "formula": "x" * 5000},
        {"rrelu_lower": "0.9", "rrelu_upper": "0.1"},
        {"data": "mnist-5k"},
        {"functions": "relu,relu", "guess": "77"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_with_nonsense_opens_with_one_sentence(open_page: Open, lang: str, link: dict[str, str]) -> None:
    app = open_page("activations", lang=lang, link={**link, "flat_below": "0.2"})
    assert not app.exception
    assert app.warning.len == 1
    assert app.warning[0].value == links.sentence(codec.read({**link, "flat_below": "0.2"}, DEFAULT)[1], lang)
    assert view_of(app).flat_below == 0.2


def test_a_change_of_language_keeps_every_value(open_page: Open) -> None:
    app = open_page("activations", link=codec.write(WHOLE, DEFAULT))
    for spoken in ("zh", "en", "zh"):
        widget(app, "language").set_value(spoken).run()
        assert view_of(looked(app)) == WHOLE
