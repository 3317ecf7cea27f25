"""Learning from what is read step by step: names, rows of years, rows of signs.

The gradient goes back through every step that was read, from the last to the first; how much of it arrives is
measured at each moment, for it decides what can be learnt of the beginning.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from dlviz.data.sunspots import scale_of
from dlviz.models.recurrent import RecurrentNetwork, unroll
from dlviz.spec import RunSpec, Sunspots, Surnames, Writing
from dlviz.training import criterion
from dlviz.training.measure import Arrays, confusion
from dlviz.training.small_learner import Part, SmallLearner

JUDGED = 400  # training examples that a moment's training loss is measured on
TRACED = 32  # validation examples whose gradients are followed back


class SequenceLearner(SmallLearner):
    """The network of a run that reads step by step, with all that it needs to learn and to be looked at.

    `noise`: the generator that says when somebody who learns to write reads what it wrote itself; dropout draws
    from the same.
    """

    def __init__(
        self, spec: RunSpec, network: RecurrentNetwork, parts: dict[str, Part], noise: torch.Generator
    ) -> None:
        super().__init__(spec, network, parts)
        self.writes, self.noise = isinstance(spec.data, Writing), noise
        self.slow = isinstance(spec.data, Surnames | Writing)
        self.scale = scale_of(spec.data) if isinstance(spec.data, Sunspots) else None

    def _loss(self, inputs: Tensor, truth: Tensor) -> tuple[Tensor, int]:
        if self.writes:
            return self._loss_of_writing(inputs), 0
        scores = self.network(inputs, self.knobs.truncate)
        loss = criterion.losses(scores, truth, self.about, self.knobs).mean()
        return loss, int(criterion.right(scores.detach(), truth, self.about).sum())

    def _loss_of_writing(self, letters: Tensor) -> Tensor:
        read, wanted = to_write(letters)
        if self.knobs.teacher_forcing < 1:
            scores = by_own_guesses(self.network, read, self.knobs.teacher_forcing, self.noise)
        else:
            scores = self.network(read, self.knobs.truncate)
        return cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=OVER)

    # ------------------------------------------------------------------------------- looking

    def measured(self, finished: bool = False) -> Arrays:
        """Return what can be seen and measured of the present weights.

        `<part>_loss` and the rest of `criterion.quality` for the first 400 training examples, all validation examples
        and, where the run is `finished`, all test examples; `confusion` (K,K) of classes; `<part>_scores` (N,1) of
        numbers, of all examples; `reach` (S,): how long on average the gradient of the loss is at the state so
        many steps before the last, 0 at the last, over some validation examples; NaN where no example is so long.
        """
        self.network.eval()
        with torch.no_grad():
            arrays: Arrays = {"batch": self.batch.numpy().astype(np.int32)}
            for name in ("train", "validation", *(["test"] if finished else [])):
                arrays |= self._judged(name)
        if len(self.parts["validation"][1]):
            arrays["reach"] = self._reach(*(values[:TRACED] for values in self.parts["validation"]))
        return arrays

    def _judged(self, part: str) -> Arrays:
        inputs, truth = self.parts[part]
        if not len(truth):
            return {}
        if part == "train" and self.about == "class":
            inputs, truth = inputs[:JUDGED], truth[:JUDGED]
        if self.writes:
            return _written(part, self.network, inputs)
        scores = self.network(inputs)
        found = criterion.quality(part, scores, truth, self.about, self.knobs)
        if self.scale is not None:
            spots = map(self.scale.spots, (scores[:, 0].cpu().double(), truth.cpu().double()))
            return {**found, **criterion.closeness(part, *spots), f"{part}_scores": scores.cpu().numpy()}
        if part == "train":
            return found
        name = "confusion" if part == "validation" else "test_confusion"
        return {**found, name: confusion(scores.cpu(), truth.cpu())}

    def _reach(self, inputs: Tensor, truth: Tensor) -> np.ndarray:
        lengths, states = gradients(self.network, inputs, truth, self.knobs, self.writes)
        found = torch.full_like(states, torch.nan)
        for row, length in enumerate(lengths.tolist()):
            found[row, :length] = states[row, :length].flip(0)
        return found.nanmean(0).cpu().numpy()


OVER = -100  # what is not to be told, because the name is over


def to_write(letters):
    """Return what is read (B,S) and what is to be told after it (B,S) int64, from names (B,20) with 0 at their ends.

    0 is read before the first letter and to be told after the last, and OVER where the name is over.
    """
    lengths = (letters > 0).sum(1)
    letters = letters[:, : int(lengths.max())].long()
    nothing = torch.zeros_like(letters[:, :1])
    read, wanted = torch.cat([nothing, letters], dim=1), torch.cat([letters, nothing], dim=1)
    places = torch.arange(read.shape[1], device=letters.device)
    return read, wanted.masked_fill(places > lengths[:, None], OVER)


def by_own_guesses(network, read, truth, noise):
    """Return the scores (B,S,K) where a share `truth` of the letters is read as it is, and else as it was guessed.

    Source: Bengio, Vinyals, Jaitly and Shazeer 2015, with the likeliest letter as the guess.
    """
    carried, scores = None, []
    for place in range(read.shape[1]):
        letters = read[:, place]
        if scores:
            as_it_is = torch.rand(len(read), generator=noise, device=read.device) < truth
            letters = torch.where(as_it_is, letters, scores[-1].detach().argmax(1))
        states, carried = network.cell(network.embedding(letters)[:, None], carried)
        scores.append(network.scores(network.dropout(states[:, 0])))
    return torch.stack(scores, dim=1)


def _written(part: str, network: RecurrentNetwork, letters: Tensor) -> Arrays:
    """Return how well the next letters are told: the mean surprise at one, and the share of right ones."""
    read, wanted = to_write(letters)
    scores, counted = network(read), wanted != OVER
    right = (scores.argmax(2) == wanted)[counted].float().mean()
    loss = cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=OVER)
    return {f"{part}_loss": np.array(loss.item()), f"{part}_accuracy": np.array(right.item())}


def gradients(
    network: RecurrentNetwork, inputs: Tensor, truth: Tensor, knobs: object, writes: bool = False
) -> tuple[Tensor, Tensor]:
    """Return how many steps each example has (B,), and the length of ∂loss/∂h_t of its own loss at each (B,S).

    The loss is that at the end: of the answer, or, of whoever `writes`, of the last thing told. After the end of
    an example the gradient is 0.
    """
    if writes:
        inputs, wanted = to_write(inputs)
        lengths = (wanted != OVER).sum(1)
        truth = wanted.gather(1, lengths[:, None] - 1)[:, 0]
    else:
        lengths = network.lengths(inputs)
        inputs = inputs[:, : int(lengths.max())]
    with torch.enable_grad():
        states = [one.state for one in unroll(network.cell, network.read(inputs))]
        last = torch.stack(states, dim=1)[torch.arange(len(inputs), device=inputs.device), lengths - 1]
        about = "number" if network.scores.out_features == 1 else "class"
        loss = criterion.losses(network.scores(last), truth, about, knobs).sum()
    found = torch.autograd.grad(loss, states)
    return lengths, torch.stack([one.norm(dim=1) for one in found], dim=1)
