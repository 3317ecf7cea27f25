"""Reading step by step: what the network has in mind after every letter, sign or year, at many moments of its run.

Whoever looks at the film of a run back and forth asks once for all its moments, and then for nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from dlviz.concepts.rnn.recording import Reading
from dlviz.data.examples import Splits
from dlviz.data.sunspots import scale_of, sunspots
from dlviz.models.recurrent import RecurrentNetwork, Step, unroll
from dlviz.spec import Knobs, RunSpec, Sunspots
from dlviz.training.sequence_learner import gradients

Networks = Callable[[RunSpec, int | None], tuple[RecurrentNetwork, Splits]]


class Frame(NamedTuple):
    """One moment: the S steps of the cell, what is told after each (S,K) as raw scores, and ‖∂loss/∂h‖ (S,)."""

    steps: list[Step]
    scores: Tensor
    gradient: Tensor


def reading(
    networks: Networks, spec: RunSpec, moments: Sequence[int], symbols: Sequence[int], truth: int | None = None
) -> Reading:
    """Return how the network after so many updates each reads these symbols.

    The gradient is that of the surprise at class `truth`, or at the answer itself where that is None.
    """
    inputs = torch.tensor([list(symbols)])
    frames = [_frame(networks(spec, step)[0], inputs, truth, spec.knobs_at(step)) for step in moments]
    return _film(moments, frames, belief=_stacked([one.scores.softmax(1) for one in frames]))


def letters(networks: Networks, spec: RunSpec, moments: Sequence[int], name: Sequence[int]) -> Reading:
    """Return what the network expects after nothing and after every letter of a name: 1 + S steps.

    The gradient is that of the surprise at the name's end, which is what is to be told after its last letter.
    """
    return reading(networks, spec, moments, (0, *name), 0)


def years(networks: Networks, spec: RunSpec, moments: Sequence[int], year: int) -> Reading:
    """Return how the network reads the years before `year`; the gradient is that of its loss about that year."""
    inputs, truth = _window(spec.data, year)
    frames = [_frame(networks(spec, step)[0], inputs, truth, spec.knobs_at(step)) for step in moments]
    scale = scale_of(spec.data)
    foretold = scale.spots(_stacked([one.scores[:, 0] for one in frames]))
    read = scale.spots(np.append(inputs[0].numpy(), truth))
    return _film(moments, frames, read=read, foretold=foretold)


def _window(data: Sunspots, year: int) -> tuple[Tensor, float]:
    """Return what is read (1,S), and what is true of the year after it, both in deviations from the mean."""
    known, size = sunspots(), data.window
    place = int(np.clip(np.searchsorted(known.years, year), size, len(known.years) - 1))
    scaled = scale_of(data).read(known.numbers).astype(np.float32)
    return torch.tensor(scaled[None, place - size : place]), float(scaled[place])


def _frame(network: RecurrentNetwork, inputs: Tensor, truth: float | None, knobs: Knobs) -> Frame:
    with torch.no_grad():
        steps = unroll(network.cell, network.read(inputs))
        scores = network.scores(torch.cat([one.state for one in steps]))
    meant = int(scores[-1].argmax()) if truth is None else truth
    _, lengths = gradients(network, inputs, torch.tensor([meant]), knobs)
    return Frame(steps, scores, lengths[0])


def _film(moments: Sequence[int], frames: Sequence[Frame], **told: object) -> Reading:
    gates = {
        name: _stacked([torch.cat([one.gates[name] for one in frame.steps]) for frame in frames])
        for name in frames[0].steps[0].gates
    }
    state = _stacked([torch.cat([one.state for one in frame.steps]) for frame in frames])
    return Reading(np.array(moments), state, gates, _stacked([one.gradient for one in frames]), **told)


def _stacked(parts: Sequence[Tensor]) -> np.ndarray:
    return torch.stack(list(parts)).numpy().astype(np.float32)
