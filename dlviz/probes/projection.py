"""The last hidden layer has dozens of numbers for every picture; a map of them has two.

*PCA* looks at the cloud of points from the side from which it is widest: distances on the map are
true distances, seen from there. *t-SNE* keeps neighbours together and says nothing about distances
between groups. Where a network tells two digits apart, their points form islands on both.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from dlviz.probes.observation import PICTURES_AT_ONCE, batch, evaluating, walk

Method = Literal["pca", "tsne"]
BISECTIONS = 50  # halves the bracket of a neighbourhood's width until float32 cannot tell


class Projection(NamedTuple):
    """Points (N, 2) float32, and the share of the spread that each axis explains: (2,), or (0,) for t-SNE."""

    points: np.ndarray
    explained: np.ndarray


def hidden_features(network: nn.Module, pictures: np.ndarray) -> np.ndarray:
    """Return (N, F) float32: what the last stage reads for each picture, that is the last hidden layer."""
    with torch.no_grad(), evaluating(network):
        parts = batch(network, pictures).split(PICTURES_AT_ONCE)
        features = torch.cat([_before_scores(network, part) for part in parts])
    return features.float().cpu().numpy()


def _before_scores(network: nn.Module, inputs: Tensor) -> Tensor:
    for _, passage in walk(network, inputs):
        features = passage.entered
    return features.flatten(1)


def project(features: np.ndarray, method: Method = "pca") -> Projection:
    """Return the points (N, F) on a plane. The same features give the same points.

    Raises: ValueError where a feature is not finite, as after a divergence.
    """
    if not np.isfinite(features).all():
        raise ValueError("features: some are not finite, so there is no map of them; the network has diverged")
    values = torch.from_numpy(np.asarray(features, dtype=np.float64))
    points, explained = principal(values)
    if method == "tsne" and len(values) > 3:
        points, explained = neighbours(values, points).double(), explained[:0]
    return Projection(points.float().numpy(), explained.float().numpy())


def principal(values: Tensor) -> tuple[Tensor, Tensor]:
    """Return (N, 2) the points along the two directions of greatest spread, and (2,) the shares of spread.

    The sign of a direction means nothing; it is fixed so that its largest weight is positive.
    Source: Pearson, "On lines and planes of closest fit", 1901; by the singular value decomposition.
    """
    centred = values - values.mean(dim=0)
    _, sizes, directions = torch.linalg.svd(centred, full_matrices=False)
    directions, spread = directions[:2], sizes.square()
    largest = directions.gather(1, directions.abs().argmax(dim=1, keepdim=True))
    points = centred @ (directions * largest.sign()).T  # (N, F) -> (N, 2), or (N, 1) of a single feature
    shares = spread[:2] / spread.sum().clamp(min=torch.finfo(spread.dtype).tiny)
    missing = 2 - points.shape[1]
    return torch.nn.functional.pad(points, (0, missing)), torch.nn.functional.pad(shares, (0, missing))


def affinities(values: Tensor, perplexity: float) -> Tensor:
    """Return (N, N): how much each pair of points are neighbours; symmetric, sums to 1.

    Each point's Gaussian is as wide as gives it `perplexity` neighbours, in effect.
    Source: van der Maaten, Hinton, "Visualizing data using t-SNE", 2008, equations 1 and 12.
    """
    distances = torch.cdist(values, values).square()
    distances = distances / distances.mean().clamp(min=torch.finfo(distances.dtype).tiny)
    distances.fill_diagonal_(torch.inf)
    low, high = torch.full((2, len(values), 1), -20.0, dtype=values.dtype)  # brackets log(1 / 2σ²)
    high = high + 60
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        near = torch.softmax(-distances * middle.exp(), dim=1)
        entropy = -torch.xlogy(near, near).sum(dim=1, keepdim=True)
        wide = entropy > np.log(perplexity)
        low, high = torch.where(wide, middle, low), torch.where(wide, high, middle)
    return (near + near.T) / (2 * len(values))


def divergence_slope(points: Tensor, wanted: Tensor) -> Tensor:
    """Return (N, 2): the slope of the Kullback-Leibler divergence KL(P‖Q) with respect to every point.

    Source: van der Maaten, Hinton 2008, equation 5; Q is Student's t with one degree of freedom.
    """
    squares = points.square().sum(dim=1)
    close = 1 / (1 + (squares[:, None] + squares - 2 * points @ points.T).clamp(min=0))
    close.fill_diagonal_(0)
    pull = (wanted - close / close.sum()) * close
    return 4 * (pull.sum(dim=1, keepdim=True) * points - pull @ points)


def neighbours(values: Tensor, start: Tensor, perplexity: float = 30.0, steps: int = 500) -> Tensor:
    """Return (N, 2) float32: points placed by t-SNE, which begins at `start`, so that nothing is left to chance.

    Perplexity is at most a third of the points. Descent with momentum and gains, and exaggeration in
    the first quarter of the steps.
    Source: van der Maaten, Hinton 2008, section 3.4; the PCA start: Kobak, Berens, 2019.
    """
    perplexity = max(min(perplexity, (len(values) - 1) / 3), 1.0)
    wanted = affinities(values, perplexity).float()
    points = (start / start[:, 0].std(correction=0).clamp(min=1e-12) * 1e-4).float()
    speed, gains = torch.zeros_like(points), torch.ones_like(points)
    rate = max(len(points) / 48, 50.0)
    for step in range(steps):
        early = step < steps // 4
        slope = divergence_slope(points, wanted * (12 if early else 1))
        turned = slope.sign() == speed.sign()  # the slope points back: slower in this direction
        gains = torch.where(turned, gains * 0.8, gains + 0.2).clamp(min=0.01)
        speed = speed * (0.5 if early else 0.8) - rate * gains * slope
        points = points + speed
    return points - points.mean(dim=0)
