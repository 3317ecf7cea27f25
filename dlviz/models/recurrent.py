"""Recurrent networks: the same few weights at every step, and a state that is handed on.

A plain one: h_t = tanh(W_ih x_t + b_ih + W_hh h_{t-1} + b_hh). LSTM and GRU have gates beside it, numbers from 0 to 1
that say how much of the state is kept and how much is written anew. torch's own cells learn; `unroll` does
the same one step after the other, so that every state and gate can be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn

from dlviz.models.layers import Dropout, linear
from dlviz.spec import Recall, Recurrent, Sequence, Sunspots, Surnames, Writing

CELLS: dict[str, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
LETTER_COUNT = 30  # 29 letters, and 0 for none


class Step(NamedTuple):
    """What a cell has at one step: `state` (B,H); `memory` (B,H) of an LSTM, else None; its `gates`, each (B,H)."""

    state: Tensor
    memory: Tensor | None
    gates: Mapping[str, Tensor]


class RecurrentNetwork(nn.Module):
    """Reads (B,S) symbols or numbers, and answers with scores: (B,K) after the last, or (B,S,K) after `every` one.

    `padded`: whether symbols 0 at the end of a row only fill it up, so that its last is the one before them. `noise`:
    what dropout draws from; it silences what the scores read of the state, and never what is handed on.
    """

    def __init__(
        self, network: Recurrent, symbols: int, outputs: int, every: bool, padded: bool, noise: torch.Generator
    ) -> None:
        super().__init__()
        self.every, self.padded = every, padded
        self.embedding = nn.utils.skip_init(nn.Embedding, symbols, network.embedding) if symbols else None
        width = network.embedding if symbols else 1
        cell = CELLS[network.network](width, network.state, batch_first=True, device="meta")
        self.cell = cell.to_empty(device="cpu")  # without drawing from torch's own generator
        self.dropout = Dropout(0.0, noise)
        self.scores = nn.utils.skip_init(nn.Linear, network.state, outputs)

    def forward(self, inputs: Tensor, truncate: int = 0) -> Tensor:
        """Return the scores; where `truncate` is not 0, no gradient goes back further than so many steps."""
        if self.padded:
            inputs = inputs[:, : int(self.lengths(inputs).max())]
        states = in_pieces(self.cell, self.read(inputs), truncate)
        if not self.every:
            states = states[torch.arange(len(states), device=states.device), self.lengths(inputs) - 1]
        return self.scores(self.dropout(states))

    def read(self, inputs: Tensor) -> Tensor:
        """Return what the cell is told of each step: (B,S) -> (B,S,E)."""
        return inputs[:, :, None] if self.embedding is None else self.embedding(inputs.long())

    def lengths(self, inputs: Tensor) -> Tensor:
        """Return how many steps each of the rows has, (B,) int64; a row has one at least."""
        if not self.padded:
            return torch.full((len(inputs),), inputs.shape[1], device=inputs.device)
        return (inputs > 0).sum(1).clamp(min=1)


def in_pieces(cell, read, longest):
    """Return the state after every step of (B,S,E), (B,S,H); no gradient goes back further than `longest` steps.

    The pieces between which it is cut are counted from the end; with 0 there is no cut.
    """
    if not 0 < longest < read.shape[1]:
        return cell(read)[0]
    first = read.shape[1] % longest
    pieces = ([first] if first else []) + [longest] * (read.shape[1] // longest)
    states, carried = [], None
    for piece in read.split(pieces, dim=1):
        found, carried = cell(piece, carried)
        carried = tuple(part.detach() for part in carried) if isinstance(carried, tuple) else carried.detach()
        states.append(found)
    return torch.cat(states, dim=1)


def recurrent_network(
    network: Recurrent, data: Sequence, weights: torch.Generator, noise: torch.Generator
) -> RecurrentNetwork:
    """Return the network for such data with its first weights, drawn from `weights` as torch draws them.

    `noise`: the generator that dropout will draw from, on the device where the network will be.
    An LSTM's gate for keeping starts open, with a bias of 1: at 0 it would forget half of all at every step.
    Source: Jozefowicz, Zaremba and Sutskever 2015, section 2.2.
    """
    writes, named = isinstance(data, Writing), isinstance(data, Surnames | Writing)
    symbols = LETTER_COUNT if named else 1 + data.signs if isinstance(data, Recall) else 0
    if not isinstance(data, Surnames | Writing | Recall | Sunspots):
        raise ValueError(f"network: {network.network} reads step by step; {data.data} is not read so")
    built = RecurrentNetwork(network, symbols, data.outputs, writes, isinstance(data, Surnames), noise)
    if built.embedding is not None:
        nn.init.normal_(built.embedding.weight, generator=weights)
    edge = network.state**-0.5
    for values in built.cell.parameters():
        nn.init.uniform_(values, -edge, edge, generator=weights)
    if network.network == "lstm":
        open_gate(built.cell)
    built.scores = linear(network.state, data.outputs, weights, "torch")
    return built


@torch.no_grad()
def open_gate(cell: nn.LSTM) -> None:
    """Let an LSTM keep most of what it has when it begins: biases of 1 and 0 at the gate for keeping."""
    kept = slice(cell.hidden_size, 2 * cell.hidden_size)
    cell.bias_ih_l0[kept], cell.bias_hh_l0[kept] = 1.0, 0.0


# ---------------------------------------------------------------------------------- step by step


def unroll(cell: nn.RNNBase, read: Tensor) -> list[Step]:
    """Return what the cell has after each step of (B,S,E): the same as torch's own, to rounding, step by step.

    Sources: Elman 1990; Hochreiter and Schmidhuber 1997 with the gate for keeping of Gers, Schmidhuber and Cummins
    2000; Cho et al. 2014, in the form that torch gives them.
    """
    nothing = read.new_zeros(len(read), cell.hidden_size)
    steps, before = [], Step(nothing, nothing, {})
    for one in read.unbind(1):
        before = step(cell, one, before)
        steps.append(before)
    return steps


def step(cell: nn.RNNBase, read: Tensor, before: Step) -> Step:
    """Return what the cell makes of what it reads (B,E) and of what it had before."""
    told = read @ cell.weight_ih_l0.T + cell.bias_ih_l0  # (B, gates·H)
    held = before.state @ cell.weight_hh_l0.T + cell.bias_hh_l0
    return {"RNN": _plain, "LSTM": _lstm, "GRU": _gru}[type(cell).__name__](told, held, before)


def _plain(told: Tensor, held: Tensor, _: Step) -> Step:
    return Step(torch.tanh(told + held), None, {})


def _lstm(told: Tensor, held: Tensor, before: Step) -> Step:
    write, keep, new, show = (told + held).chunk(4, dim=1)
    write, keep, new, show = write.sigmoid(), keep.sigmoid(), new.tanh(), show.sigmoid()
    memory = keep * before.memory + write * new
    return Step(show * torch.tanh(memory), memory, {"keep": keep, "write": write, "show": show})


def _gru(told: Tensor, held: Tensor, before: Step) -> Step:
    (told_reset, told_keep, told_new), (held_reset, held_keep, held_new) = told.chunk(3, dim=1), held.chunk(3, dim=1)
    reset, keep = (told_reset + held_reset).sigmoid(), (told_keep + held_keep).sigmoid()
    new = torch.tanh(told_new + reset * held_new)
    return Step((1 - keep) * new + keep * before.state, None, {"keep": keep, "reset": reset})
