"""The questions of the playground, each a function that a worker process answers by name."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence

import numpy as np
import torch
from torch import nn
from torch.nn.utils import vector_to_parameters

from dlviz.concepts.playground.recording import Bend, Cause, Cloud, LayerSpreads, Match, Spread, Valley
from dlviz.concepts.playground.spec import Directions, Duel
from dlviz.data.examples import Examples, Splits
from dlviz.data.load import load
from dlviz.models.build import build, build_for
from dlviz.models.layers import Own
from dlviz.probes import landscape
from dlviz.probes.diagnosis import diagnose
from dlviz.probes.histograms import counted, looks
from dlviz.probes.slopes import REACH, slopes
from dlviz.probes.units import look
from dlviz.probes.vitals import vitals
from dlviz.recording import Curves, Moment, Recording
from dlviz.spec import Data, Mlp, Plane, RunSpec
from dlviz.training import descent
from dlviz.training.measure_points import Sight
from dlviz.training.seeds import learn_seeds

Networks = Callable[[RunSpec, int | None], tuple[nn.Module, Splits]]
SMALL = 160  # points of a small picture
LEAST = (
    2.0  # how far a landscape reaches at least: where a run has hardly moved, there is ground around it all the same
)
PLACES = 97  # of an activation's picture: eight to a unit
MOST_WORK = 1e9  # of one landscape: places, times weights, times points


def points(data: Data, seed: int) -> Cloud:
    """Return the points that a network learns from and those kept aside, the former first and in their order."""
    splits = load(data, seed)
    parts = (splits.train, splits.validation)
    return Cloud(
        np.concatenate([part.inputs for part in parts]).astype(np.float32),
        np.concatenate([part.labels for part in parts]).astype(np.float32),
        np.repeat(np.array([0, 1], np.uint8), [len(part) for part in parts]),
    )


def pictures(names: Sequence[str], seed: int) -> dict[str, Cloud]:
    """Return a few points of each data set of that name, without noise, for its small picture."""
    return {name: points(Plane(data=name, points=SMALL, noise=0), seed) for name in names}


def seen(networks: Networks, spec: RunSpec, step: int, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Return what a moment of the run would show if its network had these weights (D,) after `step` updates.

    Maps, losses and scores, as in a moment, all of one pass; `weights` are given back.
    Raises: ValueError where the network has another number of weights.
    """
    if len(weights) != spec.parameters:
        raise ValueError(f"weights: the network has {spec.parameters}, not {len(weights)}")
    network = _with(networks, spec, step, weights)
    splits = load(spec.data, spec.seed_of_data)
    parts = {name: tensors_of(getattr(splits, name)) for name in ("train", "validation")}
    return {**Sight(parts, spec.data.about, spec.parameters, "cpu").measured(network), "weights": np.array(weights)}


def _with(networks: Networks, spec: RunSpec, step: int, weights: np.ndarray) -> nn.Module:
    """Return the run's network with these weights; only normalisation remembers more of a moment than weights."""
    network = networks(spec, step)[0] if spec.network.batch_norm else build_for(spec).eval()
    with torch.no_grad():
        vector_to_parameters(torch.tensor(np.asarray(weights, np.float32)), network.parameters())
    return network


def tensors_of(examples: Examples) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the points (N, 2) and labels (N,) of examples as tensors."""
    return torch.tensor(examples.inputs), torch.tensor(examples.labels)


def valley(
    networks: Networks,
    spec: RunSpec,
    step: int,
    weights: np.ndarray,
    path: np.ndarray,
    directions: Directions,
    pair: tuple[int, int] = (0, 1),
    side: int | None = None,
) -> Valley:
    """Return the training loss around the weights (D,) that the run has after `step` updates, and its path there.

    path: (R, D) recorded weights, in their order. directions: the two in which the run moved most, the two weights
    whose places are `pair`, or two random ones in which each unit's weights move by their own length. `side`
    places a side, by default as many as are soon computed.
    Raises: ValueError where there is no such pair of weights, or the run has diverged.
    Source: Li, Xu, Taylor, Studer, Goldstein 2018, Visualizing the Loss Landscape of Neural Nets.
    """
    network = _with(networks, spec, step, weights)
    known = load(spec.data, spec.seed_of_data).train
    plane = _cut(network, spec.seed, path, directions, pair)
    way = landscape.on_plane(plane, path)
    room = landscape.reach(way.points, side or _side(spec.parameters * len(known)), least=LEAST)
    loss = landscape.loss_about(spec.data.about)
    found = landscape.loss_surface(network, known.inputs, known.labels, plane, *room, loss)
    about = (plane.origin, plane.directions, landscape.measures(plane))
    return Valley(found.heights, found.across, found.along, found.here, way.points, way.explained, *about)


def _cut(
    network: nn.Module, seed: int, path: np.ndarray, directions: Directions, pair: tuple[int, int]
) -> landscape.WeightPlane:
    if directions == "weights":
        return landscape.over_two_weights(network, *pair)
    if directions == "chance":
        return landscape.over_random_directions(network, seed)
    return landscape.over_path(network, path)[0]


def _side(work: int) -> int:
    """Return how many places a side are looked at, from the work of one: an odd number, fewer for large networks."""
    return min(61, max(15, int((MOST_WORK / work) ** 0.5))) | 1


def bend(own: str) -> Bend:
    """Return a typed activation and its slope, by autograd, from -6 to 6. Raises: FormulaError."""
    x, f = torch.linspace(-REACH, REACH, PLACES), Own(own)
    return Bend(x.numpy(), f(x).detach().numpy().copy(), slopes(f, x).numpy())


def findings(
    networks: Networks, spec: RunSpec, step: int, rows: Mapping[str, np.ndarray], diverged_at: int | None
) -> tuple[Cause, ...]:
    """Return what keeps the run from learning, as of `step`, the most serious first; nothing where all is well.

    rows: what was recorded up to then, (R,) each: step, epoch, train_loss, validation_loss (NaN where it was not
    measured), and weights (R, D).
    """
    names = [name for name in rows if name not in ("step", "epoch")]
    moments = tuple(
        Moment(int(at), float(epoch), {name: rows[name][i] for name in names if not np.isnan(rows[name][i]).any()})
        for i, (at, epoch) in enumerate(zip(rows["step"], rows["epoch"], strict=True))
    )
    broken = diverged_at is not None and diverged_at <= step
    seen = None
    if not broken:
        network, known = _with(networks, spec, step, rows["weights"][-1]), load(spec.data, spec.seed_of_data).train
        seen = look(network, known.inputs, known.labels, landscape.loss_about(spec.data.about))
    found = diagnose(Recording(spec, moments, diverged_at), step, seen)
    return tuple(Cause(one.name, one.step, dict(one.numbers), dict(one.knobs), one.weights) for one in found)


def many_seeds(
    spec: RunSpec, count: int, epochs: int, state: bytes | None = None
) -> Generator[None, None, tuple[Curves, bytes]]:
    """Return how the runs of the seeds 0 to `count` - 1 do in the next epochs, and the state from which they go on.

    A seed decides the points, the first weights and the order. Yields after every update.
    Raises: ValueError as `train_seeds` does.
    """
    return (yield from learn_seeds(spec, range(count), epochs, state, new_data=True))


def duel(given: Duel) -> Match:
    """Return how the duel stands: all of the optimizer's moves, and those made by hand so far, from the same start."""
    level = given.level
    network = build(Mlp(hidden=level.hidden, activation="tanh"), (2,), 1, given.duel_seed).double()
    points, labels = (part.double() for part in tensors_of(load(level.data, given.duel_seed).train))
    own = [descent.weights_of(network)]
    for place, value in given.moves:
        own.append(own[-1].copy())
        own[-1][place] = value
    weights = descent.descend(network, points, labels, given.duel_rate, level.moves)
    stand = [descent.standing(network, points, labels, rows) for rows in (weights, np.stack(own))]
    slope = descent.downhill(network, points, labels, own[-1])
    return Match(points.numpy(), labels.numpy(), weights, *stand[0], np.stack(own), *stand[1], slope)


def spreads(spec: RunSpec, rows: np.ndarray) -> tuple[LayerSpreads, ...]:
    """Return how the numbers of every layer were spread when the run had these weights, rows (R, D), on its points.

    All training points count; a normalisation takes them as one batch, and drops nothing out.
    Raises: ValueError where the network has another number of weights.
    """
    network, known = build_for(spec).eval(), load(spec.data, spec.seed_of_data).train
    for stage in network.children():
        if isinstance(stage, nn.BatchNorm1d):  # recorded weights hold no running means
            stage.running_mean = stage.running_var = None
    seen = looks(network, known.inputs, known.labels, landscape.loss_about(spec.data.about), rows)
    found = counted(seen, compare=True)
    hidden = [spec.network.activation_of(layer) for layer in range(len(spec.network.hidden))]
    return tuple(
        LayerSpreads(
            *(Spread(*histogram) for histogram in found[name]),
            *vitals([one[name] for one in seen], activation),
            units=len(seen[0][name].weights),
            activation=activation,
        )
        for name, activation in zip(found, [*hidden, "identity"], strict=True)
    )
