"""What the page about multilayer perceptrons asks of the engine: examples, scores, insides, and runs from many seeds.

Asked for by name; the page that asks does not import this.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from dlviz.concepts.mlp.recording import (
    PARTS,
    Baseline,
    Columns,
    Foretold,
    Inside,
    Journey,
    Line,
    Outcome,
    Score,
    Targets,
    Truths,
)
from dlviz.data.auto_mpg import car_names
from dlviz.data.examples import Examples, Splits
from dlviz.data.load import load
from dlviz.data.table import noted, standardised
from dlviz.models.build import build_for, set_weights
from dlviz.models.layers import BatchNorm, Dropout
from dlviz.probes.projection import principal
from dlviz.recording import Moment
from dlviz.spec import Data, Digits, RunSpec, Table
from dlviz.training import criterion
from dlviz.training.finals import Final, are_alike, learn_alike
from dlviz.training.measure import quality
from dlviz.training.run import Run
from dlviz.training.step import as_inputs

Networks = Callable[[RunSpec, int | None], tuple[nn.Module, Splits]]
PENALTIES = tuple(10.0**power for power in range(-4, 5))
MAPPED = 400  # test digits on the map of a layer
STATIONS = 16  # moments at which that map is drawn


# ------------------------------------------------------------------------------------- examples


def targets(data: Data, seed: int) -> Targets:
    """Return the points of a curve that a network learns from, and those that are kept aside."""
    splits = load(data, seed)
    return Targets(*(np.column_stack([one.inputs[:, 0], one.labels]) for one in (splits.train, splits.validation)))


def truths(data: Table, seed: int) -> Truths:
    """Return what is true of a table's rows, in the table's own unit, and what cars are called."""
    splits = load(data, seed)
    mean, deviation = splits.unit
    rows = [getattr(splits, part) for part in PARTS]
    called = car_names() if data.data == "auto-mpg" else ()
    places = {part: one.indices if called else () for part, one in zip(PARTS, rows, strict=True)}
    names = {part: tuple(called[place] for place in places[part]) for part in PARTS}
    return Truths(*((mean + deviation * one.labels).astype(np.float32) for one in rows), names, mean, deviation)


def columns(data: Table, seed: int) -> Columns:
    """Return what the columns that go in hold, and a row to begin with."""
    splits, values = load(data, seed), noted(data)
    usual = (splits.validation if len(splits.validation) else splits.train).indices[0]
    return Columns(values.min(axis=0), values.max(axis=0), values[usual])


def foretold(networks: Networks, spec: RunSpec, step: int, row: Sequence[float]) -> Foretold:
    """Return what a run's network says of a row (F,) in the table's own units, and what each column does to it."""
    network, splits = networks(spec, step)
    known = noted(spec.data)[splits.train.indices]
    rows = np.tile(np.array(row, np.float64), (1 + len(row), 1))  # (1 + F, F): as it is, and each column at its mean
    np.fill_diagonal(rows[1:], known.mean(axis=0))
    read = standardised(rows, known) if spec.data.scaling else rows
    answers = network.eval()(torch.tensor(read, dtype=torch.float32)).detach()[:, 0].double().numpy()
    mean, deviation = splits.unit
    return Foretold(float(mean + deviation * answers[0]), deviation * (answers[0] - answers[1:]))


# --------------------------------------------------------------------------------------- scores


def judged(networks: Networks, spec: RunSpec, step: int) -> dict[str, Score]:
    """Return the scores of a run's network after `step` updates, on each part that has examples."""
    network, splits = networks(spec, step)
    return _scores(network, splits, spec)


@torch.no_grad()
def _scores(network: nn.Module, splits: Splits, spec: RunSpec) -> dict[str, Score]:
    network.eval()
    parts = {part: getattr(splits, part) for part in PARTS}
    return {part: _score(network, rows, splits, spec) for part, rows in parts.items() if len(rows)}


def _score(network: nn.Module, rows: Examples, splits: Splits, spec: RunSpec) -> Score:
    answers, truth = network(_inputs(rows.inputs)), torch.tensor(rows.labels)
    if isinstance(spec.data, Digits):
        found = quality("part", answers, truth)
        return Score(float(found["part_accuracy"]), 0.0, float(found["part_loss"]))
    found = criterion.quality("part", answers, truth, spec.data.about, spec.knobs)
    error = float(found["part_error"]) * splits.unit[1]
    return Score(float(found["part_r2"]), error, float(found["part_loss"]))


def _inputs(values: np.ndarray) -> Tensor:
    """Return examples as the network takes them: pictures (N, 1, 28, 28) from 0 to 1, rows as they are."""
    return as_inputs(torch.tensor(values)) if values.ndim > 2 else torch.tensor(values)


def outcome(spec: RunSpec) -> Generator[None, None, Outcome]:
    """Yield between small pieces of work, and return what came of a run from its first weights to its end."""
    run, least, best, last = Run(spec), np.inf, None, None
    for moment in run.work():
        if moment is not None and (last is None or moment.step > last.step):
            last = moment
            loss = float(moment.arrays.get("validation_loss", -moment.epoch))
            if loss < least:
                least, best = loss, (moment, run.weights())
        yield
    parameters = sum(values.numel() for values in run.network.parameters())
    ended = _scores(run.network, run.splits, spec) if run.diverged_at is None else {}
    moment, weights = best
    set_weights(run.network, weights)
    return Outcome(parameters, moment.epoch, _scores(run.network, run.splits, spec), ended)


def outcomes(specs: Sequence[RunSpec]) -> Generator[None, None, tuple[Outcome, ...]]:
    """Yield between small pieces of work, and return what came of each of the runs.

    Where they differ in nothing but the seed they learn side by side, and what comes of each is what `outcome` finds
    up to float32 rounding; others learn one after the other.
    """
    if not are_alike(specs):
        found = []
        for spec in specs:
            found.append((yield from outcome(spec)))
        return tuple(found)
    finals = yield from learn_alike(specs)
    return tuple(_outcome(*pair) for pair in zip(specs, finals, strict=True))


def _outcome(spec: RunSpec, final: Final) -> Outcome:
    network, splits = build_for(spec), load(spec.data, spec.seed_of_data)
    parameters = sum(values.numel() for values in network.parameters())
    found = []
    for weights in (final.best, final.last):
        if weights is not None:
            set_weights(network, weights)
        found.append({} if weights is None else _scores(network, splits, spec))
    return Outcome(parameters, final.best_epoch, *found)


def ridge(data: Table, seed: int) -> Baseline:
    """Return how ridge regression does on the same rows: the penalty with the best R² on the validation rows counts.

    The weights are those that make Σ(Xw - y)² + penalty · Σw² least, with the mean taken away from X and y first.
    Source: Hoerl and Kennard, "Ridge regression", Technometrics 12, 1970.
    """
    splits = load(data, seed)
    found = [(penalty, _ridge_scores(splits, penalty)) for penalty in PENALTIES]
    return Baseline(*max(found, key=lambda one: one[1]["validation"].score))


def _ridge_scores(splits: Splits, penalty: float) -> dict[str, Score]:
    inputs, truth = splits.train.inputs.astype(np.float64), splits.train.labels.astype(np.float64)
    centre, middle = inputs.mean(axis=0), truth.mean()
    apart = inputs - centre
    weights = np.linalg.solve(apart.T @ apart + penalty * np.eye(apart.shape[1]), apart.T @ (truth - middle))
    scores = {}
    for part in PARTS:
        rows: Examples = getattr(splits, part)
        off = (rows.inputs - centre) @ weights + middle - rows.labels
        square = float(np.square(off).mean())
        scores[part] = Score(1 - square / float(rows.labels.var()), float(np.abs(off).mean()) * splits.unit[1], square)
    return scores


# --------------------------------------------------------------------------------------- inside


def inside(networks: Networks, spec: RunSpec, step: int, number: int) -> Inside:
    """Return what every hidden layer makes of one test digit; numbers begin again behind the last."""
    network, splits = networks(spec, step)
    place = number % len(splits.test)
    picture = splits.test.inputs[place]
    layers, scores = _hidden(network, _inputs(picture[None]))
    probabilities = scores.softmax(1)[0].numpy()
    return Inside(picture, int(splits.test.labels[place]), tuple(one[0].numpy() for one in layers), probabilities)


@torch.no_grad()
def _hidden(network: nn.Module, inputs: Tensor) -> tuple[list[Tensor], Tensor]:
    """Return each hidden layer's outputs (N, H), and the scores (N, K), of a network that does not learn."""
    network.eval()
    layers, values = [], inputs
    for stage in network:
        if isinstance(stage, nn.Linear):
            layers.append(values.flatten(1))
        values = stage(values)
    return layers[1:], values


def lines(networks: Networks, spec: RunSpec, step: int) -> tuple[Line, ...]:
    """Return the first unit of every layer at work on the first training example."""
    network, splits = networks(spec, step)
    return tuple(_lines(network.eval(), _inputs(splits.train.inputs[:1])))


@torch.no_grad()
def _lines(network: nn.Module, values: Tensor) -> Iterator[Line]:
    opened = None
    for stage in network:
        if isinstance(stage, nn.Linear):
            if opened:
                yield Line(*opened, float(values[0, 0]))
            total = stage(values)
            opened = (stage.in_features, stage.out_features, float(total[0, 0]))
            values = total
        elif not isinstance(stage, Dropout):
            values = stage(values)
            if isinstance(stage, BatchNorm):
                opened = (*opened[:2], float(values[0, 0]))
    yield Line(*opened, float(values[0, 0]))


def journey(spec: RunSpec, layer: int) -> Generator[None, None, Journey]:
    """Yield between pieces of work, and return where test digits lie on the plane of a hidden layer as it learns.

    The plane is that of the two largest principal components at each moment. Which way it lies says nothing, so each
    is turned (and mirrored) to the place where its points are nearest to those of the moment after it.
    Raises: ValueError where the network has no such layer, or has diverged.
    """
    if not 1 <= layer <= len(spec.network.hidden):
        raise ValueError(f"layer: there are hidden layers 1 to {len(spec.network.hidden)}, got {layer}")
    run, found = Run(spec), []
    test = run.splits.test.at(np.linspace(0, len(run.splits.test) - 1, min(MAPPED, len(run.splits.test))).astype(int))
    inputs = _inputs(test.inputs)
    for moment in run.work():
        if moment is not None and run.diverged_at is None and _is_station(moment, spec.epochs, found):
            found.append((moment, *_seen(run.network, inputs, layer)))
        yield
    moments, points, explained, answers = zip(*found, strict=True)
    steps, epochs = (np.array([getattr(moment, name) for moment in moments]) for name in ("step", "epoch"))
    return Journey(
        *(steps, epochs, turned(np.stack(points)), np.array(explained, np.float32)),
        *(test.labels.astype(np.int32), np.stack(answers).astype(np.int32), test.inputs),
    )


def _is_station(moment: Moment, epochs: int, found: list) -> bool:
    """Whether the map is drawn at a moment: densely at first, where most happens, and at the very end."""
    done = moment.epoch / epochs
    return done >= 1 or done >= (len(found) / (STATIONS - 1)) ** 2


def _seen(network: nn.Module, inputs: Tensor, layer: int) -> tuple[np.ndarray, float, np.ndarray]:
    layers, scores = _hidden(network, inputs)
    points, explained = principal(layers[layer - 1].double())
    return points.numpy().astype(np.float32), float(explained.sum()), scores.argmax(1).numpy()


def turned(points: np.ndarray) -> np.ndarray:
    """Return clouds (R, N, 2), each turned and mirrored about zero so that it lies nearest to the one after it.

    Source: Schönemann, "A generalized solution of the orthogonal Procrustes problem", Psychometrika 31, 1966.
    """
    found = [points[-1]]
    for cloud in points[-2::-1]:
        left, _, right = np.linalg.svd(cloud.T @ found[-1])
        found.append((cloud @ (left @ right)).astype(np.float32))
    return np.stack(found[::-1])
