"""What every stage of a network makes of a picture: its feature maps, its units, its scores."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from dlviz.probes.observation import answers, batch, watch


def stage_outputs(network: nn.Module, pictures: np.ndarray) -> dict[str, np.ndarray]:
    """Return what every stage gives for pictures (N, 28, 28), in order.

    Maps are (N, C, H, W), dense stages (N, H), all float32; bytes 0..255 are read as 0..1.
    """
    with torch.no_grad():
        passages = watch(network, batch(network, pictures))
    return {name: passage.left.float().cpu().contiguous().numpy() for name, passage in passages.items()}


def probabilities(network: nn.Module, pictures: np.ndarray) -> np.ndarray:
    """Return (N, K) float32: how probable the network holds each class for pictures (N, 28, 28)."""
    return answers(network, batch(network, pictures)).float().cpu().numpy()
