"""The formula with the shapes and numbers of the network on the stage."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import formula
from dlviz.concepts.mlp.spec import CARS, DIGITS, WAVE, View
from tests.lab import learnt, opened, said, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize(("run", "sizes"), [(WAVE, (1, 8, 1)), (DIGITS, (784, 64, 10)), (CARS, (7, 32, 1))])
def test_how_many_numbers_come_out_of_each_layer(run: object, sizes: tuple[int, ...]) -> None:
    assert formula.sizes(View(run=run)) == sizes


def test_shapes_and_todays_numbers(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", hidden="6,3", epochs="3", points="20"), learnt)
    app = until(opened(app, "formula", "mlp"), lambda app: "tanh\u200b(" in said(app))
    text = said(app)
    assert "$W^{(2)}: 3 \\times 6$" in text
    assert f"{(1 + 1) * 6 + (6 + 1) * 3 + (3 + 1):,} numbers are learnt in all" in text
    assert "It is the MLP's." in text
    assert "Batch norm" not in text


def test_with_batch_norm_it_is_said_where_the_other_numbers_come_from(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", hidden="6,3", batch_norm="1", epochs="3", points="20"), learnt)
    text = said(opened(app, "formula", "mlp"))
    assert f"two numbers of its own, {2 * (6 + 3)} in all" in text
    assert f"{(1 + 1) * 6 + (6 + 1) * 3 + (3 + 1) + 2 * (6 + 3):,} numbers are learnt in all" in text
