"""A field's widget follows its declaration, shows what it is given, and keeps what the visitor made of it."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.spec import Knobs
from dlviz.ui import fields


def one() -> None:
    """One field of a spec, its value, class and name taken from the session."""
    import streamlit as st

    from dlviz.ui import fields, language

    if language.settle():
        fields.carry()
    state = st.session_state
    state["got"] = fields.field(state["kind"], state["name"], state["value"], "x.f", only=state.get("only"))
    if not state.get("cut short"):
        fields.settle()
    if state.pop("forget", False):
        fields.forget()


def shown(name: str, value: object, *, kind: type = Knobs, **state: object) -> AppTest:
    """Return the field as it is first shown."""
    app = AppTest.from_function(one, default_timeout=20)
    for key, held in {"kind": kind, "name": name, "value": value, **state}.items():
        app.session_state[key] = held
    app.run()
    assert not app.exception
    assert app.session_state["got"] == value or "only" in state
    return app


@pytest.mark.parametrize(
    ("name", "value", "widget"),
    [
        ("optimizer", "adam", "selectbox"),
        ("learning_rate", 0.00123, "select_slider"),
        ("weight_decay", 0.0, "select_slider"),
        ("batch_size", 100, "select_slider"),
        ("dropout", 0.123, "slider"),
        ("rotate", 12.5, "slider"),
    ],
)
def test_a_field_is_drawn_as_what_it_is(name: str, value: object, widget: str) -> None:
    app = shown(name, value)
    drawn = getattr(app, widget)(key="x.f")
    assert drawn.value == value
    assert drawn.label
    assert drawn.proto.help


@pytest.mark.parametrize(
    ("name", "value"), [("l1", 0.3), ("l2", 3e-5), ("l1", 0.30000000000000004), ("learning_rate", 5e-6)]
)
def test_a_stop_is_the_number_that_is_written_on_it(name: str, value: float) -> None:
    app = shown(name, value)
    assert app.session_state["got"] == value
    options = app.select_slider(key="x.f").options
    assert len(set(options)) == len(options)
    assert all(stop == float(f"{stop:.6g}") for stop in fields.STEPS[name])


@pytest.mark.parametrize(("name", "value", "word"), [("gradient_clip", 0.0, "off"), ("truncate", 0, "no limit")])
def test_a_word_says_where_zero_stands_for_no_limit(name: str, value: float, word: str) -> None:
    app = shown(name, value)
    assert app.select_slider(key="x.f").options[0] == word
    assert app.select_slider(key="x.f").value == value


@pytest.mark.parametrize("name", list(Knobs.model_fields))
def test_both_ends_of_every_knob_can_be_shown(name: str) -> None:
    declared = Knobs.model_fields[name]
    for value in fields.options_of(declared) or fields.codec.limits(declared):
        shown(name, type(declared.default)(value))


def test_what_the_visitor_turned_is_returned_and_kept() -> None:
    app = shown("dropout", 0.1)
    app.slider(key="x.f").set_value(0.5).run()
    assert app.session_state["got"] == 0.5
    app.session_state["value"] = 0.5
    app.run()
    assert app.session_state["got"] == 0.5


def test_a_value_changed_from_outside_is_followed() -> None:
    app = shown("dropout", 0.1)
    app.slider(key="x.f").set_value(0.5).run()
    app.session_state["value"] = 0.2
    app.run()
    assert app.slider(key="x.f").value == 0.2
    assert app.session_state["got"] == 0.2


def test_a_run_cut_short_is_no_change_from_outside() -> None:
    app = shown("dropout", 0.1)
    app.session_state["cut short"] = True
    app.slider(key="x.f").set_value(0.5).run()
    app.session_state["cut short"] = False
    app.run()  # the page still passes 0.1, because it did not come to keeping 0.5
    assert app.session_state["got"] == 0.5


@pytest.mark.parametrize(
    ("name", "values", "only"),
    [("learning_rate", (0.01, 0.003), None), ("optimizer", ("adam", "sgd"), ("adam", "lion"))],
)
def test_what_is_offered_no_more_gives_way(name: str, values: tuple, only: tuple | None) -> None:
    """Two quick changes from outside, there and back, of which no run came to its end."""
    first, between = values
    app = shown(name, first)
    app.session_state["cut short"] = True
    app.session_state["value"] = between
    app.run()
    app.session_state["value"] = first
    app.session_state["only"] = only
    app.run()
    assert not app.exception
    assert app.session_state["got"] == first


def test_what_a_widget_was_told_in_a_run_cut_short_is_no_turn_of_the_visitor() -> None:
    app = shown("dropout", 0.1)
    for value, short in ((0.2, True), (0.1, False)):  # the player passes a moment with another knob, and is past it
        app.session_state["value"] = value
        app.session_state["cut short"] = short
        app.run()
        assert app.session_state["got"] == value


def test_what_is_turned_after_all_was_forgotten_is_not_lost() -> None:
    app = shown("dropout", 0.1)
    for value in (0.1, 0.1, 0.2):  # a fragment forgets, once or twice, and the page gives the old value or another
        app.session_state["forget"] = True
        app.session_state["value"] = value
        app.run()
        assert app.session_state["got"] == value
    app.slider(key="x.f").set_value(0.5).run()
    assert app.session_state["got"] == 0.5


def test_what_is_forgotten_gives_way_to_what_is_given() -> None:
    app = shown("dropout", 0.1)
    app.session_state["forget"] = True
    app.slider(key="x.f").set_value(0.5).run()
    app.run()  # the page still gives 0.1, and means it
    assert app.session_state["got"] == 0.1


def test_other_limits_do_not_lose_the_value() -> None:
    from dlviz.spec import Mnist5k, MnistFull, Plane

    app = shown("validation_share", 0.3, kind=Mnist5k)
    for kind in (MnistFull, Plane, Mnist5k):
        app.session_state["kind"] = kind
        app.run()
        assert app.session_state["got"] == 0.3


def test_a_value_that_is_not_offered_becomes_the_first() -> None:
    app = shown("optimizer", "rmsprop", only=("sgd", "adam"))
    assert app.session_state["got"] == "sgd"
    assert app.segmented_control(key="x.f").value == "sgd"


@pytest.mark.parametrize(("name", "value", "turned"), [("optimizer", "adam", "momentum"), ("batch_size", 64, 8)])
def test_a_change_of_language_keeps_the_value_and_changes_the_words(name: str, value: object, turned: object) -> None:
    app = shown(name, value)
    widget = app.selectbox(key="x.f") if name == "optimizer" else app.select_slider(key="x.f")
    before = widget.label
    widget.set_value(turned).run()
    app.session_state["value"], app.session_state["language"] = turned, "zh"
    for _ in range(2):
        app.run()
        assert app.session_state["got"] == turned
    assert (app.selectbox if name == "optimizer" else app.select_slider)(key="x.f").label != before


@pytest.mark.parametrize(
    ("value", "text"), [(0.00002, "0.00002"), (0.5, "0.5"), (10.0, "10"), (0.0, "0"), (64, "64"), (1e-6, "0.000001")]
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert fields.number(value) == text


def test_a_new_value_is_told_again_so_that_a_lost_message_does_no_harm() -> None:
    app = shown("dropout", 0.4)
    assert app.slider(key="x.f").proto.set_value
    app.run()
    assert app.slider(key="x.f").proto.set_value
    assert app.session_state["got"] == 0.4


def test_an_old_value_is_not_told_again_under_the_finger(monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown("dropout", 0.4)
    monkeypatch.setattr(fields, "INSIST", 0.0)
    app.run()
    assert not app.slider(key="x.f").proto.set_value
    assert app.session_state["got"] == 0.4


def test_what_stays_as_it_is_is_not_told_when_all_was_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "INSIST", 0.0)
    app = shown("dropout", 0.4)
    app.session_state["forget"] = True
    for _ in range(2):  # a value told in the instant in which the visitor turns it would undo the turn
        app.run()
        assert not app.slider(key="x.f").proto.set_value
        assert app.session_state["got"] == 0.4
