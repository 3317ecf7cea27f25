"""A seven is a seven wherever it stands. Does the network know?

The picture is moved about, pixel by pixel, and the network is asked every time. One that only ever
saw digits in the middle loses its certainty as they leave it, and some lose it sooner than others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import nn

from dlviz.probes.activations import probabilities

DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1))  # right, left, down, up


def move(pictures: np.ndarray, right: int, down: int) -> np.ndarray:
    """Return pictures (…, H, W) moved by whole pixels, left and up below 0; what leaves is gone, what comes in is 0."""
    moved = np.zeros_like(pictures)
    height, width = pictures.shape[-2:]
    (to_rows, from_rows), (to_columns, from_columns) = _overlap(height, down), _overlap(width, right)
    moved[..., to_rows, to_columns] = pictures[..., from_rows, from_columns]
    return moved


def _overlap(size: int, by: int) -> tuple[slice, slice]:
    """Return which of `size` places are filled by a move, and from which."""
    stay = max(size - abs(by), 0)
    to, start = min(max(by, 0), size), min(max(-by, 0), size)
    return slice(to, to + stay), slice(start, start + stay)


def shifted(network: nn.Module, picture: np.ndarray, offsets: Sequence[tuple[int, int]]) -> np.ndarray:
    """Return (offsets, K) float32: how probable each class seems when the picture (28, 28) is moved (right, down)."""
    return probabilities(network, np.stack([move(picture, right, down) for right, down in offsets]))


def moved_away(
    network: nn.Module, pictures: np.ndarray, labels: np.ndarray, distances: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean probability of the label and the accuracy, both (D,) float32, at each distance in pixels.

    Both are means over all pictures (N, 28, 28) and the four directions in which each is moved.
    """
    certainty, right = np.zeros((2, len(distances)), np.float32)
    for place, distance in enumerate(distances):
        everywhere = np.stack([move(pictures, distance * across, distance * down) for across, down in DIRECTIONS])
        answered = probabilities(network, everywhere.reshape(-1, *pictures.shape[1:]))
        answered = answered.reshape(len(DIRECTIONS), len(labels), -1)  # (4, N, K)
        certainty[place] = answered[:, np.arange(len(labels)), labels].mean(dtype=float)
        right[place] = (answered.argmax(axis=2) == labels).mean(dtype=float)
    return certainty, right
