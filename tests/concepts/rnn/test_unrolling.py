"""Readings at many moments against torch's own cells, asked letter by letter and year by year."""

import numpy as np
import pytest
import torch

from dlviz.concepts.rnn import unrolling
from dlviz.data.letters import codes
from dlviz.data.load import load
from dlviz.data.sunspots import sunspots
from dlviz.models.build import build_for
from dlviz.spec import Recurrent, RunSpec, Sunspots, Surnames, Writing

KINDS = ("rnn", "lstm", "gru")
GATES = {"rnn": set(), "lstm": {"keep", "write", "show"}, "gru": {"keep", "reset"}}
SMALL = RunSpec(data=Surnames(names=50), network=Recurrent(network="gru", embedding=4, state=6), device="cpu", epochs=1)
YEARS = SMALL.model_copy(update={"data": Sunspots(window=12)})


def networks(spec: RunSpec, step: int | None) -> tuple[torch.nn.Module, object]:
    """Answer as the engine does, with other weights after each step: here those of another seed."""
    return build_for(spec.model_copy(update={"seed": step})).eval(), load(spec.data, spec.seed)


def of(spec: RunSpec, step: int) -> torch.nn.Module:
    """Return the network that `networks` has after `step`."""
    return networks(spec, step)[0]


def with_kind(spec: RunSpec, kind: str) -> RunSpec:
    """Return the run with another kind of network."""
    return spec.model_copy(update={"network": Recurrent(network=kind, embedding=4, state=6)})


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_is_the_network_asked_after_every_letter_at_every_moment(kind: str) -> None:
    spec, name = with_kind(SMALL, kind), codes("Kowalski")
    found = unrolling.reading(networks, spec, (0, 5, 9), name)
    assert found.steps.tolist() == [0, 5, 9]
    assert (found.state.shape, found.belief.shape, found.gradient.shape) == ((3, 8, 6), (3, 8, 8), (3, 8))
    for row, step in enumerate((0, 5, 9)):
        network = of(spec, step)
        for place in range(1, 9):
            wanted = network(torch.tensor([name[:place]])).softmax(1)[0]
            np.testing.assert_allclose(found.belief[row, place - 1], wanted.detach(), atol=1e-6)
        states, _ = network.cell(network.embedding(torch.tensor([name])))
        np.testing.assert_allclose(found.state[row], states[0].detach(), atol=1e-6)
    assert set(found.gates) == GATES[kind]
    assert all(((gate >= 0) & (gate <= 1)).all() and gate.shape == (3, 8, 6) for gate in found.gates.values())


def test_the_last_gradient_is_that_of_the_softmax() -> None:
    """With p the belief and e the truth, ∂loss/∂h_S = Wᵀ(p - e)."""
    found = unrolling.reading(networks, SMALL, (0,), codes("rossi"), 3)
    wanted = of(SMALL, 0).scores.weight.detach().numpy().T @ (found.belief[0, -1] - np.eye(8)[3])
    assert found.gradient[0, -1] == pytest.approx(np.linalg.norm(wanted), rel=1e-5)


def test_without_a_truth_it_is_the_answer_itself() -> None:
    free = unrolling.reading(networks, SMALL, (0,), codes("rossi"))
    meant = unrolling.reading(networks, SMALL, (0,), codes("rossi"), int(free.belief[0, -1].argmax()))
    assert np.array_equal(free.gradient, meant.gradient)


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_letter_is_expected_after_nothing_and_after_each(kind: str) -> None:
    spec = with_kind(SMALL.model_copy(update={"data": Writing()}), kind)
    name = codes("rossi")
    found = unrolling.letters(networks, spec, (2, 7), name)
    for row, step in enumerate((2, 7)):
        wanted = of(spec, step)(torch.tensor([[0, *name]])).softmax(2)[0]  # (6, 30): the network's own forward pass
        np.testing.assert_allclose(found.belief[row], wanted.detach(), atol=1e-6)
    weight = of(spec, 7).scores.weight.detach().numpy()
    wanted = np.linalg.norm(weight.T @ (found.belief[1, -1] - np.eye(30)[0]))
    assert found.gradient[1, -1] == pytest.approx(wanted, rel=1e-5)  # of the surprise at the end, which is letter 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", [1905, 1964, 2000])
@pytest.mark.parametrize(("transform", "power"), [("none", 1), ("root", 2)])
def test_years_are_read_and_the_next_is_foretold_in_spots(kind: str, year: int, transform: str, power: int) -> None:
    spec = with_kind(YEARS.model_copy(update={"data": Sunspots(window=12, transform=transform)}), kind)
    found = unrolling.years(networks, spec, (0, 3), year)
    known = dict(zip(*sunspots(), strict=True))
    np.testing.assert_allclose(found.read, [known[one] for one in range(year - 12, year + 1)], atol=1e-3)
    splits = load(spec.data, 0)
    mean, deviation = splits.unit
    for row, step in enumerate((0, 3)):
        read = (found.read[None, :-1] ** (1 / power) - mean) / deviation
        told = of(spec, step)(torch.tensor(read, dtype=torch.float32))
        assert found.foretold[row, -1] == pytest.approx((told.item() * deviation + mean) ** power, abs=1e-3)
    assert found.belief is None


def test_the_gradient_at_the_last_year_is_twice_the_miss_times_the_weights() -> None:
    """Of (y - t)², ∂loss/∂h_S = 2(y - t)·w."""
    found, splits = unrolling.years(networks, YEARS, (4,), 1950), load(YEARS.data, 0)
    miss = (found.foretold[0, -1] - found.read[-1]) / splits.unit[1]
    weights = of(YEARS, 4).scores.weight.detach().numpy()
    assert found.gradient[0, -1] == pytest.approx(np.linalg.norm(2 * miss * weights), rel=1e-4)
