"""Points on a plane: the smallest problems that need a network at all.

Two classes of points, laid out by a rule: one inside a ring of the other, four quarters, two
clouds, two arms of a spiral, two interlocked moons. Two inputs can be drawn as a map, so everything
that a network makes of them can be seen. The layouts are those of TensorFlow Playground, within
-6 to 6, but here noise moves the points themselves.
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


LAYOUTS = {"circle": circle, "xor": xor, "gauss": gauss, "spiral": spiral, "moons": moons}


def scatter(layout, count, noise, seed):
    """Return (N,2) float32 points within -6 to 6 and their labels 0 or 1.

    Noise, 0 to 0.5, moves each coordinate by up to six times as much.
    """
    random = np.random.default_rng([seed, 1])
    labels = np.arange(count) % 2
    points = layout(labels, random)
    points = points + 6 * noise * random.uniform(-1, 1, points.shape)
    return np.clip(points, -6, 6).astype(np.float32), labels
