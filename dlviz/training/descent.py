"""Gradient descent, move by move, on a network small enough to do the same by hand.

Every move looks at all the points, finds for each weight how steeply the loss rises with it, and takes each a
little way down: w ← w − η ∂L/∂w. The network has one score z, and says σ(z) for class 1.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from dlviz.spec import Knobs
from dlviz.training.optimizers import make_optimizer


def descend(network: nn.Module, points: Tensor, labels: Tensor, rate: float, moves: int) -> np.ndarray:
    """Return the weights (M+1, D) before and after each of M moves of plain SGD with all points as its batch.

    points: (N, 2); labels: (N,), 0 or 1, as floating-point numbers. The network is left where it came to.
    Source: Robbins and Monro 1951, A Stochastic Approximation Method.
    """
    optimizer = make_optimizer(network.parameters(), Knobs(optimizer="sgd", learning_rate=rate))
    passed = [weights_of(network)]
    for _ in range(moves):
        optimizer.zero_grad()
        loss_of(network, points, labels).backward()
        optimizer.step()
        passed.append(weights_of(network))
    return np.stack(passed)


def standing(network: nn.Module, points: Tensor, labels: Tensor, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the loss (R,) and the share of right answers (R,), 0 to 1, with each of the weights (R, D)."""
    losses, shares = [], []
    with torch.no_grad():
        for row in weights:
            vector_to_parameters(torch.tensor(row), network.parameters())
            losses.append(loss_of(network, points, labels).item())
            shares.append(((network(points)[:, 0] > 0) == (labels > 0.5)).double().mean().item())
    return np.array(losses), np.array(shares)


def downhill(network: nn.Module, points: Tensor, labels: Tensor, weights: np.ndarray) -> np.ndarray:
    """Return the negative gradient (D,) of the loss at these weights (D,): the way down for each, and how steep."""
    vector_to_parameters(torch.tensor(weights), network.parameters())
    slopes = torch.autograd.grad(loss_of(network, points, labels), list(network.parameters()))
    return -torch.cat([slope.flatten() for slope in slopes]).numpy()


def loss_of(network: nn.Module, points: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy of the network's one score for each point, −log σ(z) for class 1."""
    return binary_cross_entropy_with_logits(network(points)[:, 0], labels)


def weights_of(network: nn.Module) -> np.ndarray:
    """Return a copy of all weights and biases (D,), in the order of `network.parameters()`."""
    return parameters_to_vector(network.parameters()).detach().numpy().copy()
