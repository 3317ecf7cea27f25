"""What the playground opens with fits together, and a link to it says nothing."""

from dlviz import codec
from dlviz.concepts.playground.spec import DEFAULT, View


def test_the_page_opens_with_a_small_network_on_points() -> None:
    run = DEFAULT.run
    assert run.on_plane and run.data.data == "circle"
    assert run.parameters == (2 + 1) * 4 + (4 + 1) * 2 + (2 + 1) * 2
    assert codec.write(DEFAULT, View()) == {}
