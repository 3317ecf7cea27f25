"""Stage outputs against the layers' own formulas, computed with NumPy."""

import numpy as np

from dlviz.models.build import build, read_weights
from dlviz.probes.activations import probabilities, stage_outputs
from dlviz.spec import ConvBlock, ConvNet

PICTURES = np.random.default_rng(0).integers(0, 256, (3, 28, 28), dtype=np.uint8)
NETWORK = build(ConvNet(blocks=(ConvBlock(channels=2, kernel=5),), dense=(4,)), (1, 28, 28), 10, seed=0)


def test_every_stage_is_its_formula():
    out, weights = stage_outputs(NETWORK, PICTURES), read_weights(NETWORK)
    windows = np.lib.stride_tricks.sliding_window_view(PICTURES / 255, (5, 5), axis=(1, 2))  # (N, 24, 24, 5, 5)
    maps = np.einsum("nijuv,cuv->ncij", windows, weights["conv1.weight"][:, 0]) + weights["conv1.bias"][:, None, None]
    assert np.allclose(out["conv1"], maps, atol=1e-5)
    assert np.allclose(out["activation1"], np.maximum(maps, 0), atol=1e-5)
    pooled = np.maximum(maps, 0).reshape(3, 2, 12, 2, 12, 2).max(axis=(3, 5))
    assert np.allclose(out["pool1"], pooled, atol=1e-5)
    row = pooled.transpose(0, 2, 3, 1).reshape(3, -1)  # place by place
    hidden = np.maximum(0, row @ weights["dense1.weight"].T + weights["dense1.bias"])
    assert np.allclose(out["activation2"], hidden, atol=1e-5)
    assert np.allclose(out["scores"], hidden @ weights["scores.weight"].T + weights["scores.bias"], atol=1e-5)
    assert all(values.dtype == np.float32 for values in out.values())


def test_probabilities_are_the_softmax_of_the_scores():
    scores = stage_outputs(NETWORK, PICTURES)["scores"].astype(float)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert np.allclose(probabilities(NETWORK, PICTURES), shares, atol=1e-6)
    many = np.repeat(PICTURES, 100, axis=0)  # more than go through at once
    assert np.allclose(probabilities(NETWORK, many)[::100], shares, atol=1e-6)
