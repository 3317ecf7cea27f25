"""The landscape that training walks down: how high the loss is wherever the weights might stand.

A network has one axis for every weight, far too many to look at, so we cut a plane through its present
weights and draw the loss over that: along two weights, along two directions of chance, or along the two
directions in which this run moved most, with its path. The network itself is evaluated at every point.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call, vmap
from torch.nn.functional import cross_entropy, mse_loss

from dlviz.probes.observation import evaluating, examples_batch
from dlviz.rows import Label

Loss = Callable[[Tensor, Tensor], Tensor]  # of scores (N, K) and labels (N,), a single number
AT_ONCE = 1_000_000  # numbers of one stage's output, over all networks that are evaluated at once


class WeightPlane(NamedTuple):
    """A plane through weight space: `origin` (D,), where the network is, and `directions` (2, D), both float64.

    The parameters are in the order of `network.parameters()`, each flattened, as in the `weights` of a moment.
    """

    origin: np.ndarray
    directions: np.ndarray

    def at(self, points: np.ndarray) -> np.ndarray:
        """Return (P, D) the weights at points (P, 2) of the plane; (0, 0) is where the network is."""
        return self.origin + points @ self.directions


class Path(NamedTuple):
    """How a run moved, seen on a plane: one row for each of R recorded moments.

    `points` (R, 2): the nearest point of the plane; `distances` (R,): how far the true weights are from it;
    `explained` (2,): the share of the path's variance along each direction, 0 to 1.
    """

    points: np.ndarray
    distances: np.ndarray
    explained: np.ndarray


class Surface(NamedTuple):
    """The loss over a plane: `heights` (H, G) at `along` (H,) of the second and `across` (G,) of the first direction.

    `here` is the loss at (0, 0), where the network is. A height is infinite or not a number where the network's
    numbers run away.
    """

    heights: np.ndarray
    across: np.ndarray
    along: np.ndarray
    here: float


def loss_about(label: Label) -> Loss:
    """Return the loss that suits a label: cross-entropy for a class, the mean squared error for a number."""
    return cross_entropy if label == "class" else squared_error


def squared_error(scores: Tensor, numbers: Tensor) -> Tensor:
    """Return the mean squared error of scores (N, 1) for numbers (N,)."""
    return mse_loss(scores[:, 0], numbers)


# -------------------------------------------------------------------------------------- planes


def over_two_weights(network: nn.Module, first: int, second: int) -> WeightPlane:
    """Return the plane along two weights, each by its place in the flat row of all; 1 unit is 1 of the weight.

    Raises: ValueError where there is no such weight, they are the same, or the network has diverged.
    """
    origin = flat_weights(network)
    if not (0 <= first < len(origin) and 0 <= second < len(origin)) or first == second:
        raise ValueError(f"weights: two different ones of 0 … {len(origin) - 1} are needed, got {first} and {second}")
    directions = np.zeros((2, len(origin)))
    directions[0, first] = directions[1, second] = 1
    return WeightPlane(origin, directions)


def over_random_directions(network: nn.Module, seed: int = 0) -> WeightPlane:
    """Return the plane along two random directions, in which each unit's or filter's weights move by their own length.

    So 1 means as much for small weights as for large ones. Biases and normalisation layers stay where they are.
    Raises: ValueError where the network has diverged, or where all weights are zero and have no length.
    Source: Li, Xu, Taylor, Studer, Goldstein, "Visualizing the loss landscape of neural nets", 2018, section 4.
    """
    origin, chance = flat_weights(network), torch.Generator().manual_seed(seed)
    directions = np.stack([_filter_normalised(network, chance) for _ in range(2)])
    if not directions.any():
        raise ValueError("weights: all are zero, so there is no length that a direction could have")
    return WeightPlane(origin, directions)


def _filter_normalised(network: nn.Module, chance: torch.Generator) -> np.ndarray:
    parts = []
    for values in network.parameters():
        filters = values.detach().double().cpu().flatten(1) if values.dim() > 1 else torch.zeros(len(values), 1)
        direction = torch.randn(filters.shape, generator=chance, dtype=torch.float64)
        lengths = filters.norm(dim=1, keepdim=True) / direction.norm(dim=1, keepdim=True)
        parts.append((direction * lengths).flatten())
    return torch.cat(parts).numpy()


def over_path(network: nn.Module, path: np.ndarray) -> tuple[WeightPlane, Path]:
    """Return the plane through the network along the two directions in which a run moved most, and its path there.

    path: (R, D) the recorded weights, in any number. The directions are of length 1 and at right angles. Where
    the path has fewer than two, as at the start of a run, chance gives the others, and they explain nothing.
    Raises: ValueError where the rows do not fit the network, or the run has diverged.
    Source: Li et al. 2018, section 7.1: the principal components of the path.
    """
    origin, walked = flat_weights(network), np.asarray(path, dtype=np.float64)
    if walked.ndim != 2 or walked.shape[1] != len(origin) or not len(walked):
        raise ValueError(f"path: rows of {len(origin)} weights are needed, got the shape {walked.shape}")
    if not np.isfinite(walked).all():
        raise ValueError("path: some weights are not finite; the run has diverged")
    plane = WeightPlane(origin, main_directions(walked)[0])
    return plane, on_plane(plane, walked)


def on_plane(plane: WeightPlane, path: np.ndarray) -> Path:
    """Return a run's recorded weights, path (R, D), as the plane sees them.

    Where the directions are not at right angles, the second one's share is that of the part of it that is.
    """
    walked = np.asarray(path, dtype=np.float64)
    away = walked - plane.origin
    points = away @ measures(plane).T  # (R, D) -> (R, 2)
    distances = np.linalg.norm(away - points @ plane.directions, axis=1)
    centred = walked - walked.mean(axis=0)
    upright, _ = np.linalg.qr(plane.directions.T)
    total = np.square(centred).sum()
    explained = np.square(centred @ upright).sum(axis=0) / total if total else np.zeros(2)
    return Path(points, distances, explained)


def measures(plane: WeightPlane) -> np.ndarray:
    """Return (2, D): a difference from the plane's origin, multiplied with these, is its nearest place on the plane."""
    return np.linalg.pinv(plane.directions).T


def main_directions(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the two directions (2, D) in which rows (R, D) differ most, and the shares (2,) of variance along them.

    The directions are of length 1; the largest number of each is positive, as its sign means nothing.
    """
    centred = rows - rows.mean(axis=0)
    tall = len(centred) > centred.shape[1]
    # of DᵀD and DDᵀ, the smaller: their eigenvalues are the same
    sizes, vectors = np.linalg.eigh(centred.T @ centred if tall else centred @ centred.T)
    sizes, vectors = sizes[::-1][:2], vectors.T[::-1][:2]
    found = vectors if tall else vectors @ centred
    total = np.square(centred).sum()
    real = sizes > 1e-12 * total  # what rounding leaves of a direction is none
    shares = np.zeros(2)
    shares[: real.sum()] = sizes[real] / total if total else 0
    directions = completed(found[real], rows.shape[1])
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=1, keepdims=True), axis=1)
    return directions * np.sign(largest), shares


def completed(found: np.ndarray, length: int) -> np.ndarray:
    """Return two directions at right angles of length 1: those found first, then chance."""
    if length < 2:
        raise ValueError(f"weights: a plane needs two, the network has {length}")
    chance = np.random.default_rng(0).standard_normal((2, length))
    directions, _ = np.linalg.qr(np.concatenate([found, chance])[:2].T)
    return directions.T


# ------------------------------------------------------------------------------------- heights


def loss_surface(
    network: nn.Module,
    inputs: np.ndarray,
    labels: np.ndarray,
    plane: WeightPlane,
    across: np.ndarray,
    along: np.ndarray,
    loss: Loss = cross_entropy,
) -> Surface:
    """Return the loss on N examples over the plane, at every pair of `across` (G,) and `along` (H,).

    inputs: points (N, F), or pictures (N, 28, 28); labels: (N,), as `loss` takes them. A mini-batch has a surface
    of its own, which is why gradients of batches differ.
    """
    first, second = np.meshgrid(across, along)  # (H, G) each
    points = np.stack([first.ravel(), second.ravel()], axis=1)
    heights = losses_at(network, plane.at(np.concatenate([points, np.zeros((1, 2))])), inputs, labels, loss)
    return Surface(heights[:-1].reshape(first.shape), np.asarray(across), np.asarray(along), float(heights[-1]))


def reach(
    points: np.ndarray, side: int = 41, margin: float = 0.2, least: float = 1e-3
) -> tuple[np.ndarray, np.ndarray]:
    """Return `across` and `along`, (side,) each, that hold (0, 0) and all points (R, 2) of a path, with a margin.

    The shorter side is at least a quarter of the longer, so that a straight path still has a landscape, and
    neither is shorter than `least`, before the margin.
    """
    low, high = np.minimum(points.min(axis=0), 0), np.maximum(points.max(axis=0), 0)
    size = np.maximum(high - low, least)
    size = np.maximum(size, size.max() / 4) * (1 + 2 * margin)
    middle = (low + high) / 2
    across, along = np.linspace(middle - size / 2, middle + size / 2, side).T
    return across, along


@torch.no_grad()
def losses_at(
    network: nn.Module, weights: np.ndarray, inputs: np.ndarray, labels: np.ndarray, loss: Loss = cross_entropy
) -> np.ndarray:
    """Return (P,) float64: the loss on N examples with each of the flat weights (P, D) in the network's place.

    In evaluation mode, with the network's own running statistics; the network is not changed.
    """
    parameters = dict(network.named_parameters())
    examples = examples_batch(network, inputs)
    truth = torch.tensor(np.asarray(labels), device=examples.device)
    all_weights = torch.as_tensor(np.asarray(weights), dtype=examples.dtype, device=examples.device)

    def loss_of(values: dict[str, Tensor]) -> Tensor:
        return loss(functional_call(network, values, (examples,)), truth)

    with evaluating(network):
        parts = [_shaped(part, parameters) for part in all_weights.split(_networks_at_once(parameters, len(truth)))]
        losses = torch.cat([_each(network, loss_of)(part) for part in parts])
    return losses.double().cpu().numpy()


def _each(network: nn.Module, loss_of: Callable[[dict[str, Tensor]], Tensor]) -> Callable[[dict[str, Tensor]], Tensor]:
    """Return the losses of many networks: dense ones all at once, others one by one, which suits convolutions."""
    if not any(isinstance(part, nn.Conv2d) for part in network.modules()):
        return vmap(loss_of)

    def one_by_one(many: dict[str, Tensor]) -> Tensor:
        rows = (dict(zip(many, row, strict=True)) for row in zip(*many.values(), strict=True))
        return torch.stack([loss_of(row) for row in rows])

    return one_by_one


def _networks_at_once(parameters: dict[str, nn.Parameter], examples: int) -> int:
    widest = max(len(values) for values in parameters.values())
    weights = sum(values.numel() for values in parameters.values())
    return max(1, AT_ONCE // max(examples * widest, weights))


def _shaped(flat: Tensor, parameters: dict[str, nn.Parameter]) -> dict[str, Tensor]:
    """Return flat weights (P, D) as the named parameters, each with P in front: (P, …)."""
    parts = flat.split([values.numel() for values in parameters.values()], dim=1)
    return {
        name: part.reshape(-1, *values.shape) for part, (name, values) in zip(parts, parameters.items(), strict=True)
    }


def flat_weights(network: nn.Module) -> np.ndarray:
    """Return (D,) float64: every parameter of the network, in order, each flattened.

    Raises: ValueError where one is not finite, as after a divergence.
    """
    flat = torch.cat([values.detach().flatten() for values in network.parameters()]).double().cpu().numpy()
    if not np.isfinite(flat).all():
        raise ValueError("weights: some are not finite; the network has diverged")
    return flat
