"""Augmentation against scipy's affine transform, and what it must leave alone."""

import math

import numpy as np
import pytest
import torch
from scipy.ndimage import affine_transform

from dlviz.data.load import load
from dlviz.spec import Knobs, Mnist5k
from dlviz.training.augmentation import (
    add_serifs,
    augment,
    change_thickness,
    column_of_ink,
    random_affine,
    stroke,
)


@pytest.fixture(scope="module")
def pictures():
    digits = load(Mnist5k(), 0).train.inputs[:16]
    return torch.tensor(digits).float()[:, None] / 255


LABELS = torch.tensor(load(Mnist5k(), 0).train.labels[:16]).long()


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_no_knob_turned_leaves_every_bit(pictures):
    assert torch.equal(augment(pictures, LABELS, Knobs(), seeded()), pictures)


def test_the_same_generator_gives_the_same_bits_and_the_global_one_is_not_touched(pictures):
    knobs = Knobs(rotate=15, shift=2, scale=0.1, shear=0.2, thickness=0.5)
    before = torch.random.get_rng_state()
    first, second = augment(pictures, LABELS, knobs, seeded(3)), augment(pictures, LABELS, knobs, seeded(3))
    assert torch.equal(first, second) and not torch.equal(first, augment(pictures, LABELS, knobs, seeded(4)))
    assert torch.equal(before, torch.random.get_rng_state())
    assert first.shape == pictures.shape and first.min() >= 0 and first.max() <= 1 + 1e-6


def test_moves_as_scipy_moves(pictures):
    knobs = Knobs(rotate=20, shift=3, scale=0.2, shear=0.3)
    got = augment(pictures, LABELS, knobs, seeded(1))[:, 0].numpy()
    affine = random_affine(pictures, knobs, seeded(1)).double().numpy()
    middle = np.array([13.5, 13.5])
    for picture, matrix, result in zip(pictures[:, 0].double().numpy(), affine, got, strict=True):
        turned = matrix[:, :2][::-1, ::-1]  # (x, y) -> (row, column)
        offset = middle + matrix[::-1, 2] * 14 - turned @ middle
        wanted = affine_transform(picture, turned, offset, order=1, mode="grid-constant", cval=0.0)
        assert np.abs(wanted - result).max() < 1e-4


@pytest.mark.parametrize("limit", [{"rotate": 10}, {"shift": 2}, {"scale": 0.2}, {"shear": 0.3}])
def test_chance_stays_within_the_knob(pictures, limit):
    many = pictures[:1].expand(4000, -1, -1, -1)
    affine = random_affine(many, Knobs(**limit), seeded()).double().numpy()
    cos, move = affine[:, 0, 0], affine[:, :, 2] * 14
    sizes = {
        "rotate": np.degrees(np.arctan2(affine[:, 1, 0], cos)),
        "shift": move,
        "scale": 1 / np.hypot(cos, affine[:, 1, 0]) - 1,
        "shear": affine[:, 0, 1],
    }
    ((name, most),) = limit.items()
    found = np.abs(sizes[name]).max()
    assert 0.97 * most < found <= most * (1 + 1e-5)


def test_thickness_adds_and_takes_ink_for_the_share_asked_for(pictures):
    many = pictures[:1].expand(2000, -1, -1, -1)
    ink = change_thickness(many, 0.3, seeded()).sum(dim=(1, 2, 3))
    as_it_was = float(pictures[0].sum())
    changed = (ink - as_it_was).abs() > 1e-3
    assert math.isclose(float(changed.float().mean()), 0.3, abs_tol=0.04)
    assert ink.min() < 0.8 * as_it_was < 1.2 * as_it_was < ink.max()


# ----------------------------------------------------------------------------------- ones with serifs


def test_only_ones_get_serifs_and_as_often_as_wanted():
    one = torch.zeros(28, 28)
    one[4:24, 13:15] = 1  # a plain line
    pictures, labels = one.expand(4000, 1, 28, 28), torch.arange(4000) % 2
    changed = add_serifs(pictures, labels, 0.3, seeded())
    assert torch.equal(changed[0::2], pictures[0::2])
    foot = changed[1::2, 0, 23, 10] > 0.5  # three cells left of the line, on its last row
    upstroke = changed[1::2, 0, 4:14, 11].amax(dim=1) > 0.5
    for found, wanted in ((foot, 0.3), (upstroke, 0.3), (foot & upstroke, 0.3 * 0.3)):
        assert found.double().mean().item() == pytest.approx(wanted, abs=0.04)
    assert torch.equal(changed.amax(), torch.tensor(1.0)) and changed.min() == 0


def test_a_foot_is_a_line_through_the_end_of_the_stroke_as_wide_as_it():
    ink = torch.zeros(1, 28, 28)
    line = stroke(ink, *(torch.tensor([value]) for value in (5.0, 14.0, 23.0, 14.0, 2.0)))[0]
    assert line[13:15, 6:22].min() == 1 and line[:12].max() == 0 and line[16:].max() == 0
    assert line.sum().item() == pytest.approx(2 * 18 + math.pi, rel=0.05)  # a bar and two half discs
    ink[0, 10, 3:7] = torch.tensor([0.0, 1.0, 1.0, 0.0])
    assert column_of_ink(ink, torch.tensor([10])).item() == 5.0  # the edge between two cells


def test_serifs_where_there_is_no_one_and_where_ink_is_at_the_edge():
    pictures = torch.ones(3, 1, 28, 28)
    assert torch.equal(add_serifs(pictures, torch.tensor([0, 2, 3]), 1.0, seeded()), pictures)
    assert torch.isfinite(add_serifs(torch.zeros_like(pictures), torch.ones(3).long(), 1.0, seeded())).all()
