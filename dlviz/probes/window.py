"""The arithmetic of one cell: which numbers it looks at, what it multiplies them with, what comes out.

Every cell of a feature map is a small sum that can be checked by hand: window × kernel = products,
and Σ products + bias = total. A pooling cell is the same sum with a kernel that picks the winner
(max) or weighs all alike (average); a dense unit has a window as large as everything before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dlviz.models.layers import Dropout
from dlviz.probes.observation import Passage, batch, stages, watch

Kind = Literal["convolution", "max_pooling", "average_pooling", "dense", "normalisation", "activation"]
PICTURE = "picture"  # the source of the first stage
CONTRIBUTIONS = 12  # of a dense unit's inputs, those that weigh most


@dataclass(frozen=True, eq=False)
class CellArithmetic:
    """How one cell of a stage came to its value: total = Σ products + rest + bias, and value is what the stage gives.

    value equals total for every kind but "activation", which is any stage that takes each number by
    itself: there value is its function of total, and total is the one number it reads.
    `source` names the stage whose output is read, or "picture"; `top` and `left` say where the window
    starts in it, below 0 where it begins in the padding. window, kernel and products are (C, k, k)
    float32: all channels the cell reads; `inside` (k, k) is False where the window covers padding.
    A dense unit shows its weightiest inputs as (n, 1, 1), their (channel, row, column) in the source
    as `places` (n, 3), and the sum of all others as `rest`. `winner` is the (row, column) inside the
    window that max-pooling took. `after` follows the cell through normalisation and activation.
    """

    stage: str
    kind: Kind
    source: str
    channel: int
    row: int
    column: int
    top: int
    left: int
    window: np.ndarray
    kernel: np.ndarray
    products: np.ndarray
    inside: np.ndarray
    places: np.ndarray
    bias: float
    rest: float
    total: float
    value: float
    winner: tuple[int, int] | None = None
    after: tuple[tuple[str, float], ...] = ()


def cell_arithmetic(
    network: nn.Module, picture: np.ndarray, stage: str, channel: int, row: int = 0, column: int = 0
) -> CellArithmetic:
    """Return how the cell (channel, row, column) of `stage` comes to its value for a picture (28, 28).

    A dense unit is a channel with one cell, at row 0 and column 0.
    Raises: ValueError where there is no such stage or no such cell in it.
    """
    with torch.no_grad():
        passages = watch(network, batch(network, picture))
        part, passage = _found(network, passages, stage)
        value = _cell(passage.left, stage, channel, row, column)
        source, shape = _source(network, passages, stage)
        return CellArithmetic(
            stage=stage,
            source=source,
            channel=channel,
            row=row,
            column=column,
            value=float(value),
            after=_followed(network, passages, stage, (channel, row, column)),
            **_explain(part)(part, passage, shape, (channel, row, column)),
        )


def _found(network: nn.Module, passages: dict[str, Passage], name: str) -> tuple[nn.Module, Passage]:
    if name not in passages:
        raise ValueError(f"stage: this network has no {name!r}; it has {', '.join(passages)}")
    return stages(network)[name], passages[name]


def _source(network: nn.Module, passages: dict[str, Passage], stage: str) -> tuple[str, torch.Size]:
    """Return whose output a stage reads, and in which shape; stages that change no number are passed over."""
    names = list(passages)
    for name in reversed(names[: names.index(stage)]):
        if not isinstance(stages(network)[name], nn.Flatten | Dropout):
            return name, passages[name].left.shape[1:]
    return PICTURE, passages[names[0]].entered.shape[1:]


def _cell(maps: Tensor, stage: str, channel: int, row: int, column: int) -> Tensor:
    """Return one number of a stage's output (1, C, H, W) or (1, H)."""
    maps = maps[0].reshape(*maps.shape[1:], *(1,) * (4 - maps.ndim))  # (H,) -> (H, 1, 1)
    asked = (channel, row, column)
    if not all(0 <= number < size for number, size in zip(asked, maps.shape, strict=True)):
        raise ValueError(f"cell: {stage} has {' × '.join(map(str, maps.shape))} cells, and none at {asked}")
    return maps[asked]


# ---------------------------------------------------------------------------- one kind each

Cell = tuple[int, int, int]
Parts = dict[str, object]  # the fields of CellArithmetic that depend on the kind
Explanation = Callable[[nn.Module, Passage, torch.Size, Cell], Parts]


def _explain(part: nn.Module) -> Explanation:
    """Return the function that explains a cell of this kind of stage."""
    for kind, explanation in EXPLANATIONS.items():
        if isinstance(part, kind):
            return explanation
    return _activation


def _convolution(part: nn.Conv2d, passage: Passage, _: torch.Size, cell: Cell) -> Parts:
    kernel = part.weight[cell[0]]  # (C, k, k)
    bias = 0.0 if part.bias is None else float(part.bias[cell[0]])
    window, inside, corner = _cut(passage.entered[0], part.kernel_size, part.stride, part.padding, cell)
    return _sum("convolution", window, kernel, bias, corner=corner, inside=inside)


def _pooling(part: nn.MaxPool2d | nn.AvgPool2d, passage: Passage, _: torch.Size, cell: Cell) -> Parts:
    own_map = passage.entered[0, cell[0] : cell[0] + 1]  # pooling stays inside its channel: (1, H, W)
    window, inside, corner = _cut(own_map, part.kernel_size, part.stride, part.padding, cell)
    if isinstance(part, nn.AvgPool2d):
        alike = torch.full_like(window, 1 / window.numel())
        return _sum("average_pooling", window, alike, corner=corner, inside=inside)
    place = int(window.masked_fill(~inside, -torch.inf).argmax())
    winner = divmod(place, window.shape[-1])
    picks = functional.one_hot(torch.tensor(place), window.numel()).view_as(window).to(window)
    return _sum("max_pooling", window, picks, corner=corner, inside=inside) | {"winner": winner}


def _dense(part: nn.Linear, passage: Passage, source: torch.Size, cell: Cell) -> Parts:
    entered, weights = passage.entered[0].double(), part.weight[cell[0]].double()
    products = entered * weights  # (F,)
    top = products.abs().argsort(descending=True, stable=True)[:CONTRIBUTIONS]
    places = _places(top.cpu().numpy(), source)
    rest = float(products.sum() - products[top].sum())
    bias = 0.0 if part.bias is None else float(part.bias[cell[0]])
    shown = (values[top].view(-1, 1, 1) for values in (entered, weights))
    return _sum("dense", *shown, bias, rest=rest, places=places.astype(np.int32))


def _places(inputs: np.ndarray, source: torch.Size) -> np.ndarray:
    """Return (channel, row, column) of a dense layer's inputs: units (H,), or maps (C, H, W) taken place by place."""
    channels, *sides = *source, *(1,) * (3 - len(source))
    rows, columns, inside = np.unravel_index(inputs, (*sides, channels))
    return np.stack([inside, rows, columns], axis=1)


def _normalisation(part: nn.BatchNorm2d, passage: Passage, _: torch.Size, cell: Cell) -> Parts:
    # (x − mean) / √(variance + ε) · γ + β, with the mean and variance kept from training, is scale · x + shift
    scale = part.weight[cell[0]].double() / (part.running_var[cell[0]].double() + part.eps).sqrt()
    shift = part.bias[cell[0]].double() - part.running_mean[cell[0]].double() * scale
    entered = passage.entered[0][cell].view(1, 1, 1)
    return _sum("normalisation", entered, scale.view(1, 1, 1), float(shift), corner=cell[1:])


def _activation(part: nn.Module, passage: Passage, _: torch.Size, cell: Cell) -> Parts:
    entered = _cell(passage.entered.reshape_as(passage.left), "", *cell).view(1, 1, 1)
    return _sum("activation", entered, torch.ones_like(entered), corner=cell[1:])


EXPLANATIONS: dict[type[nn.Module] | tuple[type[nn.Module], ...], Explanation] = {
    nn.Conv2d: _convolution,
    (nn.MaxPool2d, nn.AvgPool2d): _pooling,
    nn.Linear: _dense,
    nn.BatchNorm2d: _normalisation,
}


def _sum(
    kind: Kind,
    window: Tensor,
    kernel: Tensor,
    bias: float = 0.0,
    *,
    rest: float = 0.0,
    corner: tuple[int, int] = (0, 0),
    inside: Tensor | None = None,
    places: np.ndarray | None = None,
) -> Parts:
    """Return the sum window × kernel + rest + bias, added up in double precision, written out."""
    products = window.double() * kernel.double()
    inside = torch.ones(window.shape[1:], dtype=torch.bool) if inside is None else inside
    window, kernel, shown = (values.float().cpu().numpy() for values in (window, kernel, products))
    return {
        "kind": kind,
        "top": corner[0],
        "left": corner[1],
        "window": window,
        "kernel": kernel,
        "products": shown,
        "inside": inside.cpu().numpy(),
        "places": np.zeros((0, 3), np.int32) if places is None else places,
        "bias": bias,
        "rest": rest,
        "total": float(products.sum()) + rest + bias,
    }


def _cut(
    maps: Tensor, size: int | tuple, stride: int | tuple, padding: int | tuple, cell: Cell
) -> tuple[Tensor, Tensor, tuple[int, int]]:
    """Return the window (C, k, k) that a cell looks at in maps (C, H, W), what of it is no padding, and its corner."""
    (high, wide), (down, across), (above, beside) = (_pair(numbers) for numbers in (size, stride, padding))
    top, left = cell[1] * down, cell[2] * across  # in the padded maps
    rows, columns = slice(top, top + high), slice(left, left + wide)
    edges = (beside, beside, above, above)
    window = functional.pad(maps, edges)[:, rows, columns]
    inside = functional.pad(torch.ones_like(maps[0], dtype=torch.bool), edges)[rows, columns]
    return window, inside, (top - above, left - beside)


def _pair(number: int | tuple[int, int]) -> tuple[int, int]:
    return number if isinstance(number, tuple) else (number, number)


def _followed(
    network: nn.Module, passages: dict[str, Passage], stage: str, cell: Cell
) -> tuple[tuple[str, float], ...]:
    """Return the cell's value in each following stage that works on every cell alone, up to the first that does not."""
    after: list[tuple[str, float]] = []
    names = list(passages)
    for name in names[names.index(stage) + 1 :]:
        part = stages(network)[name]
        if isinstance(part, nn.Conv2d | nn.Linear | nn.MaxPool2d | nn.AvgPool2d | nn.Flatten):
            break
        if not isinstance(part, Dropout):  # which does nothing once the network has learnt
            after.append((name, float(_cell(passages[name].left, name, *cell))))
    return tuple(after)
