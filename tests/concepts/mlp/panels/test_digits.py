"""The first layer's weights follow the bench of the digits."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.lab import shown

Open = Callable[..., AppTest]


def test_the_weights_are_pictures(open_page: Open) -> None:
    app = open_page("mlp", link={"data": "mnist-5k"})
    assert "filters" in shown(app)
    assert not app.exception
