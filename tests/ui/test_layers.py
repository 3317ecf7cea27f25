"""Layers are added, taken away and changed; what cannot be is said, and leaves the network as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dlviz.spec import ConvBlock, ConvNet, Mlp
from dlviz.ui import layers

TWO = (ConvBlock(), ConvBlock(channels=64, kernel=5))


def blocks_editor() -> None:
    """An editor of the blocks in the session."""
    import streamlit as st

    from dlviz.ui import fields, layers

    st.session_state["blocks"] = layers.blocks(st.session_state["blocks"], "x.blocks")
    fields.settle()


def units_editor() -> None:
    """An editor of the layer widths in the session."""
    import streamlit as st

    from dlviz.spec import Mlp
    from dlviz.ui import fields, layers

    st.session_state["units"] = layers.units(Mlp, "hidden", st.session_state["units"], "x.hidden")
    fields.settle()


def shown(editor: object, **state: object) -> AppTest:
    """Return the editor as it is first shown."""
    app = AppTest.from_function(editor, default_timeout=20)
    for key, held in state.items():
        app.session_state[key] = held
    app.run()
    assert not app.exception
    return app


def test_a_block_is_changed() -> None:
    app = shown(blocks_editor, blocks=TWO)
    app.number_input(key="x.blocks.1.channels").set_value(7)
    app.selectbox(key="x.blocks.0.pooling").set_value("average").run()
    assert app.session_state["blocks"] == (ConvBlock(pooling="average"), ConvBlock(channels=7, kernel=5))
    assert "28×28 → 13×13" in app.markdown[0].value


def test_a_block_is_added_until_there_are_four() -> None:
    app = shown(blocks_editor, blocks=(ConvBlock(),))
    for count in (2, 3, 4):
        app.button(key="x.blocks.add").click().run()
        assert len(app.session_state["blocks"]) == count
        assert ConvNet(blocks=app.session_state["blocks"])
    assert app.button(key="x.blocks.add").disabled


def test_a_block_is_taken_away_and_the_others_stay() -> None:
    app = shown(blocks_editor, blocks=TWO)
    app.button(key="x.blocks.0.remove").click().run()
    assert app.session_state["blocks"] == TWO[1:]
    assert app.number_input(key="x.blocks.0.channels").value == 64
    assert "x.blocks.0.remove" not in [button.key for button in app.button]


def test_what_cannot_be_is_said_and_a_second_change_makes_it_possible() -> None:
    app = shown(blocks_editor, blocks=(ConvBlock(kernel=9), ConvBlock(kernel=9), ConvBlock(kernel=1)))
    app.number_input(key="x.blocks.2.kernel").set_value(5).run()
    assert app.session_state["blocks"][2].kernel == 1
    assert "Convolution 3" in app.warning[0].value
    app.number_input(key="x.blocks.2.padding").set_value(4).run()
    assert app.session_state["blocks"][2] == ConvBlock(kernel=5, padding=4)
    assert app.warning.len == 0


@given(some.lists(some.builds(ConvBlock, channels=some.integers(1, 128)), min_size=1, max_size=3))
def test_the_next_block_always_fits(rows: list[ConvBlock]) -> None:
    if layers.vanishes_in(rows) is None:
        assert layers.vanishes_in([*rows, layers.next_block(rows)]) is None


@given(some.lists(some.from_type(ConvBlock), min_size=1, max_size=4))
def test_blocks_vanish_exactly_where_the_spec_refuses_them(rows: list[ConvBlock]) -> None:
    number = layers.vanishes_in(rows)
    if number is None:
        assert ConvNet(blocks=rows)
        return
    with pytest.raises(ValueError, match=f"block {number} shrinks"):
        ConvNet(blocks=rows)


def test_layers_are_added_changed_and_taken_away() -> None:
    app = shown(units_editor, units=(8,))
    app.button(key="x.hidden.add").click().run()
    assert app.session_state["units"] == (8, 8)
    app.number_input(key="x.hidden.1").set_value(3).run()
    assert app.session_state["units"] == (8, 3)
    for left in ((8,), (), ()):
        if not app.button(key="x.hidden.remove").disabled:
            app.button(key="x.hidden.remove").click().run()
        assert app.session_state["units"] == left
    assert app.caption.len == 1


def test_there_are_never_more_layers_than_the_spec_allows() -> None:
    app = shown(units_editor, units=(4,) * layers.most_of(Mlp, "hidden"))
    assert app.button(key="x.hidden.add").disabled
