"""Drawing: how a stroke becomes the 28 × 28 that a network trained on MNIST knows.

MNIST's digits were cut to their ink, scaled to fit 20 × 20, and laid into 28 × 28 with their centre
of mass in the middle. A network has only ever seen digits like that; leave a step out and it is
lost. Each step here is a switch.
Source: LeCun, Bottou, Bengio, Haffner 1998, section III.A.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

SIDE, BOX = 28, 20
FAINT = 0.1  # ink below this is no ink: smoothed edges, smudges
Picture = np.ndarray


@dataclass(frozen=True)
class Steps:
    """Which steps are taken; without one, what a program that did not know it would do."""

    crop: bool = True
    scale: bool = True
    centre: bool = True
    smooth: bool = True


@dataclass(frozen=True, eq=False)
class Prepared:
    """The way of a drawing: `stages` are (name, picture), float32 0 to 1; `picture` (28, 28) is what networks get."""

    stages: tuple[tuple[str, Picture], ...]
    picture: Picture
    empty: bool


def ink(rgba: np.ndarray) -> Picture:
    """Return (H, W) float32, 0 paper to 1 ink, of a canvas (H, W, 4) uint8, whichever of light and dark is the ink.

    The paper is what most of the border shows; where it can be seen through, it counts as black.
    Raises: ValueError where that is no picture.
    """
    pixels = np.asarray(rgba)
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or 0 in pixels.shape:
        raise ValueError(f"drawing: a picture (height, width, 4) is needed, not {pixels.shape}")
    cover = pixels[..., 3] / np.float32(255) if pixels.shape[2] == 4 else np.float32(1)
    light = (pixels[..., :3].mean(axis=2, dtype=np.float32) / 255) * cover
    border = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return (1 - light if np.median(border) > 0.5 else light).astype(np.float32)


def prepare(drawn: np.ndarray, steps: Steps = Steps()) -> Prepared:  # noqa: B008 - frozen, so it can be shared
    """Return how ink (H, W), 0 to 1 or uint8, becomes a picture (28, 28)."""
    whole = np.asarray(drawn, np.float32) / (255 if np.asarray(drawn).dtype == np.uint8 else 1)
    where = np.argwhere(whole > FAINT)
    if not len(where):
        blank = np.zeros((SIDE, SIDE), np.float32)
        return Prepared((("ink", whole),), blank, True)
    cut = whole[tuple(slice(low, high + 1) for low, high in zip(where.min(0), where.max(0), strict=True))]
    cut = cut if steps.crop else square(whole)
    small = resized(cut, BOX if steps.scale else SIDE, smooth=steps.smooth)
    laid = into_middle(small, by_mass=steps.centre)
    return Prepared((("ink", whole), ("crop", cut), ("scale", small), ("centre", laid)), laid, False)


def square(picture: Picture) -> Picture:
    """Return the picture with empty paper added on its shorter side, so that it is as wide as high."""
    height, width = picture.shape
    side = max(height, width)
    out = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    out[top : top + height, left : left + width] = picture
    return out


def resized(picture: Picture, longest: int, *, smooth: bool) -> Picture:
    """Return the picture scaled so that its longer side has `longest` cells; smooth: each cell the mean of its area."""
    height, width = picture.shape
    share = longest / max(height, width)
    size = (max(1, round(width * share)), max(1, round(height * share)))
    # areas are averaged on the way down; on the way up there is nothing to average
    method = (Image.Resampling.BOX if share < 1 else Image.Resampling.BILINEAR) if smooth else Image.Resampling.NEAREST
    return np.clip(np.asarray(Image.fromarray(picture).resize(size, method)), 0, 1)


def into_middle(picture: Picture, *, by_mass: bool) -> Picture:
    """Return (28, 28) with the picture's centre of mass (else: the middle of its box) in the middle, to the cell."""
    height, width = picture.shape
    centre = centre_of_mass(picture) if by_mass else ((height - 1) / 2, (width - 1) / 2)
    # MNIST counts cells from their corners: the middle is 14, between the two middle cells
    top, left = (round(SIDE / 2 - place - 0.5 + 1e-6) for place in centre)
    out = np.zeros((SIDE, SIDE), np.float32)
    rows = slice(max(top, 0), min(top + height, SIDE)), slice(max(left, 0), min(left + width, SIDE))
    out[rows] = picture[rows[0].start - top : rows[0].stop - top, rows[1].start - left : rows[1].stop - left]
    return out


def centre_of_mass(picture: Picture) -> tuple[float, float]:
    """Return (row, column) of the ink's centre of mass, in cells."""
    total = picture.sum(dtype=float) or 1.0
    rows, columns = (np.arange(size) for size in picture.shape)
    return float(picture.sum(1, dtype=float) @ rows / total), float(picture.sum(0, dtype=float) @ columns / total)
