"""A spec is drawn field by field, and what the visitor makes of it is a spec again."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.spec import ConvNet, Mlp, Mnist5k, Plane, RunSpec
from dlviz.ui import widgets


def editor() -> None:
    """An editor of the fields named in the session."""
    import streamlit as st

    from dlviz.spec import RunSpec
    from dlviz.ui import fields, widgets

    state = st.session_state
    state["spec"] = widgets.edit(state.get("spec", RunSpec()), state["names"], "x", only=state.get("only"))
    fields.settle()


def shown(*names: str, **state: object) -> AppTest:
    """Return the editor as it is first shown."""
    app = AppTest.from_function(editor, default_timeout=20)
    for key, held in {"names": list(names), **state}.items():
        app.session_state[key] = held
    app.run()
    assert not app.exception
    return app


def test_nothing_turned_gives_the_same_spec() -> None:
    spec = RunSpec(seed=3).fork(5, dropout=0.3)
    assert shown("seed", "optimizer", "activation", "blocks", "dense", spec=spec).session_state["spec"] == spec


def test_fields_of_specs_inside_are_found_by_their_own_names() -> None:
    app = shown("seed", "dropout", "activation")
    app.number_input(key="x.seed").set_value(4)
    app.slider(key="x.dropout").set_value(0.25)
    app.selectbox(key="x.activation").set_value("tanh").run()
    spec = app.session_state["spec"]
    assert (spec.seed, spec.knobs.dropout, spec.network.activation) == (4, 0.25, "tanh")


def test_another_network_starts_from_its_usual_values_and_comes_back() -> None:
    app = shown(
        "network", "hidden", "dense", only={"network": ("cnn", "mlp")}, spec=RunSpec(network=ConvNet(dense=(5,)))
    )
    app.segmented_control(key="x.network").set_value("mlp").run()
    assert app.session_state["spec"].network == Mlp()
    assert app.number_input(key="x.hidden.0").value == 64
    app.segmented_control(key="x.network").set_value("cnn").run()
    assert app.session_state["spec"].network == ConvNet()


def test_data_can_be_chosen_among_those_offered() -> None:
    app = shown(
        "data", "points", only={"data": ("xor", "spiral", "moons", "circle")}, spec=RunSpec(data=Plane(points=90))
    )
    assert app.slider.len == 0
    assert app.number_input(key="x.points").value == 90
    app.selectbox(key="x.data").set_value("spiral").run()
    assert app.session_state["spec"].data == Plane(data="spiral", points=90)


def test_data_that_is_not_offered_becomes_the_first() -> None:
    app = shown("data", only={"data": ("mnist-5k", "mnist-full")}, spec=RunSpec(data=Plane()))
    assert app.session_state["spec"].data == Mnist5k()


@pytest.mark.parametrize(
    ("optimizer", "idle"), [("adam", True), ("sgd", True), ("momentum", False), ("nesterov", False)]
)
def test_momentum_can_be_turned_only_where_it_acts(optimizer: str, idle: bool) -> None:
    app = shown("optimizer", "momentum")
    app.selectbox(key="x.optimizer").set_value(optimizer).run()
    assert app.select_slider(key="x.momentum").disabled is idle


def test_values_that_do_not_go_together_leave_the_spec_and_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widgets, "field", lambda *_, **__: -1)  # no browser sends it, but anybody else may
    app = shown("seed", "epochs", spec=RunSpec(seed=1))
    assert app.session_state["spec"] == RunSpec(seed=1)
    assert "Seed, Epochs" in app.warning[0].value
