"""A recurrent network does at every step what its formula says, and torch's own cells say the same."""

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.models.build import build_for
from dlviz.models.recurrent import RecurrentNetwork, in_pieces, unroll
from dlviz.spec import Mnist5k, Recall, Recurrent, RunSpec, Sunspots, Surnames, Writing

KINDS = ("rnn", "lstm", "gru")


def network(kind: str = "gru", data: object = Surnames(), **fields: int) -> RecurrentNetwork:
    """Return a network as a run of seed 3 begins with."""
    fields = {"embedding": 5, "state": 7, **fields}
    return build_for(RunSpec(data=data, network=Recurrent(network=kind, **fields), seed=3))


def letters(*rows: list[int]) -> torch.Tensor:
    """Return names by the numbers of their letters."""
    return torch.tensor([row + [0] * (20 - len(row)) for row in rows], dtype=torch.uint8)


@pytest.mark.parametrize("kind", KINDS)
def test_step_by_step_is_what_torch_computes(kind: str) -> None:
    cell = network(kind).cell
    read = torch.randn(4, 40, 5, generator=torch.Generator().manual_seed(0))
    wanted, _ = cell(read)
    found = unroll(cell, read)
    torch.testing.assert_close(torch.stack([one.state for one in found], 1), wanted, atol=1e-6, rtol=0)


def numbers(cell: nn.RNNBase) -> dict[str, np.ndarray]:
    """Return the cell's weights in float64."""
    return {name.removesuffix("_l0"): values.detach().double().numpy() for name, values in cell.named_parameters()}


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-x))


def test_the_formula_of_the_plain_one() -> None:
    cell = network("rnn").cell
    read = torch.randn(1, 9, 5, generator=torch.Generator().manual_seed(0))
    w, h = numbers(cell), np.zeros(7)
    for x, found in zip(read[0].double().numpy(), cell(read)[0][0], strict=True):
        h = np.tanh(w["weight_ih"] @ x + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"])
        np.testing.assert_allclose(found.detach().numpy(), h, atol=1e-6)


def test_the_formula_of_the_lstm_and_its_gates() -> None:
    cell = network("lstm").cell
    read = torch.randn(1, 9, 5, generator=torch.Generator().manual_seed(0))
    w, h, c = numbers(cell), np.zeros(7), np.zeros(7)
    for x, found in zip(read[0].double().numpy(), unroll(cell, read), strict=True):
        i, f, g, o = np.split(w["weight_ih"] @ x + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"], 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        wanted = {"state": h, "memory": c, "keep": sigmoid(f), "write": sigmoid(i), "show": sigmoid(o)}
        for name, values in {"state": found.state, "memory": found.memory, **found.gates}.items():
            np.testing.assert_allclose(values[0].detach().numpy(), wanted[name], atol=1e-6, err_msg=name)


def test_the_formula_of_the_gru_and_its_gates() -> None:
    cell = network("gru").cell
    read = torch.randn(1, 9, 5, generator=torch.Generator().manual_seed(0))
    w, h = numbers(cell), np.zeros(7)
    for x, found in zip(read[0].double().numpy(), unroll(cell, read), strict=True):
        (ir, iz, new), (hr, hz, hn) = (
            np.split(w[f"weight_{part}"] @ values + w[f"bias_{part}"], 3) for part, values in (("ih", x), ("hh", h))
        )
        r, z = sigmoid(ir + hr), sigmoid(iz + hz)
        h = (1 - z) * np.tanh(new + r * hn) + z * h
        for name, values in {"state": h, "reset": r, "keep": z}.items():
            mine = found.state if name == "state" else found.gates[name]
            np.testing.assert_allclose(mine[0].detach().numpy(), values, atol=1e-6, err_msg=name)


def test_the_answer_comes_after_the_last_letter() -> None:
    built = network()
    together = built(letters([1, 2, 3], [4, 5, 6, 7, 8, 9]))
    for row, alone in zip(together, (letters([1, 2, 3]), letters([4, 5, 6, 7, 8, 9])), strict=True):
        torch.testing.assert_close(row, built(alone)[0], atol=1e-6, rtol=0)
    states, _ = built.cell(built.embedding(torch.tensor([[1, 2, 3]])))
    torch.testing.assert_close(together[0], built.scores(states[0, -1]), atol=1e-6, rtol=0)


@pytest.mark.parametrize(
    ("data", "inputs", "shape"),
    [
        (Surnames(), letters([1, 2]), (1, 8)),
        (Writing(), torch.tensor([[0, 3, 4]]), (1, 3, 30)),
        (Sunspots(window=4), torch.zeros(2, 4), (2, 1)),
        (Recall(delay=3, signs=5), torch.tensor([[5, 0, 0, 0]]), (1, 5)),
    ],
    ids=["names", "writing", "sunspots", "recall"],
)
def test_what_comes_out_for_what_is_read(data: object, inputs: torch.Tensor, shape: tuple[int, ...]) -> None:
    assert network(data=data)(inputs).shape == shape


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_weights_are_those_of_a_plain_script(kind: str) -> None:
    built, (cell,) = network(kind), [{"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](5, 7, batch_first=True)]
    plain = [nn.Embedding(30, 5), cell, nn.Linear(7, 8)]
    before = torch.random.get_rng_state()
    torch.manual_seed(3)
    for layer in plain:
        layer.reset_parameters()
    torch.random.set_rng_state(before)
    if kind == "lstm":
        with torch.no_grad():
            cell.bias_ih_l0[7:14], cell.bias_hh_l0[7:14] = 1, 0
    wanted = [values for layer in plain for values in layer.parameters()]
    for mine, other in zip(built.parameters(), wanted, strict=True):
        assert torch.equal(mine, other)


def test_the_global_chance_is_left_alone() -> None:
    before = torch.random.get_rng_state()
    network("lstm")
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("kind", KINDS)
def test_a_gradient_goes_back_no_further_than_it_may(kind: str) -> None:
    built = network(kind, Recall(delay=11))
    read = torch.randn(1, 12, 5, requires_grad=True)
    whole, cut = in_pieces(built.cell, read, 0), in_pieces(built.cell, read, 5)
    torch.testing.assert_close(cut, whole, atol=1e-6, rtol=0)
    (reached,) = torch.autograd.grad(cut[0, -1].sum(), read)
    assert (reached.norm(dim=2)[0] > 0).tolist() == [False] * 7 + [True] * 5


def test_pictures_are_not_read_step_by_step() -> None:
    with pytest.raises(ValueError, match="gru reads step by step; mnist-5k is not read so"):
        build_for(RunSpec(data=Mnist5k(), network=Recurrent(network="gru")))
