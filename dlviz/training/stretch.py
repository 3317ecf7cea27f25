"""Many updates in a row: forward, loss, backward, update, written out for dense networks.

An update of a small network is so little arithmetic that the bookkeeping around it (a graph for
autograd, fresh memory for every result, asking for every loss as it comes) takes most of the time. So
here every stage has its memory, says what it gives, and how blame goes back through it; and what is
only to be looked at is computed once for all the updates. The bits are those of autograd.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from dlviz.models.layers import BatchNorm, Dropout, Own, Stages
from dlviz.models.points import Inputs
from dlviz.spec import Label

MEAN = 1  # aten's number for the mean over a batch
aten = torch.ops.aten


class Linear:
    """W h + b for batches of one size; the gradients of W and b are written where the parameters have them."""

    def __init__(self, stage: nn.Linear, size: int, first: bool) -> None:
        self.weight, self.bias, self.first = stage.weight.data, stage.bias.data, first
        self.weight_gradient, self.bias_gradient = stage.weight.grad, stage.bias.grad
        self.turned, self.gradient = self.weight.t(), None
        self.rests = False  # whether the biases stay as they are
        self.sums, self.blame = (torch.empty(size, width) for width in self.weight.shape)

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the sums (B,H) for inputs (B,F)."""
        self.inputs = inputs
        return torch.addmm(self.bias, inputs, self.turned, out=self.sums)

    def backward(self, gradient: Tensor) -> Tensor | None:
        """Return the gradient (B,F) for the inputs, from that of the sums (B,H); None where nobody learns from it."""
        if gradient is not self.gradient:  # mostly it comes in the same memory as the last one
            self.gradient, self.turned_gradient = gradient, gradient.t()
        torch.mm(self.turned_gradient, self.inputs, out=self.weight_gradient)
        if self.rests:
            self.bias_gradient.zero_()
        else:
            torch.sum(gradient, 0, out=self.bias_gradient)
        return None if self.first else torch.mm(gradient, self.weight, out=self.blame)


class Bend:
    """An activation: which of torch's functions gives it, and which sends blame back, from what."""

    def __init__(self, forward: Callable, backward: Callable, by_result: bool, more: tuple = ()) -> None:
        self.of, self.back, self.by_result, self.more = forward, backward, by_result, more


BENDS: dict[type[nn.Module], Bend] = {
    nn.ReLU: Bend(aten.relu.out, aten.threshold_backward.grad_input, True, (0,)),
    nn.LeakyReLU: Bend(aten.leaky_relu.out, aten.leaky_relu_backward.grad_input, False, (0.01, False)),
    nn.GELU: Bend(aten.gelu.out, aten.gelu_backward.grad_input, False),
    nn.SiLU: Bend(aten.silu.out, aten.silu_backward.grad_input, False),
    nn.Tanh: Bend(torch.tanh, aten.tanh_backward.grad_input, True),
    nn.Sigmoid: Bend(torch.sigmoid, aten.sigmoid_backward.grad_input, True),
}


class Activation:
    """An activation, unit by unit."""

    def __init__(self, bend: Bend, size: int, width: int) -> None:
        self.bend, self.results = bend, torch.empty(size, width)

    def forward(self, sums: Tensor) -> Tensor:
        """Return the activations of the sums, both (B,H)."""
        self.sums = sums
        return self.bend.of(sums, out=self.results)

    def backward(self, gradient: Tensor) -> Tensor:
        """Return the gradient for the sums; it is written over that of the activations."""
        known = self.results if self.bend.by_result else self.sums
        return self.bend.back(gradient, known, *self.bend.more, grad_input=gradient)


class Typed:
    """An activation that somebody typed: how blame goes back through it, torch's own bookkeeping finds out."""

    def __init__(self, stage: Own) -> None:
        self.stage = stage

    def forward(self, sums: Tensor) -> Tensor:
        """Return the activations of the sums, both (B,H)."""
        with torch.enable_grad():
            self.sums = sums.detach().requires_grad_()
            self.results = self.stage(self.sums)
        return self.results.detach()

    def backward(self, gradient: Tensor) -> Tensor:
        """Return the gradient for the sums, from that of the activations."""
        return torch.autograd.grad(self.results, self.sums, gradient)[0]


class Elu(Activation):
    """The one activation whose way back takes its numbers in another order."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__(Bend(aten.elu.out, aten.elu_backward.grad_input, False), size, width)

    def backward(self, gradient: Tensor) -> Tensor:
        """Return the gradient for the sums."""
        return self.bend.back(gradient, 1, 1, 1, False, self.sums, grad_input=gradient)


class Silence:
    """Dropout: the same share and the same chance as the network's own."""

    def __init__(self, stage: Dropout) -> None:
        self.stage = stage

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the inputs with some of them silenced."""
        kept = torch.rand(inputs.shape, generator=self.stage.generator) >= self.stage.share
        self.kept = kept
        return inputs * kept / (1 - self.stage.share)

    def backward(self, gradient: Tensor) -> Tensor:
        """Return the gradient for the inputs: none for the silenced."""
        return gradient / (1 - self.stage.share) * self.kept


class Norm:
    """Batch norm; a batch of one is normalised by what was seen before."""

    def __init__(self, stage: BatchNorm, size: int) -> None:
        self.stage, self.learns = stage, size > 1

    def forward(self, sums: Tensor) -> Tensor:
        """Return the sums (B,H), each unit's with the mean and deviation that it has learnt."""
        stage = self.stage
        if self.learns:
            stage.num_batches_tracked.add_(1)
        past = stage.running_mean, stage.running_var
        results, *self.seen = torch.native_batch_norm(
            sums, stage.weight, stage.bias, *past, self.learns, stage.momentum, stage.eps
        )
        self.sums = sums
        return results

    def backward(self, gradient: Tensor) -> Tensor:
        """Return the gradient for the sums."""
        stage = self.stage
        past = stage.running_mean, stage.running_var
        blame, weight, bias = aten.native_batch_norm_backward(
            gradient, self.sums, stage.weight, *past, *self.seen, self.learns, stage.eps, [True, True, True]
        )
        stage.weight.grad.copy_(weight)
        stage.bias.grad.copy_(bias)
        return blame


Stage = Linear | Activation | Typed | Silence | Norm


def written_out(network: Stages, size: int) -> list[Stage]:
    """Return the stages of a dense network that do anything now, each with its memory for batches of this size."""
    stages: list[Stage] = []
    width = 0
    for stage in network:
        if isinstance(stage, nn.Linear):
            stages.append(Linear(stage, size, first=not stages))
            width = stage.out_features
        elif isinstance(stage, BatchNorm):
            stages[-1].rests = True  # see `models.layers.resting`
            stages.append(Norm(stage, size))
        elif isinstance(stage, Dropout):
            stages += [Silence(stage)] if stage.share else []
        elif isinstance(stage, Own):
            stages.append(Typed(stage))
        elif isinstance(stage, nn.ELU):
            stages.append(Elu(size, width))
        elif not isinstance(stage, nn.Identity | Inputs):
            stages.append(Activation(BENDS[type(stage)], size, width))
    return stages


class CrossEntropy:
    """The mean cross-entropy of a batch, or rather its gradient."""

    def __init__(self, size: int, outputs: int) -> None:
        self.gradient = torch.empty(size, outputs)

    def __call__(self, scores: Tensor, marks: Tensor, kept: Tensor, logs: Tensor) -> Tensor:
        """Return the gradient for the scores (B,K), (softmax − truth) / B, and write the scores down in `kept`."""
        kept.copy_(scores)
        torch.log_softmax(scores, 1, out=logs)
        return aten._log_softmax_backward_data.out(marks, logs, 1, torch.float32, out=self.gradient)


class SquaredError:
    """The mean squared error of a batch, or rather its gradient."""

    def __init__(self, size: int, outputs: int) -> None:
        self.gradient, self.one = torch.empty(size, outputs), torch.ones(())

    def __call__(self, scores: Tensor, truth: Tensor, kept: Tensor, _: Tensor) -> Tensor:
        """Return the gradient for the scores (B,1), 2 (score − truth) / B, and write the scores down in `kept`."""
        kept.copy_(scores)
        return aten.mse_loss_backward.grad_input(self.one, scores, truth, MEAN, grad_input=self.gradient)


class ByHand:
    """Learns from stretches of batches on the CPU; make a new one whenever dropout was turned."""

    def __init__(self, network: Stages, about: Label) -> None:
        self.network, self.about, self.outputs = network, about, network[-1].out_features
        self.stages: dict[int, tuple[list[Stage], CrossEntropy | SquaredError]] = {}
        self.marks = torch.eye(self.outputs)

    @torch.no_grad()
    def learn(
        self, inputs: Tensor, truth: Tensor, size: int, rates: Sequence[float], update: Callable[[float], None]
    ) -> Tensor:
        """Make one update for each batch of `size` inputs (N,F), and return the scores (N,K) that each had before.

        truth: (N,) int64 classes, or (N,1) float32 numbers. Before `update` is called with the rate of a
        batch, the network's gradients are those of its mean loss.
        """
        scores, logs = torch.empty(2, len(inputs), self.outputs)
        rows = (inputs, self._targets(truth, size), scores, logs)
        for rate, batch, *rest in zip(rates, *(row.split(size) for row in rows), strict=True):
            stages, blame = self._stages(len(batch))
            for stage in stages:
                batch = stage.forward(batch)
            gradient = blame(batch, *rest)
            for stage in reversed(stages):
                gradient = stage.backward(gradient)
            update(rate)
        return scores

    def _stages(self, size: int) -> tuple[list[Stage], CrossEntropy | SquaredError]:
        """Return the stages and the loss for batches of a size."""
        if size not in self.stages:
            loss = SquaredError if self.about == "number" else CrossEntropy
            self.stages[size] = written_out(self.network, size), loss(size, self.outputs)
        return self.stages[size]

    def _targets(self, truth: Tensor, size: int) -> Tensor:
        """Return the numbers, or the gradient of a batch's mean loss for the logs of its shares: -1/B or 0 (N,K)."""
        if self.about == "number":
            return truth
        last = len(truth) % size
        marks = self.marks.index_select(0, truth)
        marks[: len(truth) - last] /= -size
        marks[len(truth) - last :] /= -max(last, 1)
        return marks


class ByAutograd:
    """The same, by torch's own bookkeeping, on any device."""

    def __init__(self, network: Stages, about: Label) -> None:
        self.stages = nn.Sequential(*(stage for stage in network if not isinstance(stage, Inputs)))
        self.gradients = [values.grad for values in network.parameters()]
        self.loss = nn.functional.mse_loss if about == "number" else nn.functional.cross_entropy

    def learn(
        self, inputs: Tensor, truth: Tensor, size: int, rates: Sequence[float], update: Callable[[float], None]
    ) -> Tensor:
        """Make one update for each batch of `size` inputs (N,F), and return the scores (N,K) that each had before."""
        results = []
        for rate, batch, target in zip(rates, inputs.split(size), truth.split(size), strict=True):
            for gradient in self.gradients:
                gradient.zero_()
            scores = self.stages(batch)
            self.loss(scores, target).backward()
            with torch.no_grad():
                update(rate)
            results.append(scores.detach())
        return torch.cat(results)
