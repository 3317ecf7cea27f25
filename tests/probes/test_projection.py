"""Maps of a hidden layer against scikit-learn and the definitions."""

from collections import OrderedDict

import numpy as np
import pytest
import torch
from scipy.spatial.distance import squareform
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities
from sklearn.metrics import pairwise_distances
from torch import nn

from dlviz.probes.projection import affinities, divergence_slope, hidden_features, principal, project


def digits(count):
    pictures, labels = load_digits(return_X_y=True)
    return (pictures[:count] / 16).astype(np.float32), labels[:count]


def test_hidden_features_are_what_the_last_stage_reads():
    torch.manual_seed(0)
    network = nn.Sequential(
        OrderedDict(flatten=nn.Flatten(), dense1=nn.Linear(16, 6), relu1=nn.ReLU(), scores=nn.Linear(6, 3))
    )
    pictures = np.random.default_rng(0).random((300, 4, 4), dtype=np.float32)
    features = hidden_features(network, pictures)
    by_hand = np.maximum(
        0, pictures.reshape(300, 16) @ network.dense1.weight.detach().numpy().T + network.dense1.bias.detach().numpy()
    )
    assert features.shape == (300, 6)
    assert np.allclose(features, by_hand, atol=1e-6)


def test_pca_is_scikit_learns():
    features, _ = digits(300)
    points, explained = project(features)
    other = PCA(2, svd_solver="full").fit(features)
    expected = other.transform(features)
    expected *= np.sign((expected * points).sum(axis=0))
    assert points.dtype == np.float32
    assert np.allclose(points, expected, atol=1e-4)
    assert np.allclose(explained, other.explained_variance_ratio_, atol=1e-6)


def test_the_largest_weight_of_a_direction_is_positive():
    """So turning all features around turns the points around, and a sign is never left to the solver."""
    features = torch.from_numpy(digits(100)[0]).double()
    points, _ = principal(features)
    turned, _ = principal(-features)
    assert torch.allclose(points, -turned, atol=1e-9)


@pytest.mark.parametrize("shape", [(5, 1), (1, 4), (2, 2), (3, 7)])
@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_few_points_and_few_features_have_a_map_too(shape, method):
    points, _ = project(np.random.default_rng(0).random(shape).astype(np.float32), method)
    assert points.shape == (shape[0], 2)
    assert np.isfinite(points).all()


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_a_layer_that_says_the_same_of_everything_is_one_point(method):
    points, explained = project(np.ones((50, 8), np.float32), method)
    assert np.ptp(points, axis=0).max() == 0
    assert np.isfinite(explained).all()


def test_features_that_are_not_finite_have_no_map():
    with pytest.raises(ValueError, match="not finite"):
        project(np.full((5, 3), np.nan, np.float32))


def test_neighbourhoods_are_as_wide_as_scikit_learns():
    values = torch.from_numpy(digits(80)[0]).double()
    wanted = affinities(values, 12)
    assert torch.allclose(wanted, wanted.T)
    assert float(wanted.sum()) == pytest.approx(1)
    squares = pairwise_distances(values.numpy(), metric="sqeuclidean")
    assert np.allclose(wanted.numpy(), squareform(_joint_probabilities(squares, 12, 0)), atol=1e-7)


def test_the_slope_of_the_divergence_is_its_central_difference():
    generator = np.random.default_rng(1)
    wanted = affinities(torch.from_numpy(generator.random((12, 4))), 3)
    points = torch.from_numpy(generator.random((12, 2)))

    def divergence(points):
        close = 1 / (1 + torch.cdist(points, points).square())
        close = close - torch.diag(close.diag())
        apart = ~torch.eye(12, dtype=torch.bool)
        return float((wanted[apart] * (wanted[apart] / (close / close.sum())[apart]).log()).sum())

    expected = np.zeros((12, 2))
    for place in np.ndindex(12, 2):
        step = torch.zeros_like(points)
        step[place] = 1e-5
        expected[place] = (divergence(points + step) - divergence(points - step)) / 2e-5
    assert np.allclose(divergence_slope(points, wanted).numpy(), expected, rtol=1e-5, atol=1e-9)


def test_tsne_keeps_neighbours_as_well_as_scikit_learn():
    features, _ = digits(250)
    points, explained = project(features, "tsne")
    theirs = TSNE(init="pca", random_state=0, max_iter=500, method="exact").fit_transform(features)
    assert explained.shape == (0,)
    assert trustworthiness(features, points) > trustworthiness(features, theirs) - 0.01
    assert trustworthiness(features, points) > trustworthiness(features, project(features)[0]) + 0.05


def test_the_same_features_give_the_same_map():
    features, _ = digits(60)
    assert np.array_equal(project(features, "tsne").points, project(features, "tsne").points)
