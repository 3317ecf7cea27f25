"""Measuring: what a network knows right now, without teaching it anything.

Every measurement is taken in evaluation mode, draws no random number and leaves no gradient behind,
so that a run that is looked at often has the same bits as one that is never looked at.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.data.examples import Examples
from dlviz.models.layers import Stages
from dlviz.training.step import as_inputs

CHUNK = 100  # examples of one piece of an evaluation: some 10 ms for the article's network
WORST = 12  # mistakes that are kept as pictures
UNITS_SHOWN = 32  # of a dense first layer

Arrays = dict[str, np.ndarray]


def evaluate(network: nn.Module, inputs: Tensor) -> Generator[None, None, Tensor]:
    """Yield after each chunk of the (N, …) inputs, and return their scores (N,K) on the CPU."""
    scores = []
    for chunk in inputs.split(CHUNK):
        scores.append(_scores(network, chunk))
        yield
    return torch.cat(scores)


@torch.no_grad()
def _scores(network: nn.Module, chunk: Tensor) -> Tensor:
    network.eval()
    return network(as_inputs(chunk)).cpu()


def quality(split: str, scores: Tensor, labels: Tensor) -> Arrays:
    """Return `<split>_loss`, the mean cross-entropy, and `<split>_accuracy`, a share 0 to 1."""
    loss, right = cross_entropy(scores, labels).item(), int((scores.argmax(1) == labels).sum())
    return {f"{split}_loss": np.array(loss), f"{split}_accuracy": np.array(right / len(labels))}


def confusion(scores: Tensor, labels: Tensor) -> np.ndarray:
    """Return (K,K) int32 counts: rows are the truth, columns the network's answers."""
    classes = scores.shape[1]
    pairs = torch.bincount(labels * classes + scores.argmax(1), minlength=classes**2)
    return pairs.reshape(classes, classes).numpy().astype(np.int32)


def worst_mistakes(scores: Tensor, examples: Examples) -> Arrays:
    """Return the wrong answers that were given with most certainty, surest first, as five arrays of 12.

    `mistakes`: positions in the table; `mistake_pictures`: (12,28,28) uint8; `mistake_truth` and
    `mistake_answer`: classes; `mistake_certainty`: probability of the answer, 0 to 1. Places that
    are not needed hold -1, empty pictures and 0.
    """
    certainty, answers = scores.softmax(1).max(1)
    wrong = np.flatnonzero(answers.numpy() != examples.labels)
    surest = wrong[np.argsort(-certainty.numpy()[wrong], kind="stable")][:WORST]
    return {
        "mistakes": _padded(examples.indices[surest], np.int32, -1),
        "mistake_pictures": _padded(examples.inputs[surest], np.uint8, 0),
        "mistake_truth": _padded(examples.labels[surest], np.int32, -1),
        "mistake_answer": _padded(answers.numpy()[surest], np.int32, -1),
        "mistake_certainty": _padded(certainty.numpy()[surest], np.float32, 0),
    }


def _padded(values: np.ndarray, dtype: type, empty: int) -> np.ndarray:
    padded = np.full((WORST, *values.shape[1:]), empty, dtype)
    padded[: len(values)] = values
    return padded


def first_filters(network: Stages) -> np.ndarray:
    """Return what the first layer looks for in a picture, as float32 pictures.

    (C,k,k) kernels of the first convolution, or the (H,28,28) weights of the first 32 dense units.
    """
    first = next(stage for stage in network if isinstance(stage, nn.Conv2d | nn.Linear))
    weights = first.weight.detach().cpu().numpy()
    return weights[:, 0].copy() if isinstance(first, nn.Conv2d) else weights[:UNITS_SHOWN].reshape(-1, 28, 28).copy()
