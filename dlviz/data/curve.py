"""Points along a curve: a straight trend, a bend, a wave, or steps, with noise and a few that lie far off."""

from __future__ import annotations

import numpy as np


def trend(x):
    """Return a straight line, which a linear model can learn."""
    return 0.7 * x - 0.1


def bend(x):
    """Return a bowl, which a line cannot follow and a square can."""
    return 1.5 * x**2 - 0.7


def wave(x):
    """Return one and a half waves."""
    return 0.8 * np.sin(1.5 * np.pi * x)


def steps(x):
    """Return three stairs, one after the other."""
    return 0.35 * np.sign(x + 0.4) + 0.35 * np.sign(x - 0.4)


CURVES = {"trend": trend, "bend": bend, "wave": wave, "steps": steps}


def along(curve, count, noise, outliers, seed):
    """Return (N,1) float32 places x from -1 to 1 and (N,) float32 heights y.

    noise: the standard deviation of each height around the curve; outliers: the share of points whose height is
    drawn anew, from the upper quarter of the picture, whatever the curve says.
    """
    random = np.random.default_rng([seed, 2])
    x = random.uniform(-1, 1, count)
    y = curve(x) + noise * random.standard_normal(count)
    far = random.permutation(count)[: round(outliers * count)]
    y[far] = random.uniform(1, 1.5, len(far))
    return x[:, None].astype(np.float32), y.astype(np.float32)
