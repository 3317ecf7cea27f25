"""States read back, and only as states."""

import numpy as np
import pytest
import torch

from dlviz.recording import pack
from dlviz.spec import Knobs
from dlviz.training.optimizers import KINDS, make_optimizer
from dlviz.training.run import Run
from dlviz.training.state import below, generator_arrays, named, optimizer_arrays, restore_optimizer, weights_in
from tests.training.small import digits, moments


def test_names_go_under_a_prefix_and_come_back() -> None:
    arrays = {"a/b": np.zeros(1), "c": np.ones(2)}
    assert list(named("x", arrays)) == ["x/a/b", "x/c"]
    back = below("x", {**named("x", arrays), **named("xy", arrays)})
    assert list(back) == list(arrays)
    assert back["c"] is arrays["c"]


@pytest.mark.parametrize("name", KINDS)
def test_an_optimizer_goes_on_as_if_never_stopped(name: str) -> None:
    def pair() -> tuple[torch.nn.Parameter, torch.optim.Optimizer]:
        weight = torch.nn.Parameter(torch.ones(2, 1, 3, 3).contiguous(memory_format=torch.channels_last))
        return weight, make_optimizer([weight], Knobs(optimizer=name, learning_rate=0.1))

    def update(weight: torch.nn.Parameter, optimizer: torch.optim.Optimizer, seed: int) -> None:
        gradient = torch.randn(2, 1, 3, 3, generator=torch.Generator().manual_seed(seed))
        weight.grad = torch.empty_like(weight).copy_(gradient)
        optimizer.step()

    weight, optimizer = pair()
    update(weight, optimizer, 0)
    other, continued = pair()
    other.data.copy_(weight.data)
    restore_optimizer(continued, optimizer_arrays(optimizer))
    for seed in (1, 2):
        update(weight, optimizer, seed)
        update(other, continued, seed)
    assert torch.equal(weight, other)


def test_generators_are_written_as_bytes() -> None:
    generator = torch.Generator().manual_seed(3)
    arrays = generator_arrays([("order", generator)])
    expected = torch.rand(4, generator=generator)
    generator.set_state(torch.tensor(arrays["order"]))
    assert torch.equal(torch.rand(4, generator=generator), expected)


def test_weights_are_found_in_a_state() -> None:
    run = Run(digits())
    moments(run, until=1)
    found, weights = weights_in(run.state()), run.weights()
    assert list(found) == list(weights)
    assert all(np.array_equal(found[name], weights[name]) for name in weights)


def test_a_buffer_of_another_kind_holds_no_weights() -> None:
    assert weights_in(pack({}, {"something": np.zeros(2)})) == {}
