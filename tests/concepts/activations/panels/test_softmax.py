"""What is said of softmax, and how many logits there are."""

import numpy as np
import pytest

from dlviz.concepts.activations import compute
from dlviz.concepts.activations.panels import softmax
from dlviz.concepts.activations.spec import DEFAULT, View


def numbers(**changes: object) -> list[str]:
    """Return the values of the numbers shown."""
    view = View(**changes)
    found = compute.softmax(view.logits, view.temperature, view.added)
    return [row["value"] for row in softmax.numbers(found, view)]


def test_the_numbers_that_matter() -> None:
    entropy, moved, naive, closed = numbers()
    assert (entropy, moved, naive) == ("1.37 bits", "0", "64.4\u202f%")
    assert closed.startswith(("10⁻¹", "0"))


def test_where_numbers_are_too_large_it_is_said() -> None:
    view = View(added=100.0)
    found = compute.softmax(view.logits, 1.0, 100.0)
    rows = softmax.numbers(found, view)
    assert rows[2]["value"] == "NaN"
    assert "too large" in rows[2]["note"]


def test_the_message_has_all_that_is_drawn() -> None:
    found = compute.softmax(DEFAULT.logits, 1.0, 0.0)
    data = softmax.message(DEFAULT, found, DEFAULT)
    assert data["logits"] == list(DEFAULT.logits)
    np.testing.assert_allclose(np.array(data["jacobian"]).sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize(("count", "logits"), [(2, (1.0, 2.0)), (3, (1.0, 2.0, 3.0)), (5, (1.0, 2.0, 3.0, 0.0, 1.0))])
def test_classes_come_and_go_at_the_end(count: int, logits: tuple[float, ...]) -> None:
    assert softmax.resized((1.0, 2.0, 3.0), count) == logits
