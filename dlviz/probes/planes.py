"""Planes that two runs share: both began with the same weights, and one map is to show both ways.

Such a map can also be of a few examples only. The surface that a step of training feels is that of its own
mini-batch, and the mean of them all is the surface over all examples.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dlviz.probes.landscape import WeightPlane, completed, main_directions


def over_paths(origin: np.ndarray, paths: Sequence[np.ndarray]) -> WeightPlane:
    """Return the plane through `origin` (D,) along the two directions in which all paths, (R, D) each, differ most.

    The directions are of length 1 and at right angles. Raises: ValueError where a weight is not finite.
    Source: Li et al. 2018, section 7.1, of the recorded weights of both runs together.
    """
    rows = np.concatenate([np.asarray(path, np.float64) for path in paths])
    if not np.isfinite(rows).all():
        raise ValueError("path: some weights are not finite; the run has diverged")
    return WeightPlane(np.asarray(origin, np.float64), main_directions(rows)[0])


def through(start: np.ndarray, one: np.ndarray, other: np.ndarray) -> WeightPlane:
    """Return the plane that holds three networks, (D,) each: the origin is `start`, the first direction leads to `one`.

    The directions are of length 1 and at right angles, and `other` lies on the second one's positive side. Where
    the three are on one line, as at the start of a run, chance gives what is missing.
    """
    origin = np.asarray(start, np.float64)
    ways = np.stack([one, other]).astype(np.float64) - origin
    found: list[np.ndarray] = []
    for way in ways:
        upright = way - sum(((way @ known) * known for known in found), np.zeros_like(way))
        length = np.linalg.norm(upright)
        if length > 1e-9 * (1 + np.linalg.norm(way)):
            found.append(upright / length)
    directions = completed(np.array(found).reshape(-1, len(origin)), len(origin))
    signs = np.where((ways * directions).sum(axis=1) < 0, -1.0, 1.0)
    return WeightPlane(origin, directions * signs[:, None])
