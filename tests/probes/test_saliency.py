"""Attributions against finite differences, a plain loop, and a formula written out by hand."""

from collections import OrderedDict

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.probes.saliency import grad_cam, gradient, occlusion


def tiny_network(seed=0, side=8):
    torch.manual_seed(seed)
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 3, 3, padding=1),
            tanh1=nn.Tanh(),
            pool1=nn.AvgPool2d(2),
            flatten=nn.Flatten(),
            dense1=nn.Linear(3 * (side // 2) ** 2, 5),
            tanh2=nn.Tanh(),
            scores=nn.Linear(5, 4),
        )
    ).double()


def picture(seed=0, side=8):
    return np.random.default_rng(seed).random((side, side))


def score(network, picture, target):
    with torch.no_grad():
        return float(network(torch.from_numpy(picture)[None, None])[0, target])


def test_gradient_is_the_central_difference():
    network, image, step = tiny_network(), picture(), 1e-5
    expected = np.zeros_like(image)
    for place in np.ndindex(image.shape):
        change = np.zeros_like(image)
        change[place] = step
        expected[place] = abs(score(network, image + change, 2) - score(network, image - change, 2)) / (2 * step)
    assert np.allclose(gradient(network, image, 2), expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("patch", [1, 3, 4])
def test_occlusion_is_the_plain_loop(patch):
    network, image = tiny_network(1), picture(1)

    def probability(picture):
        with torch.no_grad():
            return network(torch.from_numpy(picture)[None, None]).softmax(1)[0, 1].item()

    expected = np.zeros_like(image)
    for row, column in np.ndindex(image.shape):
        covered = image.copy()
        top, left = row - (patch - 1) // 2, column - (patch - 1) // 2
        covered[max(top, 0) : max(top + patch, 0), max(left, 0) : max(left + patch, 0)] = 0
        expected[row, column] = probability(image) - probability(covered)
    assert np.allclose(occlusion(network, image, 1, patch), expected, atol=1e-7)
    assert np.abs(expected).max() > 1e-4


def test_a_coarser_occlusion_is_the_fine_one_at_the_middle_of_each_square():
    network, image = tiny_network(2), picture(2)
    fine, coarse = occlusion(network, image, 0, patch=3), occlusion(network, image, 0, patch=3, stride=2)
    assert coarse.shape == fine.shape
    assert np.array_equal(coarse[1::2, 1::2], fine[1::2, 1::2])
    assert np.array_equal(coarse[0::2, 0::2], coarse[1::2, 1::2])


def test_grad_cam_is_its_formula_written_out():
    torch.manual_seed(3)
    network = nn.Sequential(
        OrderedDict(conv1=nn.Conv2d(1, 2, 3), relu1=nn.ReLU(), flatten=nn.Flatten(), scores=nn.Linear(2 * 4 * 4, 3))
    ).double()
    image = picture(3, side=6)
    kernels, biases = network.conv1.weight.detach().numpy(), network.conv1.bias.detach().numpy()
    maps = np.zeros((2, 4, 4))
    for channel, row, column in np.ndindex(maps.shape):
        window = image[row : row + 3, column : column + 3]
        maps[channel, row, column] = max(0, (window * kernels[channel, 0]).sum() + biases[channel])
    # The scores are linear in the maps, so ∂y_c/∂A^k is the weight itself.
    weights = network.scores.weight.detach().numpy()[1].reshape(2, 4, 4).mean(axis=(1, 2))
    evidence = np.maximum(0, weights[0] * maps[0] + weights[1] * maps[1])
    assert evidence.max() > 0
    assert np.allclose(grad_cam(network, image, 1), enlarged(evidence, 6), atol=1e-7)
    assert np.allclose(grad_cam(network, image, 1, stage="relu1"), grad_cam(network, image, 1))


def enlarged(values, side):
    """Bilinear interpolation between the centres of the cells, the border cells going on as they are."""
    old = values.shape[0]
    places = np.clip((np.arange(side) + 0.5) * old / side - 0.5, 0, old - 1)
    low = np.minimum(places.astype(int), old - 2)
    share = places - low
    rows = values[low] * (1 - share)[:, None] + values[low + 1] * share[:, None]
    return rows[:, low] * (1 - share) + rows[:, low + 1] * share


def test_grad_cam_names_the_stages_it_could_use():
    with pytest.raises(ValueError, match="conv1, tanh1, pool1"):
        grad_cam(tiny_network(), picture(), 0, stage="dense1")


def test_grad_cam_of_a_network_without_maps_is_refused():
    network = nn.Sequential(OrderedDict(flatten=nn.Flatten(), scores=nn.Linear(64, 3)))
    with pytest.raises(ValueError, match="has none"):
        grad_cam(network, picture(), 0)


def test_frozen_weights_change_nothing():
    network, image = tiny_network(), picture()
    expected = gradient(network, image, 0), grad_cam(network, image, 0)
    network.requires_grad_(False)
    assert np.array_equal(gradient(network, image, 0), expected[0])
    assert np.array_equal(grad_cam(network, image, 0), expected[1])
