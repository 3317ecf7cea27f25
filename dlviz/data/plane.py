"""Points on a plane: the smallest problems that need a network at all.

Points of two or more classes, laid out by a rule: one inside a ring of the other, four quarters, two
or three clouds, two or three arms of a spiral, two interlocked moons, a board of four colours; or points
whose label is a number, the height of a slope or of hills. Two inputs can be drawn as a map, so
everything that a network makes of them can be seen. Most layouts are those of TensorFlow Playground,
within -6 to 6, but here noise moves the points themselves.
"""

from __future__ import annotations

import numpy as np

EXTENT = 6.0  # all points, and every map of the plane, lie in [-EXTENT, EXTENT]²


def circle(labels, random):
    """Return (N,2) points: class 1 in a disc, class 0 in a ring around it."""
    angle = 2 * np.pi * random.random(len(labels))
    along = random.random(len(labels))
    radius = np.where(labels == 1, 2.5 * along, 3.5 + 1.5 * along)
    return radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)


def xor(labels, random):
    """Return (N,2) points: class 1 where both coordinates have the same sign, class 0 elsewhere."""
    points = random.uniform(0.3, 5, (len(labels), 2)) * random.choice([-1, 1], (len(labels), 1))
    return points * np.stack([np.ones(len(labels)), 2 * labels - 1], axis=1)


def gauss(labels, random):
    """Return (N,2) points: a cloud around (2, 2) for class 1, and one around (-2, -2) for class 0."""
    return 4 * labels[:, None] - 2 + np.sqrt(0.5) * random.standard_normal((len(labels), 2))


def spiral(labels, random):
    """Return (N,2) points on two arms that wind around each other, one for each class."""
    along = random.random(len(labels))
    turn = 3.5 * np.pi * along + np.pi * labels
    return 5 * along[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=1)


def moons(labels, random):
    """Return (N,2) points on two half circles, one for each class, that reach into each other."""
    turn = np.pi * (random.random(len(labels)) + labels)
    return 3 * np.stack([np.cos(turn) + labels - 0.5, np.sin(turn) + 0.5 * labels - 0.25], axis=1)


def clouds(labels, random):
    """Return (N,2) points: a cloud for each of three classes, around the corners of a triangle."""
    turn = 2 * np.pi * labels / 3
    middles = 3.2 * np.stack([np.sin(turn), np.cos(turn)], axis=1)
    return middles + random.standard_normal((len(labels), 2))


def arms(labels, random):
    """Return (N,2) points on three arms that wind around each other, one for each class."""
    along = random.random(len(labels))
    turn = 2.2 * np.pi * along + 2 * np.pi * labels / 3
    return 5.4 * (0.06 + 0.94 * along)[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=1)


def checkerboard(labels, random):
    """Return (N,2) points on a board of 4 × 4 cells in four colours, one for each class."""
    row = random.integers(0, 4, len(labels))
    column = (labels - 2 * row) % 4
    return 3 * (np.stack([column, row], axis=1) + random.uniform(0.06, 0.94, (len(labels), 2))) - 6


LAYOUTS = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "moons": moons,
    "clouds": clouds,
    "arms": arms,
    "checkerboard": checkerboard,
}


def scatter(layout, count, noise, seed, classes=2):
    """Return (N,2) float32 points within -6 to 6 and their labels 0, 1 and so on.

    Noise, 0 to 0.5, moves each coordinate by up to six times as much.
    """
    random = np.random.default_rng([seed, 1])
    labels = np.arange(count) % classes
    points = layout(labels, random)
    points = points + 6 * noise * random.uniform(-1, 1, points.shape)
    return np.clip(points, -6, 6).astype(np.float32), labels


def slope(points):
    """Return the (N,) heights, -1 to 1, of a plane that rises to the upper right."""
    return points.sum(axis=1) / 12


def hills(points):
    """Return the (N,) heights, -1 to 1, of three hills and three hollows; that of the nearest counts."""
    middles = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
    signs = np.array([1, -1, 1, -1, 1, -1])
    away = np.linalg.norm(points[:, None] - middles, axis=2)
    return signs[away.argmin(axis=1)] * np.clip(1 - away.min(axis=1) / 2, 0, 1)


HEIGHTS = {"slope": slope, "hills": hills}


def survey(height, count, noise, seed):
    """Return (N,2) float32 points spread over the plane and their labels, (N,) float32 heights.

    Noise, 0 to 0.5, reads each height at a place that is off by up to six times as much.
    """
    random = np.random.default_rng([seed, 1])
    points = random.uniform(-6, 6, (count, 2))
    read = points + 6 * noise * random.uniform(-1, 1, points.shape)
    return points.astype(np.float32), height(read).astype(np.float32)
