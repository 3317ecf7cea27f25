"""Drawing: how a stroke becomes the 28 × 28 that a network trained on MNIST knows.

MNIST's digits were cut to their ink, scaled to fit 20 × 20 with grey edges, and laid into 28 × 28 by
their centre of mass. A network has only ever seen digits like that; leave a step out and it is lost.
Each step here is a switch.
Source: LeCun, Bottou, Bengio, Haffner 1998, section III.A.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

SIDE, BOX = 28, 20
MIDDLE = 14  # the cell, counted from 0, on which the centre of mass of MNIST's digits lies to within half a cell
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

    The paper is what most of the border shows; where it can be seen through, whatever covers it is ink.
    Raises: ValueError where that is no picture.
    """
    pixels = np.asarray(rgba)
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or 0 in pixels.shape:
        raise ValueError(f"drawing: a picture (height, width, 4) is needed, not {pixels.shape}")
    light = pixels[..., :3].mean(axis=2, dtype=np.float32) / 255
    if pixels.shape[2] == 4:
        cover = pixels[..., 3] / np.float32(255)
        if _most_of_border(cover) < 0.5:
            return cover
        light = light * cover
    return 1 - light if _most_of_border(light) > 0.5 else light


def _most_of_border(picture: Picture) -> float:
    return float(np.median(np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])))


def prepare(drawn: np.ndarray, steps: Steps = Steps()) -> Prepared:
    """Return how ink (H, W), 0 to 1 or uint8, becomes a picture (28, 28).

    The stages are ink, crop, scale, smooth and centre, whether their steps are taken or not; empty paper has
    only the first. Smoothing looks again at what is cut out: what was scaled has no greys to make edges from.
    """
    whole = np.asarray(drawn, np.float32) / (255 if np.asarray(drawn).dtype == np.uint8 else 1)
    where = np.argwhere(whole > FAINT)
    if not len(where):
        return Prepared((("ink", whole),), np.zeros((SIDE, SIDE), np.float32), True)
    box = tuple(slice(low, high + 1) for low, high in zip(where.min(0), where.max(0), strict=True))
    cut = whole[box] if steps.crop else square(whole)
    longest = BOX if steps.scale else SIDE
    small = resized(cut, longest)
    smooth = smoothed(cut, longest) if steps.smooth else small
    laid = into_middle(smooth, by_mass=steps.centre)
    stages = (("ink", whole), ("crop", cut), ("scale", small), ("smooth", smooth), ("centre", laid))
    return Prepared(stages, laid, False)


def square(picture: Picture) -> Picture:
    """Return the picture with empty paper added on its shorter side, so that it is as wide as high."""
    height, width = picture.shape
    side = max(height, width)
    out = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    out[top : top + height, left : left + width] = picture
    return out


def resized(picture: Picture, longest: int) -> Picture:
    """Return the picture with `longest` cells on its longer side: each cell is ink or paper, as its middle is."""
    cells = Image.fromarray(picture).resize(_cells(picture, longest), Image.Resampling.NEAREST)
    return (np.asarray(cells) > 0.5).astype(np.float32)


def smoothed(picture: Picture, longest: int) -> Picture:
    """Return the picture with `longest` cells on its longer side: each cell is the share of its area that is ink."""
    # on the way up there is no area to average, so ink fades from cell to cell
    method = Image.Resampling.BOX if max(picture.shape) >= longest else Image.Resampling.BILINEAR
    return np.clip(np.asarray(Image.fromarray(picture).resize(_cells(picture, longest), method)), 0, 1)


def _cells(picture: Picture, longest: int) -> tuple[int, int]:
    """Return how many cells (across, down) the picture has when its longer side has `longest`."""
    height, width = picture.shape
    share = longest / max(height, width)
    return max(1, round(width * share)), max(1, round(height * share))


def into_middle(picture: Picture, *, by_mass: bool) -> Picture:
    """Return (28, 28) with the picture's centre of mass (else: its box) in the middle, moved by whole cells."""
    height, width = picture.shape
    if by_mass:
        top, left = (MIDDLE - round(place) for place in centre_of_mass(picture))
    else:
        top, left = (SIDE - height) // 2, (SIDE - width) // 2
    out = np.zeros((SIDE, SIDE), np.float32)
    rows = slice(max(top, 0), min(top + height, SIDE)), slice(max(left, 0), min(left + width, SIDE))
    out[rows] = picture[rows[0].start - top : rows[0].stop - top, rows[1].start - left : rows[1].stop - left]
    return out


def centre_of_mass(picture: Picture) -> tuple[float, float]:
    """Return (row, column) of the ink's centre of mass, in cells."""
    total = picture.sum(dtype=float) or 1.0
    rows, columns = (np.arange(size) for size in picture.shape)
    return float(picture.sum(1, dtype=float) @ rows / total), float(picture.sum(0, dtype=float) @ columns / total)
