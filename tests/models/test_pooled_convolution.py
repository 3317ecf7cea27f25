"""Convolution and pooling in one step give what torch's own two steps give, and so do their gradients."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import conv2d, max_pool2d

from dlviz.models.pooled_convolution import PooledConvolution, PooledMaps, kernel_places

SHAPES = {
    "count": st.integers(1, 5),
    "side": st.integers(5, 15),
    "channels": st.integers(1, 5),
    "kernel": st.integers(1, 5),
    "stride": st.integers(1, 3),
    "padding": st.integers(0, 2),
    "ink": st.sampled_from([0, 0.1, 0.5, 1]),  # share of places that are not blank
    "seed": st.integers(0, 999),
}


def both(pictures: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> list[list[Tensor]]:
    """Return maps and the gradients of weight and bias for a made-up loss: of ours, and of torch's two steps."""
    results = []
    for maps in (
        PooledMaps.apply(pictures, weight, bias, stride, padding),
        max_pool2d(conv2d(pictures, weight, bias, stride, padding), 2),
    ):
        blame = torch.linspace(-1, 2, maps.numel(), dtype=maps.dtype).round(decimals=2).view_as(maps)
        results.append([maps.detach(), *torch.autograd.grad((maps * blame).sum(), (weight, bias))])
    return results


def fits(side: int, kernel: int, stride: int, padding: int) -> bool:
    return ((side + 2 * padding - kernel) // stride + 1) // 2 >= 1


@settings(max_examples=60, deadline=None)
@given(**SHAPES)
def test_equal_to_convolution_then_pooling(count, side, channels, kernel, stride, padding, ink, seed):
    if not fits(side, kernel, stride, padding):
        return
    random = torch.Generator().manual_seed(seed)
    weight = torch.randn(channels, 1, kernel, kernel, generator=random).requires_grad_()
    bias = torch.randn(channels, generator=random).requires_grad_()
    shape = (count, 1, side, side)
    pictures = torch.rand(shape, generator=random) * (torch.rand(shape, generator=random) < ink)
    for mine, torchs in zip(*both(pictures, weight, bias, stride, padding), strict=True):
        assert mine.shape == torchs.shape
        assert torch.allclose(mine, torchs, rtol=1e-5, atol=1e-5 * max(1.0, torchs.abs().max().item()))


@settings(max_examples=60, deadline=None)
@given(**SHAPES)
def test_ties_go_to_the_first_as_in_torch(count, side, channels, kernel, stride, padding, ink, seed):
    """Whole numbers are added without rounding, so ties are ties in both, and everything is equal to the bit."""
    if not fits(side, kernel, stride, padding):
        return
    random = torch.Generator().manual_seed(seed)
    weight = torch.randint(-1, 2, (channels, 1, kernel, kernel), generator=random).float().requires_grad_()
    bias = torch.randint(-2, 3, (channels,), generator=random).float().requires_grad_()
    shape = (count, 1, side, side)
    pictures = torch.randint(1, 3, shape, generator=random) * (torch.rand(shape, generator=random) < ink).float()
    ours, torchs = both(pictures, weight, bias, stride, padding)
    assert torch.equal(ours[0], torchs[0])
    for mine, theirs in zip(ours[1:], torchs[1:], strict=True):
        assert torch.allclose(mine, theirs, rtol=1e-5, atol=1e-4)  # blame has two decimals


def test_gradients_against_central_differences() -> None:
    random, wide = torch.Generator().manual_seed(3), torch.float64
    pictures = torch.rand(2, 1, 9, 9, dtype=wide, generator=random)
    pictures[:, :, :4] = 0
    learnt = [torch.randn(shape, dtype=wide, generator=random) for shape in ((3, 1, 3, 3), (3,))]
    blame = torch.randn(2, 3, 4, 4, dtype=wide, generator=random)

    def loss(values: list[Tensor]) -> Tensor:
        return (PooledMaps.apply(pictures, *values, 1, 1) * blame).sum()

    slopes = torch.autograd.grad(loss(values := [each.clone().requires_grad_() for each in learnt]), values)
    for number, values in enumerate(learnt):
        for place in range(values.numel()):
            sides = []
            for nudge in (1e-5, -1e-5):
                nudged = [each.clone() for each in learnt]
                nudged[number].view(-1)[place] += nudge
                sides.append(loss(nudged).item())
            expected = (sides[0] - sides[1]) / 2e-5
            assert slopes[number].view(-1)[place].item() == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_negative_ink_is_ink() -> None:
    """Pictures with values on both sides of zero are seen as well."""
    random = torch.Generator().manual_seed(5)
    pictures = -torch.rand(2, 1, 8, 8, generator=random)
    weight = torch.randn(2, 1, 3, 3, generator=random).requires_grad_()
    bias = torch.zeros(2, requires_grad=True)
    for mine, torchs in zip(*both(pictures, weight, bias, 1, 0), strict=True):
        assert torch.allclose(mine, torchs, atol=1e-5)


def test_a_second_way_back_is_refused_rather_than_wrong() -> None:
    layer = PooledConvolution(1, 2, kernel_size=3)
    total = layer(torch.rand(1, 1, 8, 8)).sum()
    total.backward(retain_graph=True)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        total.backward()


def test_maps_lie_channels_last() -> None:
    maps = PooledConvolution(1, 6, kernel_size=3)(torch.rand(4, 1, 12, 12))
    assert maps.is_contiguous(memory_format=torch.channels_last)


def test_a_kernel_has_four_places_in_the_larger_window() -> None:
    places = kernel_places(kernel=2, stride=1).view(3, 3, 2, 2, 2, 2)
    kernel = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    placed = (places * kernel).sum((4, 5))  # (3, 3, 2, 2)
    assert placed[:, :, 0, 0].tolist() == [[1, 2, 0], [3, 4, 0], [0, 0, 0]]
    assert placed[:, :, 1, 0].tolist() == [[0, 1, 2], [0, 3, 4], [0, 0, 0]]  # the right column
    assert placed[:, :, 0, 1].tolist() == [[0, 0, 0], [1, 2, 0], [3, 4, 0]]
    assert placed[:, :, 1, 1].tolist() == [[0, 0, 0], [0, 1, 2], [0, 3, 4]]
