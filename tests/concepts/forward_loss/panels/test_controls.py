"""What is taken apart is chosen beside the stage."""

import numpy as np
import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.panels.controls import next_mistake
from dlviz.concepts.forward_loss.spec import Subject


@pytest.mark.parametrize(("here", "following"), [(0, 4), (4, 9), (9, 4), (50, 4)])
def test_the_next_mistake_follows_and_the_first_one_comes_after_the_last(here: int, following: int) -> None:
    found = compute.anatomy(None, Subject())._replace(example=here, wrong=np.array([4, 9]))
    assert next_mistake(found) == following
