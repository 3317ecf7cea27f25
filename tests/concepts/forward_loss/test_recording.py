"""What is true of the example on screen."""

import numpy as np
import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.spec import Subject


@pytest.mark.parametrize(
    ("targets", "truth", "label"), [([[0, 0, 1]], 2, 2), ([[1, 0]], 0, 0), ([[1]], 0, 1), ([[0]], 0, 0)]
)
def test_the_truth_is_a_place_and_the_label_a_class(targets: list, truth: int, label: int) -> None:
    found = compute.anatomy(None, Subject())._replace(targets=np.array(targets, float))
    assert (found.truth, found.label) == (truth, label)
