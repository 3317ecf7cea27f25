"""Backpropagation by hand: every stage says what it gives, and how blame goes back through it.

It is what autograd does for us, written out for the simplest stages, with the same bits and without
the bookkeeping, which takes small networks more time than the arithmetic does.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from dlviz.models.layers import Dropout, Flatten
from dlviz.models.pooled_convolution import PooledConvolution, kernel_gradients, pooled_maps

Back = Callable[[Tensor], Tensor | None]
aten = torch.ops.aten
MEAN, NO_CLASS = 1, -100  # aten's number for the mean over a batch; the label that counts for nothing


def knows(network: nn.Sequential) -> bool:
    """Return whether every stage of the network, as it is now, is one of those that are written out here."""
    written_out = all(type(stage) in RULES and not getattr(stage, "share", 0) for stage in network)
    return written_out and all(
        type(before) in LEARNING for before, stage in pairwise(network) if type(stage) is nn.ReLU
    )


def learn(
    network: nn.Sequential, optimizer: torch.optim.Optimizer, inputs: Tensor, labels: Tensor
) -> tuple[float, int]:
    """Make one update, as `step.learn` does and with the same bits; return the mean loss and the right answers.

    inputs: (B, …) float32; labels: (B,) int64; every stage of the network is known.
    """
    with torch.no_grad():
        ways_back, blamed = [], False  # whether a stage before this one has something to learn
        for stage in network:
            inputs, back = RULES[type(stage)](stage, inputs, blamed)
            ways_back.append(back)
            blamed = blamed or type(stage) in LEARNING
        loss, gradient = cross_entropy_and_gradient(inputs, labels)
        for back in reversed(ways_back):
            gradient = back(gradient)
    optimizer.step()
    return loss.item(), int((inputs.argmax(1) == labels).sum())


def cross_entropy_and_gradient(scores: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean cross-entropy of scores (B,K), and its gradient for each score: (softmax − truth) / B."""
    logs = torch.log_softmax(scores, 1)
    loss, weight = aten.nll_loss_forward(logs, labels, None, MEAN, NO_CLASS)
    gradient = aten.nll_loss_backward(torch.ones_like(loss), logs, labels, None, MEAN, NO_CLASS, weight)
    return loss, aten._log_softmax_backward_data(gradient, logs, 1, scores.dtype)


def _linear(stage: nn.Linear, inputs: Tensor, blamed: bool) -> tuple[Tensor, Back]:
    def back(gradient: Tensor) -> Tensor | None:
        stage.weight.grad, stage.bias.grad = torch.mm(gradient.t(), inputs), gradient.sum(0)
        return torch.mm(gradient, stage.weight) if blamed else None

    return linear(inputs, stage.weight, stage.bias), back


def _pooled_convolution(stage: PooledConvolution, pictures: Tensor, _: bool) -> tuple[Tensor, Back]:
    maps, seen = pooled_maps(pictures, stage.weight, stage.bias, stage.stride[0], stage.padding[0])

    def back(gradient: Tensor) -> None:
        stage.weight.grad, stage.bias.grad = kernel_gradients(gradient, seen)

    return maps, back


def _relu(_: nn.ReLU, inputs: Tensor, __: bool) -> tuple[Tensor, Back]:
    outputs = inputs.relu_()  # in place, as nobody else needs what a stage that learns has given
    return outputs, lambda gradient: aten.threshold_backward(gradient, outputs, 0, grad_input=gradient)


def _tanh(_: nn.Tanh, inputs: Tensor, __: bool) -> tuple[Tensor, Back]:
    outputs = torch.tanh(inputs)
    return outputs, lambda gradient: aten.tanh_backward(gradient, outputs)


def _sigmoid(_: nn.Sigmoid, inputs: Tensor, __: bool) -> tuple[Tensor, Back]:
    outputs = torch.sigmoid(inputs)
    return outputs, lambda gradient: aten.sigmoid_backward(gradient, outputs)


def _flatten(stage: nn.Flatten, inputs: Tensor, blamed: bool) -> tuple[Tensor, Back]:
    return stage(inputs), lambda gradient: gradient.view_as(inputs) if blamed else None


def _flatten_maps(stage: Flatten, maps: Tensor, _: bool) -> tuple[Tensor, Back]:
    lying = maps.permute(0, 2, 3, 1).shape  # (B, H, W, C)
    return stage(maps), lambda gradient: gradient.view(lying).permute(0, 3, 1, 2)


def _nothing(_: nn.Module, inputs: Tensor, __: bool) -> tuple[Tensor, Back]:
    return inputs, lambda gradient: gradient


LEARNING = (nn.Linear, PooledConvolution)
RULES: dict[type[nn.Module], Callable[[nn.Module, Tensor, bool], tuple[Tensor, Back]]] = {
    nn.Linear: _linear,
    PooledConvolution: _pooled_convolution,
    nn.ReLU: _relu,
    nn.Tanh: _tanh,
    nn.Sigmoid: _sigmoid,
    nn.Flatten: _flatten,
    Flatten: _flatten_maps,
    nn.Identity: _nothing,
    Dropout: _nothing,  # whose share is 0
}
