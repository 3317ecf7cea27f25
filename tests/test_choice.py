"""A choice cannot be changed, and refuses what it does not know and what is no number."""

import math

import pytest
from pydantic import ValidationError

from dlviz.choice import Choice


class Meal(Choice):
    """A choice of two."""

    price: float = 1.0


def test_it_is_frozen_and_strict() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Meal().price = 2.0
    for wrong in ({"price": math.inf}, {"taste": 1}):
        with pytest.raises(ValidationError):
            Meal(**wrong)
    assert hash(Meal(price=2)) == hash(Meal(price=2.0))
