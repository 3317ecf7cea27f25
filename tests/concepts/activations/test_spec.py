"""The state of the page: what it refuses, and what torch is told."""

import pytest
import torch
from pydantic import ValidationError

from dlviz.concepts.activations.spec import DEFAULT, FAMILIES, PARAMETERS, Function, Parameters, View, settings
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.models.activations import ELEMENT_WISE
from dlviz.spec import ConvNet, Mnist5k, RunSpec


def test_every_function_is_offered_once() -> None:
    offered = [name for family in FAMILIES.values() for name in family]
    assert sorted(offered) == sorted(Function.__args__)
    assert set(offered) - {"own"} == set(ELEMENT_WISE)


def test_torch_is_told_what_the_parameters_say() -> None:
    told = Parameters(rrelu_lower=0.2, rrelu_upper=0.3, softplus_beta=2.0)
    assert settings("rrelu", told) == {"lower": 0.2, "upper": 0.3}
    assert settings("softplus", told) == {"beta": 2.0, "threshold": 20.0}
    assert settings("relu", told) == {}
    assert {place for names in PARAMETERS.values() for place in names.values()} == set(Parameters.model_fields)


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name != "threshold"])
def test_the_defaults_are_those_of_torch(name: Function) -> None:
    x = torch.linspace(-25, 25, 401, dtype=torch.float64)
    plain, ours = (
        made.double().eval()(x) for made in (ELEMENT_WISE[name](), ELEMENT_WISE[name](**settings(name, Parameters())))
    )
    assert torch.equal(plain, ours)


@pytest.mark.parametrize(
    "wrong",
    [
        {"functions": ("relu", "relu")},
        {"functions": ()},
        {"functions": ("relu", "elu", "selu", "celu", "gelu", "silu")},
        {"functions": ("softmax",)},
        {"parameters": {"rrelu_lower": 0.5, "rrelu_upper": 0.4}},
        {"logits": (1.0,)},
        {"logits": (99.0, 1.0)},
        {"temperature": 0},
        {"run": RunSpec(data=Mnist5k())},
        {"run": CIRCLE.model_copy(update={"network": ConvNet()})},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        View(**wrong)


def test_the_probe_reads_where_curves_are_drawn() -> None:
    assert View(probe=1.0).read_at == pytest.approx(1.0)
    assert View(probe=1.004).read_at == pytest.approx(1.0)
    assert View(probe=20.0).read_at == DEFAULT.reach
    assert View(probe=-20.0, reach=3.0).read_at == -3


def test_the_default_run_is_the_playgrounds() -> None:
    assert DEFAULT.run == CIRCLE  # so that links between the two pages mean the same
