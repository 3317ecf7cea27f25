"""Moved pictures and what the network says of them, against plain loops."""

import numpy as np
import pytest
import torch

from dlviz.models.build import build
from dlviz.probes.activations import probabilities
from dlviz.probes.movement import move, moved_away, shifted
from dlviz.spec import ConvBlock, ConvNet

PICTURES = np.random.default_rng(0).integers(0, 256, (7, 28, 28), dtype=np.uint8)
NETWORK = build(ConvNet(blocks=(ConvBlock(channels=3),)), (1, 28, 28), 10, seed=0)
with torch.no_grad():
    NETWORK.scores.weight.mul_(20)  # so that its answers differ


@pytest.mark.parametrize("offset", [(0, 0), (3, 0), (-2, 5), (27, -27), (28, 0), (-60, 1)])
def test_every_pixel_goes_where_it_is_moved(offset):
    right, down = offset
    expected = np.zeros((28, 28), np.uint8)
    for row, column in np.ndindex(28, 28):
        if 0 <= row - down < 28 and 0 <= column - right < 28:
            expected[row, column] = PICTURES[0, row - down, column - right]
    assert np.array_equal(move(PICTURES[0], right, down), expected)
    assert np.array_equal(move(PICTURES, right, down)[0], expected)


def test_shifted_asks_the_network_about_each_moved_picture():
    offsets = [(0, 0), (4, -3), (-8, 8)]
    expected = [probabilities(NETWORK, move(PICTURES[1], *offset))[0] for offset in offsets]
    assert np.allclose(shifted(NETWORK, PICTURES[1], offsets), expected, atol=1e-6)
    assert np.ptp(expected, axis=0).max() > 0.01


def test_moved_away_is_the_mean_over_pictures_and_directions():
    labels = probabilities(NETWORK, PICTURES).argmax(axis=1)
    confidence, right = moved_away(NETWORK, PICTURES, labels, [0, 6])
    found = [
        (answer[label], answer.argmax() == label)
        for picture, label in zip(PICTURES, labels, strict=True)
        for offset in [(6, 0), (-6, 0), (0, 6), (0, -6)]
        for answer in probabilities(NETWORK, move(picture, *offset))
    ]
    assert right[0] == 1
    assert (confidence[1], right[1]) == pytest.approx(np.mean(found, axis=0), abs=1e-6)
    assert confidence[1] < confidence[0]
