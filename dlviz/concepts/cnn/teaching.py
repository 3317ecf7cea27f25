"""Teach it mine: a network that has learnt learns a few drawings more, without forgetting what it knew.

Shown nothing but the new drawings, it would forget the rest within a few steps. So every step mixes
them, a little moved each time, with digits that it already knows.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.models.layers import Dropout
from dlviz.spec import Knobs
from dlviz.training.augmentation import augment

KNOWN = 120  # digits it knows, in every step
SHOWN = 8  # drawings shown in every step, each time a little different; more where there are more
RATE = 1e-3
LITTLE = Knobs(rotate=8, shift=1, scale=0.1, shear=0.1, thickness=0.3)


def teach(
    network: nn.Module,
    pictures: np.ndarray,
    labels: np.ndarray,
    known_pictures: np.ndarray,
    known_labels: np.ndarray,
    steps: int,
    generator: torch.Generator,
) -> tuple[nn.Module, np.ndarray]:
    """Return a network that has learnt the drawings, in evaluation mode, and the loss of every step (steps,).

    pictures: (n, 28, 28) float32, 0 to 1, of which there may be one; labels: (n,). known_pictures: (N, 28, 28)
    uint8 and known_labels (N,), from which digits are drawn at random. The given network stays as it was.
    Batch norm keeps the statistics that it has learnt, and dropout rests.
    Raises: ValueError where there is nothing to learn.
    """
    if not len(pictures) or len(pictures) != len(labels):
        raise ValueError(f"teach: {len(pictures)} pictures and {len(labels)} labels; one label a picture, one at least")
    pupil = copy.deepcopy(network).eval()
    for stage in pupil.modules():
        if isinstance(stage, Dropout):
            stage.share = 0
    optimizer = torch.optim.Adam(pupil.parameters(), RATE)
    losses = []
    for _ in range(steps):
        inputs, truth = _batch(pictures, labels, known_pictures, known_labels, generator)
        optimizer.zero_grad()
        loss = cross_entropy(pupil(inputs), truth)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    optimizer.zero_grad()
    return pupil, np.array(losses, np.float32)


def _batch(
    pictures: np.ndarray,
    labels: np.ndarray,
    known_pictures: np.ndarray,
    known_labels: np.ndarray,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Return inputs (B,1,28,28) and labels (B,): the drawings, each a little changed, among digits that are known."""
    places = torch.arange(max(SHOWN, len(pictures))) % len(pictures)  # every drawing at least once
    meant = torch.tensor(np.asarray(labels, np.int64))[places]
    shown = augment(torch.tensor(pictures, dtype=torch.float32)[places][:, None], meant, LITTLE, generator)
    chosen = torch.randint(len(known_labels), (KNOWN,), generator=generator).numpy()
    known = torch.tensor(known_pictures[chosen]).float()[:, None] / 255
    return torch.cat([shown, known]), torch.cat([meant, torch.tensor(known_labels[chosen].astype(np.int64))])
