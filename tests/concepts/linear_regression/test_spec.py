"""The page about linear regression holds lines and tables of numbers, and linear models, and nothing else."""

import pytest
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.linear_regression.spec import CARS, DEFAULT, FIRST, LINE, SETS, View
from dlviz.spec import Curve, Linear, Mlp, Pairs, Plane, RunSpec, Table


def test_it_opens_with_a_line_that_is_computed_before_anybody_asks() -> None:
    assert DEFAULT.run == LINE in FIRST
    assert CARS in FIRST
    assert codec.write(DEFAULT, DEFAULT) == {}


@pytest.mark.parametrize("data", [*(Curve(data=name) for name in SETS[:4]), Pairs(), Table(), Table(data="diabetes")])
def test_every_data_set_on_offer_is_one_of_the_page(data: Curve | Pairs | Table) -> None:
    view = View(run=LINE.model_copy(update={"data": data}))
    assert view.run.data.data in SETS
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


@pytest.mark.parametrize("data", [Plane(), Table(data="wine"), Table(data="breast-cancer")])
def test_what_is_no_number_is_refused(data: Plane | Table) -> None:
    with pytest.raises(ValidationError, match="predicts a number"):
        View(run=RunSpec(data=data, network=Linear()))


def test_other_networks_are_refused() -> None:
    with pytest.raises(ValidationError, match="linear"):
        View(run=LINE.model_copy(update={"network": Mlp()}))
