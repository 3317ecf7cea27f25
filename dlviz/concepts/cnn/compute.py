"""The questions of the digit lab, each a function that a worker process answers by name.

Whoever asks names a run and a moment of it; `networks` turns them into the network as it was then
(in evaluation mode) and the digits of its run. Questions and answers are plain values, so that they
can travel between processes and equal questions are computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import torch
from torch import nn

from dlviz.concepts.cnn import drawing
from dlviz.concepts.cnn.recording import (
    Atlas,
    Attributions,
    Cell,
    Digit,
    Importance,
    Inside,
    LayerCost,
    Moved,
    Outcome,
    Reader,
    Reading,
    Surgery,
    SurgeryOutcome,
    Taught,
)
from dlviz.concepts.cnn.teaching import teach
from dlviz.data.examples import Examples, Splits
from dlviz.data.load import load
from dlviz.models import cost
from dlviz.models.layers import Dropout
from dlviz.probes import movement, projection, saliency
from dlviz.probes.activations import probabilities, stage_outputs
from dlviz.probes.observation import stages
from dlviz.probes.surgery import accuracy, operate
from dlviz.probes.surgery import importance as filter_importance
from dlviz.probes.window import cell_arithmetic
from dlviz.spec import RunSpec

Networks = Callable[[RunSpec, int | None], tuple[nn.Module, Splits]]
SHAPE, CLASSES = (1, 28, 28), 10
PATIENCE = 2e10  # multiply-adds of one answer; some seconds on one thread
MOST = 2000  # test digits that an accuracy is counted on
COMPARED = 100  # digits that are moved about


# -------------------------------------------------------------------------------- digits, drawings


def digit(spec: RunSpec, split: Literal["train", "validation", "test"], number: int) -> Digit:
    """Return digit `number` of a split of the run's data; numbers begin again behind the last.

    Raises: ValueError where the split holds none.
    """
    examples: Examples = getattr(load(spec.data, spec.seed_of_data), split)
    if not len(examples):
        raise ValueError(f"split: this run has no {split} digits")
    place = number % len(examples)
    return Digit(examples.inputs[place], int(examples.labels[place]), int(examples.indices[place]), len(examples))


def read_drawing(
    networks: Networks,
    image: np.ndarray,
    steps: Mapping[str, bool],
    readers: Sequence[Reader],
    operations: Surgery | None = None,
) -> Reading:
    """Return how a drawing (H, W, 4) uint8 becomes a picture, with these steps on or off, and how each reader reads it.

    The operations are done to the first reader only.
    """
    prepared = drawing.prepare(drawing.ink(image), drawing.Steps(**steps))
    if prepared.picture is None or not prepared.picture.any():
        nothing = np.zeros(SHAPE[1:], np.float32), np.zeros((len(readers), CLASSES), np.float32)
        return Reading(tuple(prepared.stages), *nothing, empty=True)
    answered = read_picture(networks, prepared.picture, readers, operations)
    return Reading(tuple(prepared.stages), prepared.picture, answered, empty=False)


def read_picture(
    networks: Networks, picture: np.ndarray, readers: Sequence[Reader], operations: Surgery | None = None
) -> np.ndarray:
    """Return (readers, K) float32: how probable each reader holds each class for a picture (28, 28).

    The operations are done to the first reader only.
    """
    rows = []
    for _, spec, step in readers:
        network, _ = networks(spec, step)
        rows.append(probabilities(network if rows else _operated(network, operations), picture)[0])
    return np.stack(rows)


# ----------------------------------------------------------------------------------------- inside


def inside(
    networks: Networks, spec: RunSpec, step: int | None, picture: np.ndarray, operations: Surgery | None = None
) -> Inside:
    """Return what every stage of the network makes of a picture (28, 28)."""
    network = _operated(networks(spec, step)[0], operations)
    idle = {name for name, part in stages(network).items() if isinstance(part, nn.Flatten | Dropout)}
    maps = {name: values[0] for name, values in stage_outputs(network, picture).items() if name not in idle}
    return Inside(maps, probabilities(network, picture)[0])


def cell(
    networks: Networks,
    spec: RunSpec,
    step: int | None,
    picture: np.ndarray,
    stage: str,
    channel: int,
    row: int = 0,
    column: int = 0,
    operations: Surgery | None = None,
) -> Cell:
    """Return the arithmetic behind one cell of a stage for a picture (28, 28). Raises: ValueError: no such cell."""
    network = _operated(networks(spec, step)[0], operations)
    found = vars(cell_arithmetic(network, picture, stage, channel, row, column))
    arrays = {name: value for name, value in found.items() if isinstance(value, np.ndarray)}
    return Cell({name: value for name, value in found.items() if name not in arrays}, arrays)


def attributions(
    networks: Networks,
    spec: RunSpec,
    step: int | None,
    picture: np.ndarray,
    target: int | None = None,
    operations: Surgery | None = None,
) -> Attributions:
    """Return where the network looks for class `target` (None: the one it answers) in a picture (28, 28)."""
    network = _operated(networks(spec, step)[0], operations)
    target = int(probabilities(network, picture)[0].argmax()) if target is None else target
    has_maps = any(isinstance(part, nn.Conv2d) for part in stages(network).values())
    places = _multiply_adds(spec) * picture.size
    stride = next(stride for stride in (1, 2, 4) if stride == 4 or places / stride**2 <= PATIENCE)
    return Attributions(
        target,
        saliency.gradient(network, picture, target),
        saliency.occlusion(network, picture, target, stride=stride),
        saliency.grad_cam(network, picture, target) if has_maps else None,
    )


# ---------------------------------------------------------------------------------------- surgery


def surgery(networks: Networks, spec: RunSpec, step: int | None, operations: Surgery) -> SurgeryOutcome:
    """Return the accuracy on validation and test digits before and after the operations."""
    network, splits = networks(spec, step)
    changed = _operated(network, operations)
    most = _affordable(4 * _multiply_adds(spec), MOST)
    return SurgeryOutcome(*(_outcome(network, changed, part, most) for part in (splits.validation, splits.test)))


def _outcome(network: nn.Module, changed: nn.Module, examples: Examples, most: int) -> Outcome | None:
    digits = _spread(examples, most)
    if not len(digits):
        return None
    before, after = (accuracy(one, digits.inputs, digits.labels) for one in (network, changed))
    return Outcome(len(digits), before, after)


def importance(networks: Networks, spec: RunSpec, step: int | None, stage: str | None = None) -> Importance:
    """Return what is lost when each filter of a stage alone is muted, on a few hundred validation digits.

    Left out, the stage is the first convolution, or the first dense layer of a network without any. The
    digits are training digits where the run keeps none for validation.
    Raises: ValueError where the stage has no filters.
    """
    network, splits = networks(spec, step)
    stage = stage or next(name for name, part in stages(network).items() if isinstance(part, nn.Conv2d | nn.Linear))
    filters = len(getattr(stages(network).get(stage), "weight", ()))
    known = splits.validation if len(splits.validation) else splits.train
    digits = _spread(known, _affordable(_multiply_adds(spec) * (filters + 2), 400))
    lost = filter_importance(network, digits.inputs, digits.labels, stage)
    return Importance(stage, lost.accuracy, len(digits), lost.certainty)


# ---------------------------------------------------------------------------------------- teaching


def taught(
    networks: Networks,
    spec: RunSpec,
    step: int | None,
    pictures: Sequence[np.ndarray],
    labels: Sequence[int],
    steps: int,
    others: Sequence[np.ndarray] = (),
) -> Taught:
    """Return what it does to the network to be taught these pictures (28, 28), 0 to 1, in so many steps.

    The probabilities of the answer are of these pictures, then of the `others`, which it is not taught.
    """
    network, splits = networks(spec, step)
    shown = np.stack(pictures).astype(np.float32)
    known = splits.train
    chance = torch.Generator().manual_seed(spec.seed)
    pupil, losses = teach(network, shown, np.array(labels), known.inputs, known.labels, steps, chance)
    judged = _spread(splits.validation if len(splits.validation) else splits.test, MOST)
    scores = (accuracy(one, judged.inputs, judged.labels) for one in (network, pupil))
    asked = np.concatenate([shown, *(np.asarray(one, np.float32)[None] for one in others)])
    return Taught(probabilities(network, asked), probabilities(pupil, asked), losses, *scores, len(judged))


# ------------------------------------------------------------------------------- many digits at once


def atlas(networks: Networks, spec: RunSpec, step: int | None, method: projection.Method = "pca") -> Atlas:
    """Return up to 500 test digits on a plane, placed by the last hidden layer of the network.

    Raises: ValueError where the network has diverged.
    """
    network, splits = networks(spec, step)
    numbers = _evenly(len(splits.test), 500)
    digits = splits.test.at(numbers)
    points, explained = projection.project(projection.hidden_features(network, digits.inputs), method)
    answers = probabilities(network, digits.inputs).argmax(axis=1).astype(np.int32)
    labels = digits.labels.astype(np.int32)
    return Atlas(points, labels, answers, digits.inputs, numbers.astype(np.int32), explained)


def shifted(
    networks: Networks, readers: Sequence[Reader], picture: np.ndarray, offsets: Sequence[tuple[int, int]]
) -> np.ndarray:
    """Return (readers, offsets, K) float32: how each reader reads the picture (28, 28) moved by (right, down) pixels.

    What leaves the picture is gone; what comes in is empty.
    """
    return np.stack([movement.shifted(networks(spec, step)[0], picture, offsets) for _, spec, step in readers])


def moved(networks: Networks, readers: Sequence[Reader], distances: Sequence[int] = tuple(range(9))) -> Moved:
    """Return how sure the readers stay when the same 100 test digits of the first reader are moved further and further.

    A digit stands in the middle 20 × 20 of its 28 × 28, so from 5 pixels on some of it is cut off.
    """
    digits = _spread(networks(*readers[0][1:])[1].test, COMPARED)
    curves = [
        movement.moved_away(networks(spec, step)[0], digits.inputs, digits.labels, distances)
        for _, spec, step in readers
    ]
    confidence, right = (np.stack(rows) for rows in zip(*curves, strict=True))
    return Moved(np.array(distances, np.int32), confidence, right, digits=len(digits))


# ------------------------------------------------------------------------------------------ costs


def layer_costs(spec: RunSpec) -> tuple[LayerCost, ...]:
    """Return what every stage of the run's network costs for one digit, in order."""
    costs = cost.layer_costs(spec.network, SHAPE, CLASSES)
    return tuple(LayerCost(one.name, one.shape, one.parameters, one.multiply_adds, one.flops) for one in costs)


def _multiply_adds(spec: RunSpec) -> int:
    return sum(one.multiply_adds for one in layer_costs(spec))


def _affordable(multiply_adds: int, most: int) -> int:
    """Return how many digits, 20 to `most`, can be afforded where each costs so many multiply-adds."""
    return int(min(max(PATIENCE / multiply_adds, 20), most))


def _spread(examples: Examples, most: int) -> Examples:
    """Return at most so many of the examples, evenly from all of them, the same every time."""
    return examples if len(examples) <= most else examples.at(_evenly(len(examples), most))


def _evenly(count: int, most: int) -> np.ndarray:
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)


def _operated(network: nn.Module, operations: Surgery | None) -> nn.Module:
    """Return the network, or a copy after the operations where there are any."""
    if not operations:
        return network
    edited = {(stage, channel): np.array(kernel) for stage, channel, kernel in operations.edited}
    return operate(network, operations.muted, edited)
