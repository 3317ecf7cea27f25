"""Points on a plane: the smallest problems that need a network at all.

Two classes of points, laid out by a rule: one inside a ring of the other, four quarters, two
clouds, two arms of a spiral, two interlocked moons. Two inputs can be drawn as a map, so everything
that a network makes of them can be seen. The layouts are those of TensorFlow Playground, within
-6 to 6, but here noise moves the points themselves.
"""

from __future__ import annotations

import numpy as np

EXTENT = 6.0  # all points, and every map of the plane, lie in [-EXTENT, EXTENT]²


def plane_points(data, points, noise, seed):
    """Return (N,2) float32 points within -6 to 6 and their (N,) labels 0 or 1, drawn from the seed.

    `data` is circle, xor, gauss, spiral or moons; noise 0 to 0.5 moves each point by up to six
    times as much in each direction (for gauss it widens the clouds, as in TensorFlow Playground).
    """
    random = np.random.default_rng([seed, 1])  # not the numbers that split them
    labels = np.arange(points) % 2
    along = random.random(points)  # where on its arm, moon or radius a point lies
    angle = 2 * np.pi * random.random(points)
    if data == "circle":
        radius = np.where(labels == 1, 2.5 * along, 3.5 + 1.5 * along)
        places = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    elif data == "xor":
        places = random.uniform(0.3, 5, (points, 2)) * random.choice([-1, 1], (points, 1))
        places[:, 1] *= np.where(labels == 1, 1, -1)
    elif data == "gauss":
        spread = np.sqrt(0.5 + 7 * noise)
        places = np.where(labels == 1, 2, -2)[:, None] + spread * random.standard_normal((points, 2))
    elif data == "spiral":
        turn = 3.5 * np.pi * along + np.pi * labels
        places = 5 * along[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=1)
    else:
        turn = np.pi * (along + labels)
        places = 3 * np.stack([np.cos(turn) + labels - 0.5, np.sin(turn) + 0.5 * labels - 0.25], axis=1)
    if data != "gauss":
        places = places + 6 * noise * random.uniform(-1, 1, (points, 2))
    return np.clip(places, -6, 6).astype(np.float32), labels
