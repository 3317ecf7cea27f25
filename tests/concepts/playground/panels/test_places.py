"""Every weight of a network has its own name, and the name is that of the number at its place."""

import pytest
import torch

from dlviz.concepts.playground.panels import places
from dlviz.concepts.playground.panels.places import Weight
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.models.build import build_for
from dlviz.spec import Mlp, Plane, RunSpec

NETWORKS = {
    "two classes": CIRCLE,
    "no hidden layer": CIRCLE.model_copy(update={"network": Mlp(hidden=())}),
    "three classes, other inputs": RunSpec(
        data=Plane(data="arms", inputs=("x1", "x1_x2", "sin_x2")), network=Mlp(hidden=(5, 3, 4))
    ),
    "a number, normalised": RunSpec(data=Plane(data="hills"), network=Mlp(hidden=(3, 4), batch_norm=True)),
}


@pytest.mark.parametrize("run", NETWORKS.values(), ids=NETWORKS)
def test_a_place_is_where_the_network_has_that_number(run: RunSpec) -> None:
    network = build_for(run)
    with torch.no_grad():
        for number, values in enumerate(network.parameters()):
            values.copy_(1000 * number + torch.arange(values.numel()).reshape(values.shape))
    flat = torch.cat([values.flatten() for values in network.parameters()])
    named = dict(network.named_parameters())
    layers = [f"dense{number}" for number in range(1, len(run.network.hidden) + 1)] + ["scores"]
    for place, value in enumerate(flat.tolist()):
        kind, layer, unit, source = places.weight_at(run, place)
        stage = layers[layer - 1]
        if kind == "weight":
            assert named[f"{stage}.weight"][unit, source] == value
        else:
            stages = {"bias": (stage, "bias"), "scale": (f"norm{layer}", "weight"), "shift": (f"norm{layer}", "bias")}
            assert named[".".join(stages[kind])][unit] == value


@pytest.mark.parametrize("run", NETWORKS.values(), ids=NETWORKS)
def test_no_two_weights_have_the_same_name(run: RunSpec) -> None:
    names = [places.name_of(run, place) for place in range(run.parameters)]
    assert len(set(names)) == run.parameters


def test_names_say_where_a_link_comes_from_and_goes() -> None:
    assert places.weight_at(CIRCLE, 1) == Weight("weight", 1, 0, 1)
    assert places.name_of(CIRCLE, 3) == "x₂ → unit 2 of layer 1"
    assert places.name_of(CIRCLE, 11) == "bias of unit 4 of layer 1"
    assert places.name_of(CIRCLE, 22) == "unit 1 of layer 2 → score of orange"
    assert places.name_of(CIRCLE, 27) == "bias of score of blue"


@pytest.mark.parametrize("place", [-1, 28])
def test_a_place_that_is_not_there_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match=f"0 … 27 exist, got {place}"):
        places.weight_at(CIRCLE, place)
