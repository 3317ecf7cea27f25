"""Convolution and max-pooling in one step, and only where there is ink.

Most of a digit's picture is blank paper, and a window that sees nothing answers with its bias alone.
The others are answered together: the four windows of one pooling cell lie in one larger window, so
that one matrix product with each kernel set at its four places gives all four answers, and the
largest stays. Backwards, it alone gets the gradient.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

pass_where_positive = torch.ops.aten.threshold_backward  # (gradient, values, 0): the backward of ReLU


class Seen(NamedTuple):
    """What the way back needs of the way there, for the M larger windows that hold ink.

    windows: (W, M), each a column; cells: (M,), their numbers; answers: (M, 2, 2, C), the left answers of
    both rows of a pooling cell and what the right ones are larger by; rows: (M, 2, C), the larger answer
    of the upper row and what that of the lower one is larger by; places: see `kernel_places`.
    The way back writes over answers and rows, so there is only one: fresh memory costs more than sums.
    """

    windows: Tensor
    cells: Tensor
    answers: Tensor
    rows: Tensor
    places: Tensor


class PooledMaps(torch.autograd.Function):
    """conv2d, then max_pool2d by 2, of pictures (B, 1, H, W) that need no gradient; maps (B, C, h, w) come out."""

    @staticmethod
    def forward(ctx, pictures, weight, bias, stride, padding):
        maps, seen = pooled_maps(pictures, weight, bias, stride, padding)
        ctx.save_for_backward(*seen)
        return maps

    @staticmethod
    def backward(ctx, gradient):
        return None, *kernel_gradients(gradient, Seen(*ctx.saved_tensors)), None, None


class PooledConvolution(nn.Conv2d):
    """A convolution of one-channel pictures and the max-pooling by 2 behind it, only where there is ink."""

    def forward(self, pictures):
        return PooledMaps.apply(pictures, self.weight, self.bias, self.stride[0], self.padding[0])


@lru_cache(maxsize=16)
def kernel_places(kernel: int, stride: int) -> Tensor:
    """Return ones where a kernel's cells come to lie in the larger window, at each of its four places.

    (side·side·4, kernel·kernel), side = kernel + stride: a product with it sets kernels into windows, and
    with its transpose gathers them again.
    """
    side = kernel + stride
    places = torch.zeros(side, side, 2, 2, kernel, kernel)  # …, column, row, …
    for i, j, u, v in torch.cartesian_prod(*(torch.arange(count) for count in (2, 2, kernel, kernel))).tolist():
        places[i * stride + u, j * stride + v, j, i, u, v] = 1
    return places.view(-1, kernel * kernel)


def pooled_maps(pictures: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> tuple[Tensor, Seen]:
    """Return the pooled maps (B, C, h, w), channels last, and what `kernel_gradients` needs.

    pictures: (B, 1, H, W); weight: (C, 1, k, k); bias: (C,).
    """
    channels, side, step = len(weight), weight.shape[-1] + stride, 2 * stride
    pictures = pad(pictures, (padding,) * 4) if padding else pictures
    windows = pictures[:, 0].unfold(1, side, step).unfold(2, side, step)  # (B, h, w, side, side)
    count, high, wide = windows.shape[:3]
    windows = windows.permute(3, 4, 0, 1, 2).reshape(side * side, -1)
    cells = windows.abs().amax(0).nonzero().squeeze(1)  # those with ink
    windows = windows.index_select(1, cells)  # (side·side, M)
    places = kernel_places(weight.shape[-1], stride).to(weight)
    kernels = (places @ weight.reshape(channels, -1).t()).view(side * side, -1)  # (side·side, 4·C)
    answers = torch.mm(windows.t(), kernels).view(-1, 2, 2, channels)
    rows = _larger(answers[:, 0], answers[:, 1])
    largest = _larger(rows[:, 0], rows[:, 1]).add_(bias)
    maps = bias.expand(count * high * wide, channels).index_copy(0, cells, largest)
    return maps.view(count, high, wide, channels).permute(0, 3, 1, 2), Seen(windows, cells, answers, rows, places)


def kernel_gradients(gradient: Tensor, seen: Seen) -> tuple[Tensor, Tensor]:
    """Return the gradients of weight (C, 1, k, k) and bias (C,), from that of the pooled maps (B, C, h, w).

    Of equal answers the first gets it, as torch's max_pool2d has it.
    """
    windows, cells, answers, rows, places = seen
    channels, kernel = gradient.shape[1], round(places.shape[1] ** 0.5)
    gradient = gradient.permute(0, 2, 3, 1).reshape(-1, channels)  # (B·h·w, C)
    _to_the_larger(gradient.index_select(0, cells), rows[:, 0], rows[:, 1])  # rows: now the gradients of rows
    _to_the_larger(rows, answers[:, 0], answers[:, 1])  # and answers those of answers
    of_kernels = torch.mm(windows, answers.view(-1, 4 * channels)).view(-1, channels)  # (side·side·4, C)
    of_weight = (of_kernels.t() @ places).view(channels, 1, kernel, kernel)
    return of_weight, gradient.sum(0)


def _larger(first: Tensor, second: Tensor) -> Tensor:
    """Return max(first, second), and leave in `second` what it is larger by."""
    larger = torch.maximum(first, second)
    second.sub_(first)
    return larger


def _to_the_larger(gradient: Tensor, first: Tensor, second: Tensor) -> None:
    """Write over both their gradients, from that of their maximum; `second` holds what it is larger by."""
    pass_where_positive(gradient, second, 0, grad_input=second)
    torch.sub(gradient, second, out=first)
