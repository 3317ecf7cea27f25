"""The questions of the page on activation functions, each a function that a worker process answers by name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import vector_to_parameters

from dlviz.concepts.activations.recording import Curves, Facts, LayerSums, Softmax, Stretch
from dlviz.concepts.activations.spec import FAMILIES, POINTS, Function, Parameters, settings
from dlviz.data.load import load
from dlviz.formula import read_formula
from dlviz.models.activations import Bend, activation, typed, value_and_slope
from dlviz.models.build import build_for
from dlviz.probes.observation import examples_batch, watch
from dlviz.spec import RunSpec

SMALL, SMALL_REACH = 65, 4.0  # and a small picture of one
NEAR, GAP, FAR = 20.0, 0.005, 1e6  # facts are measured finely up to NEAR, and in ever wider steps up to FAR
DEAD_WITHIN = 6.5  # a slope of 0 that begins only beyond is rounding: tanh has none but in 64 bits
HALVINGS = 34  # from GAP down to 3e-13: what still leaps there, leaps
APPROACH = 2.0 ** -torch.arange(31) * GAP  # how one comes ever closer to a place where something may have no end
LEAPS = 200  # places that are looked at so closely
FEWEST_STRETCHES = 12  # flat stretches that are told of: those nearest to zero
BINS, WIDEST, NARROWEST = 60, 50.0, 3.0


def function(name: Function, parameters: Parameters, formula: str) -> Bend:
    """Return the function of this name; "own" is the one that the formula says. Raises: FormulaError."""
    return typed(read_formula(formula)) if name == "own" else activation(name, **settings(name, parameters))


# ------------------------------------------------------------------------------------- the curves


def curves(
    functions: Sequence[Function], parameters: Parameters, formula: str, reach: float, flat_below: float
) -> Curves:
    """Return f and f′ of these functions at POINTS places from -reach to reach, and what was measured of each.

    Raises: FormulaError where "own" is among them and the formula cannot be read.
    """
    x = torch.linspace(-1, 1, POINTS, dtype=torch.float64) * reach
    x[POINTS // 2] = 0
    bends = [function(name, parameters, formula) for name in functions]
    drawn = [value_and_slope(bend, x) for bend in bends]
    values, slopes = (_finite(torch.stack(rows)) for rows in zip(*drawn, strict=True))
    return Curves(x.numpy(), values, slopes, tuple(facts(bend, flat_below) for bend in bends))


def gallery(parameters: Parameters, formula: str) -> dict[Function, np.ndarray]:
    """Return a small curve (SMALL,) float32 of every function, x from -SMALL_REACH to SMALL_REACH, NaN where undefined.

    "own" is left out where the formula cannot be read.
    """
    x = torch.linspace(-SMALL_REACH, SMALL_REACH, SMALL, dtype=torch.float64)
    found: dict[Function, np.ndarray] = {}
    for name in (name for family in FAMILIES.values() for name in family):
        try:
            bend = function(name, parameters, formula)
        except ValueError:
            continue
        with torch.no_grad():
            found[name] = _finite(bend(x)).astype(np.float32)
    return found


def _finite(values: Tensor) -> np.ndarray:
    found = values.detach().numpy().copy()
    found[~np.isfinite(found)] = np.nan
    return found


# -------------------------------------------------------------------------------------- the facts


def facts(bend: Bend, flat_below: float) -> Facts:
    """Return what is true of a function, measured at many x from -FAR to FAR."""
    near = torch.arange(-round(NEAR / GAP), round(NEAR / GAP) + 1, dtype=torch.float64) * GAP
    far = torch.logspace(math.log10(NEAR), math.log10(FAR), 400, dtype=torch.float64)[1:]
    x = torch.cat([-far.flip(0), near, far])
    values, slopes = (part.numpy() for part in value_and_slope(bend, x))
    places, inner = x.numpy(), slice(len(far), len(far) + len(near))
    known = np.isfinite(slopes) & np.isfinite(values)
    steepness = np.where(known, np.abs(slopes), np.inf)
    steepest = len(far) + int(np.where(known, steepness, -1)[inner].argmax())
    leaps = _leaps(bend, near, 0)
    jumps = _named(leaps)
    edges = [*leaps, *near[_borders(known[inner])][:LEAPS].tolist()]
    falls, climbs = _endless(bend, edges, 0)
    low, high = _range(bend, places, values)
    steep = abs(float(slopes[steepest])) if known[inner].any() else math.nan
    return Facts(
        -math.inf if falls else low,
        math.inf if climbs else high,
        float(bend(torch.zeros(1, dtype=torch.float64)).detach()),
        math.inf if any(_endless(bend, edges, 1)) else steep,
        float(places[steepest]),
        _on_average(near.numpy(), values[inner]),
        _on_average(near.numpy(), slopes[inner], power=2),
        rises=_rises(values),
        kinks=tuple(place for place in _named(_leaps(bend, near, 1)) if place not in jumps),
        jumps=jumps,
        flat=tuple(_stretches(bend, places, steepness, flat_below)),
        undefined=not known[inner].all(),
    )


def _range(bend: Bend, x: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Return the smallest and the largest value, infinite where the function still moves at the end of x."""
    half = bend(torch.tensor([-FAR / 2, FAR / 2], dtype=torch.float64)).detach().numpy()
    ends = [sign for sign, there, before in zip((-1, 1), values[[0, -1]], half, strict=True) if _goes_on(there, before)]
    finite = values[~np.isnan(values)]
    found = []
    for extreme in (finite.min(initial=math.inf), finite.max(initial=-math.inf)):
        at = [sign for sign in ends if values[0 if sign < 0 else -1] == extreme]
        found.append(math.copysign(math.inf, extreme) if at else float(extreme))
    return found[0], found[1]


def _endless(bend: Bend, edges: Sequence[float], order: int) -> tuple[bool, bool]:
    """Return whether f (order 0) or f′ (1) falls without end close to one of these places, and whether it climbs so.

    It does where it only ever grows on the way there, and on the second half of the halvings as much as on the first.
    """
    around = torch.cat([-APPROACH, APPROACH]).double() + torch.tensor(edges, dtype=torch.float64).reshape(-1, 1)
    found = value_and_slope(bend, around.reshape(-1))[order].detach().reshape(-1, len(APPROACH))
    size, half = found.abs(), len(APPROACH) // 2
    grows = (size.diff(dim=1) > 0).all(dim=1) & size.isfinite().all(dim=1)
    grows &= size[:, -1] - size[:, half] > 0.5 * (size[:, half] - size[:, 0])
    return bool((grows & (found[:, -1] < 0)).any()), bool((grows & (found[:, -1] > 0)).any())


def _goes_on(end: float, before: float) -> bool:
    return not math.isnan(end) and (math.isinf(end) or abs(end - before) > 1e-3 * max(1.0, abs(before)))


def _rises(values: np.ndarray) -> bool:
    finite = values[np.isfinite(values)]
    return bool((np.diff(finite) >= -1e-9 * np.maximum(1, np.abs(finite[1:]))).all())


def _on_average(x: np.ndarray, values: np.ndarray, power: int = 1) -> float:
    """Return the mean of values at x, raised to a power, for x from a standard normal distribution."""
    weights = np.exp(-0.5 * x**2)
    with np.errstate(all="ignore"):  # what overflows has no mean
        return float((weights * values**power).sum() / weights.sum())


def _borders(known: np.ndarray) -> np.ndarray:
    """Return the places without a number that have a neighbour with one."""
    beside = np.zeros(len(known), bool)
    beside[1:] |= known[:-1]
    beside[:-1] |= known[1:]
    return np.flatnonzero(~known & beside)


def _named(places: Sequence[float]) -> tuple[float, ...]:
    """Return places as they are told: to six digits, each once, in order."""
    return tuple(sorted({round(place, 6) + 0.0 for place in places}))


def _leaps(bend: Bend, x: Tensor, order: int) -> list[float]:
    """Return where f (order 0) or f′ (1) leaps: where the difference stays however often the gap is halved."""

    def at(places: Tensor) -> Tensor:
        return value_and_slope(bend, places)[order]

    apart = at(x).diff().abs().nan_to_num(0, 0, 0)
    chosen = apart.topk(LEAPS).indices
    chosen = chosen[apart[chosen] > 2 * GAP]
    low, high, first = x[chosen], x[chosen + 1], apart[chosen]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        left = (at(middle) - at(low)).abs() >= (at(high) - at(middle)).abs()
        low, high = torch.where(left, low, middle), torch.where(left, middle, high)
    still = (at(high) - at(low)).abs() > 0.25 * first
    return high[still].tolist()


def _stretches(bend: Bend, x: np.ndarray, steepness: np.ndarray, limit: float) -> Iterator[Stretch]:
    """Yield where a function is dead, and where else it is flat, in order; of very many those nearest to zero."""
    dead = [(a, b) for a, b in _runs(steepness == 0) if b > a and x[b] >= -DEAD_WITHIN and x[a] <= DEAD_WITHIN]
    inside = np.zeros(len(x), bool)
    for a, b in dead:
        inside[a : b + 1] = True
    flat = [(a, b, False) for a, b in _runs((steepness < limit) & ~inside) if b > a]
    rows = sorted(flat + [(a, b, True) for a, b in dead], key=lambda row: min(abs(x[row[0]]), abs(x[row[1]])))
    for a, b, is_dead in sorted(rows[:FEWEST_STRETCHES]):
        low = -math.inf if a == 0 else _edge(bend, x[a], x[a - 1], 0 if is_dead else limit)
        high = math.inf if b == len(x) - 1 else _edge(bend, x[b], x[b + 1], 0 if is_dead else limit)
        yield Stretch(low, high, is_dead)


def _edge(bend: Bend, flat: float, steep: float, limit: float) -> float:
    """Return the border between a place where |f′| is at most `limit` and one where it is above, to nine digits."""
    for _ in range(30):
        middle = (flat + steep) / 2
        slope = abs(float(value_and_slope(bend, torch.tensor([middle], dtype=torch.float64))[1]))
        flat, steep = (middle, steep) if slope <= limit else (flat, middle)
    return float(round(flat, 9)) + 0.0


def _runs(mask: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of each unbroken row of truths."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    yield from ((int(a), int(b) - 1) for a, b in zip(turns[::2], turns[1::2], strict=True))


# ---------------------------------------------------------------------------------------- softmax


def softmax(logits: Sequence[float], temperature: float, added: float) -> Softmax:
    """Return softmax((z + added) / temperature) of the logits z, its Jacobian with respect to z, and how both check.

    Source: Bridle 1990; the temperature as in Hinton, Vinyals, Dean 2015, equation 1.
    """
    plain = torch.tensor(logits, dtype=torch.float64)
    moved = plain + added

    def probable(scores: Tensor) -> Tensor:
        return torch.softmax(scores / temperature, dim=0)

    chances = probable(moved)
    jacobian = torch.autograd.functional.jacobian(probable, moved)
    closed = (torch.diag(chances) - torch.outer(chances, chances)) / temperature
    powers = (moved.float() / temperature).exp()
    return Softmax(
        chances.numpy(),
        jacobian.numpy(),
        float(-torch.special.xlogy(chances, chances).sum() / math.log(2)) + 0.0,
        float((jacobian - closed).abs().max()),
        float((chances - probable(plain)).abs().max()),
        (powers / powers.sum()).numpy(),
    )


# ----------------------------------------------------------------------------------- your network


def sums(spec: RunSpec, rows: np.ndarray, flat_below: float) -> tuple[LayerSums, ...]:
    """Return what went into the activation of each hidden layer when the run had these weights, rows (R, D).

    All training points count; a normalisation takes them as one batch, and nothing is dropped out.
    Raises: ValueError where the network has another number of weights.
    """
    if rows.ndim != 2 or rows.shape[1] != spec.parameters:
        raise ValueError(f"weights: rows of {spec.parameters} are needed, got the shape {rows.shape}")
    network, known = build_for(spec).eval(), load(spec.data, spec.seed_of_data).train
    for stage in network.children():
        if isinstance(stage, nn.BatchNorm1d):  # recorded weights hold no running means
            stage.running_mean = stage.running_var = None
    points = examples_batch(network, known.inputs)
    entered = [_entered(network, row, points) for row in rows]
    return tuple(
        _layer(
            network.get_submodule(name), spec.network.activation_of(place), [one[name] for one in entered], flat_below
        )
        for place, name in enumerate(entered[0])
    )


def _entered(network: nn.Module, row: np.ndarray, points: Tensor) -> dict[str, Tensor]:
    """Return the sums (N, H) that go into each activation with these weights (D,)."""
    with torch.no_grad():
        vector_to_parameters(torch.tensor(np.asarray(row, np.float32)), network.parameters())
        return {name: one.entered for name, one in watch(network, points).items() if name.startswith("activation")}


def _layer(bend: nn.Module, name: str, entered: Sequence[Tensor], flat_below: float) -> LayerSums:
    slopes = [value_and_slope(bend, row)[1].abs().numpy() for row in entered]
    numbers = [row.numpy().astype(np.float64) for row in entered]
    most = float(np.quantile(np.abs(np.concatenate([row.ravel() for row in numbers])), 0.998))
    reach = float(np.clip(math.ceil(most) if math.isfinite(most) else WIDEST, NARROWEST, WIDEST))
    edges = np.linspace(-reach, reach, BINS + 1)
    x = torch.linspace(-reach, reach, 241)
    return LayerSums(
        name,
        numbers[0].shape[1],
        -reach,
        reach,
        np.stack([np.histogram(np.clip(row, -reach, reach), edges)[0] for row in numbers]).astype(np.int32),
        x.numpy(),
        *(part.numpy() for part in value_and_slope(bend, x)),
        dead=np.array([(one == 0).all(axis=0).sum() for one in slopes]),
        flat=np.array([(one < flat_below).mean() for one in slopes]),
        silent=np.array([(one == 0).mean() for one in slopes]),
        slope=np.array([one.mean() for one in slopes]),
    )
