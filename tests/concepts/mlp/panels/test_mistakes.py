"""What is taken for what follows the bench of the digits."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.lab import shown

Open = Callable[..., AppTest]


def test_confusion_and_mistakes_are_on_the_page(open_page: Open) -> None:
    app = open_page("mlp", link={"data": "mnist-5k", "closer": "mistakes"})
    assert {"matrix", "pictures"} <= set(shown(app))
    assert not app.exception
