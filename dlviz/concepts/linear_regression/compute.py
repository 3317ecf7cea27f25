"""Linear regression without learning: the closed form, scikit-learn, the bowl of the loss, and what penalties do.

A design matrix A (N, D) holds the inputs, their powers, and a column of ones for the bias, which comes last. All of it
is float64, so that a run in float32 has something firm to be compared with.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from sklearn.linear_model import ElasticNet, LinearRegression, QuantileRegressor, Ridge, lasso_path

from dlviz.concepts.linear_regression.recording import Bowl, Degrees, Faults, Path, Sample, Seeds, Solution
from dlviz.data.auto_mpg import car_names
from dlviz.data.examples import Examples, Splits
from dlviz.data.load import load
from dlviz.data.table import noted
from dlviz.recording import read_only
from dlviz.spec import Data, Fault, Knobs, Linear, RunSpec, Table
from dlviz.training.run import Run

GRID = 81  # places of a bowl along each side
ROUNDS = 500  # of reweighting, until nothing moves any more
NEAR = 1e-9  # a miss below this counts as this: an absolute fault has a corner at nothing
STRENGTHS = np.logspace(-4, 1, 51)
HIGHEST = 15
TRIED = 5  # degrees of which the validation points choose one
FAULTS: tuple[Fault, ...] = ("squared", "huber", "absolute")
STEPS = 60
PARTS = ("validation", "test")
LAST = 10_000_000  # later than any step


# ------------------------------------------------------------------------------------- the points


def sample(data: Data, seed: int) -> Sample:
    """Return the points of a run, in the units in which they were noted."""
    splits = load(data, seed)
    parts = (splits.train, splits.validation, splits.test)
    middle, spread = _scale(data, splits)
    inputs = np.concatenate([part.inputs for part in parts]).astype(np.float64)
    labels = np.concatenate([part.labels for part in parts]).astype(np.float64)
    split = np.repeat(np.arange(3, dtype=np.uint8), [len(part) for part in parts])
    x, y = inputs * spread + middle, labels * splits.unit[1] + splits.unit[0]
    return Sample(*map(read_only, (x, y, split, middle, spread)), splits.unit)


def _scale(data: Data, splits: Splits) -> tuple[np.ndarray, np.ndarray]:
    """Return middle and spread (F,) of the training rows where columns are brought to one size, else 0 and 1."""
    width = splits.train.inputs.shape[1]
    if not isinstance(data, Table) or not data.scaling:
        return np.zeros(width), np.ones(width)
    known = noted(data)[splits.train.indices]
    return known.mean(axis=0), known.std(axis=0)


def names(data: Table, seed: int) -> tuple[str, ...]:
    """Return what each validation row is called: the car, or the number of the row in its table."""
    rows = load(data, seed).validation.indices
    return tuple(car_names()[row] if data.data == "auto-mpg" else f"#{row + 1}" for row in rows)


def design(inputs: np.ndarray, degree: int) -> np.ndarray:
    """Return the design matrix (N, F·degree + 1) of inputs (N, F): all first powers, all squares, …, and ones."""
    inputs = inputs.astype(np.float64)
    return np.hstack([*(inputs**power for power in range(1, degree + 1)), np.ones((len(inputs), 1))])


def _parts(data: Data, seed: int, degree: int) -> tuple[Splits, np.ndarray, np.ndarray]:
    splits = load(data, seed)
    return splits, design(splits.train.inputs, degree), splits.train.labels.astype(np.float64)


# --------------------------------------------------------------------------------------- the best


def closed_form(a: np.ndarray, y: np.ndarray, l2: float = 0.0) -> np.ndarray:
    """Return the weights (D,) at which the mean squared error of A w, plus l2 · ½ Σw² without the bias, is lowest.

    They solve the normal equations (AᵀA + N·l2/2 · I) w = Aᵀy; where many do, they are the shortest. The equations are
    solved as a least-squares problem, which loses half as many digits as AᵀA would.
    """
    penalty = np.sqrt(len(y) * l2 / 2) * np.eye(a.shape[1])[:-1]  # the bias, in the last column, goes free
    return np.linalg.lstsq(np.vstack([a, penalty]), np.concatenate([y, np.zeros(len(penalty))]), rcond=None)[0]


def reweighted(a: np.ndarray, y: np.ndarray, knobs: Knobs) -> np.ndarray:
    """Return the weights (D,) at which the mean Huber or absolute fault is lowest, plus the penalty of `l2`.

    Each round solves a squared problem in which every point counts as much as its fault pulls, divided by its miss.
    Source: Holland, Welsch 1977, Robust regression using iteratively reweighted least squares.
    """
    found = closed_form(a, y, knobs.l2)
    reach = knobs.huber_delta if knobs.fault == "huber" else NEAR
    for _ in range(ROUNDS):
        size = np.maximum(np.abs(a @ found - y), NEAR)
        pull = np.minimum(1.0, reach / size) if knobs.fault == "huber" else 1 / size
        root = np.sqrt(pull / 2)[:, None]  # so that the slope of a square is the pull
        after = closed_form(root * a, root[:, 0] * y, knobs.l2)
        if np.allclose(after, found, rtol=1e-12, atol=1e-12):
            break
        found = after
    return found


def by_library(a: np.ndarray, y: np.ndarray, knobs: Knobs) -> np.ndarray | None:
    """Return scikit-learn's weights (D,) for the same loss and penalties, None where it has no such model.

    Its losses count half a square, or half a size: penalties are halved with them.
    """
    model = _model(len(y), knobs)
    if model is None:
        return None
    model.fit(a[:, :-1], y)
    return np.append(model.coef_, model.intercept_)


def _model(count: int, knobs: Knobs):
    if knobs.fault == "absolute" and knobs.l2 == 0:
        return QuantileRegressor(quantile=0.5, alpha=knobs.l1 / 2)
    if knobs.fault != "squared":
        return None  # HuberRegressor learns a scale of its own, which is another loss
    if knobs.l1 > 0:
        both = knobs.l1 + knobs.l2
        return ElasticNet(alpha=both / 2, l1_ratio=knobs.l1 / both, max_iter=200_000, tol=1e-6)
    return Ridge(alpha=count * knobs.l2 / 2, solver="svd") if knobs.l2 else LinearRegression()


def exact(a: np.ndarray, y: np.ndarray, knobs: Knobs) -> np.ndarray | None:
    """Return the weights (D,) at which the loss is lowest, computed without scikit-learn; None with an L1 penalty."""
    if knobs.l1 > 0:
        return None
    return closed_form(a, y, knobs.l2) if knobs.fault == "squared" else reweighted(a, y, knobs)


def solution(data: Data, seed: int, network: Linear, knobs: Knobs) -> Solution:
    """Return the best weights for the loss and the penalties of these knobs, and how good they are."""
    splits, a, y = _parts(data, seed, network.degree)
    ours, library = exact(a, y, knobs), by_library(a, y, knobs)
    best = ours if library is None else library
    if best is None:  # an L1 penalty with Huber's fault: nobody has a short way
        best = ours = reweighted(a, y, knobs.model_copy(update={"l1": 0.0}))
    curvatures = np.linalg.eigvalsh(2 / len(y) * a.T @ a)[::-1]
    loss = float(losses(a @ best - y, knobs).mean() + penalty(best, knobs))
    return Solution(ours, library, loss, judged(splits, network.degree, best), np.maximum(curvatures, 0))


def judged(splits: Splits, degree: int, weights: np.ndarray) -> np.ndarray:
    """Return (3, 2): R² and the mean miss, in the units of y, on training, validation and test points."""
    return np.array([_judged(part, degree, weights, splits.unit[1]) for part in splits_of(splits)])


def splits_of(splits: Splits) -> tuple[Examples, Examples, Examples]:
    """Return the training, validation and test points."""
    return splits.train, splits.validation, splits.test


def _judged(part: Examples, degree: int, weights: np.ndarray, unit: float) -> tuple[float, float]:
    if not len(part):
        return np.nan, np.nan
    miss = design(part.inputs, degree) @ weights - part.labels
    spread = np.var(part.labels.astype(np.float64))
    return 1 - np.mean(miss**2) / spread if spread else np.nan, unit * float(np.abs(miss).mean())


# --------------------------------------------------------------------------------------- the loss


def losses(miss: np.ndarray, knobs: Knobs) -> np.ndarray:
    """Return how much each miss counts, as `training/criterion.py` does: its square, its size, or Huber's between."""
    size, reach = np.abs(miss), knobs.huber_delta
    if knobs.fault == "squared":
        return miss**2
    return size if knobs.fault == "absolute" else np.where(size < reach, miss**2 / 2, reach * (size - reach / 2))


def penalty(weights: np.ndarray, knobs: Knobs) -> float:
    """Return what the weights (D,) add to the loss; the bias, which is the last of them, adds nothing."""
    return float(knobs.l1 * np.abs(weights[:-1]).sum() + knobs.l2 / 2 * (weights[:-1] ** 2).sum())


def bowl(data: Data, seed: int, knobs: Knobs, walk: bool = False) -> Bowl:
    """Return the loss over weight and bias of a line, penalties included, around the way from (0, 0) to its lowest.

    walk: whether plain gradient descent on the squared loss, with half the largest rate, is to be shown on it.
    Raises: ValueError where there is more than one input.
    """
    _, a, y = _parts(data, seed, 1)
    if a.shape[1] != 2:
        raise ValueError(f"bowl: a line has one input, this one has {a.shape[1] - 1}")
    found = exact(a, y, knobs)
    best = by_library(a, y, knobs) if found is None else found
    if best is None:
        best = reweighted(a, y, knobs)
    weight, bias = _sides(a, best)
    candidates = np.stack(np.meshgrid(weight, bias), axis=-1).reshape(-1, 2)
    heights = np.array([losses(a @ one - y, knobs).mean() + penalty(one, knobs) for one in candidates])
    way = descent(a, y, STEPS) if walk else np.zeros((0, 2))
    return Bowl(heights.reshape(GRID, GRID), weight, bias, best, way)


def _sides(a: np.ndarray, best: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places along both sides: the lowest in the middle, the start inside, and room to shoot over."""
    curvature = (a**2).mean(axis=0)
    far = np.abs(best)
    least = 0.8 * np.sqrt((curvature * far**2).max() / curvature) if far.any() else 1 / np.sqrt(curvature)
    reach = np.maximum(1.3 * far, least)
    return tuple(np.linspace(middle - r, middle + r, GRID) for middle, r in zip(best, reach, strict=True))


def descent(a: np.ndarray, y: np.ndarray, steps: int) -> np.ndarray:
    """Return the way (steps + 1, D) of plain gradient descent on the mean squared error from 0, at half the largest
    rate: with λ the largest curvature, the rate is 1/λ, and the steepest direction is done in a single step.
    """
    rate = 1 / np.linalg.eigvalsh(2 / len(y) * a.T @ a)[-1]
    way = [np.zeros(a.shape[1])]
    for _ in range(steps):
        way.append(way[-1] - rate * 2 / len(y) * a.T @ (a @ way[-1] - y))
    return np.array(way)


# ------------------------------------------------------------------------- one setting after another


def path(data: Data, seed: int, network: Linear, kind: str) -> Path:
    """Return the best weights for the squared loss against the strength of one penalty, "l1" or "l2"."""
    splits, a, y = _parts(data, seed, network.degree)
    ridge = (closed_form(a, y, strength) for strength in STRENGTHS)
    found = np.array(list(ridge)) if kind == "l2" else _lasso(a[:, :-1], y)
    train, validation = (_squares(part, network.degree, found, splits.unit[1]) for part in splits_of(splits)[:2])
    return Path(STRENGTHS, found[:, :-1], train, validation)


def _lasso(inputs: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return scikit-learn's weights (S, D), by coordinate descent on inputs and labels without their means."""
    middle = inputs.mean(axis=0)
    _, weights, _ = lasso_path(inputs - middle, y - y.mean(), alphas=STRENGTHS / 2, tol=1e-6, max_iter=200_000)
    by_strength = weights.T[::-1]  # it begins with the strongest
    return np.hstack([by_strength, (y.mean() - by_strength @ middle)[:, None]])


def _squares(part: Examples, degree: int, weights: np.ndarray, unit: float) -> np.ndarray:
    """Return (S,): the mean squared error of each of the weights (S, D), nan where there are no points."""
    if not len(part):
        return np.full(len(weights), np.nan)
    return unit**2 * ((design(part.inputs, degree) @ weights.T - part.labels[:, None]) ** 2).mean(axis=0)


def degrees(data: Data, seed: int, l2: float) -> Degrees:
    """Return the best models of degree 1 to 15 for the squared loss with this penalty."""
    powers = np.arange(1, HIGHEST + 1)
    rows = []
    for power in powers:
        splits, a, y = _parts(data, seed, int(power))
        found = closed_form(a, y, l2)
        errors = [_squares(part, int(power), found[None], splits.unit[1])[0] for part in splits_of(splits)[:2]]
        rows.append((*errors, np.abs(found[:-1]).max()))
    return Degrees(powers, *np.array(rows).T)


def faults(data: Data, seed: int, network: Linear, knobs: Knobs) -> Faults:
    """Return the best weights for each of the three faults, with the other knobs as they are but without L1."""
    splits, a, y = _parts(data, seed, network.degree)
    every = [knobs.model_copy(update={"fault": fault, "l1": 0.0}) for fault in FAULTS]
    found = np.array([exact(a, y, one) for one in every])
    size = splits.unit[1] * np.abs(found @ a.T - y)
    return Faults(found, np.stack([np.median(size, axis=1), size.max(axis=1)], axis=1))


def seeds(spec: RunSpec, count: int) -> Generator[None, None, Seeds]:
    """Return how well a setting does, learnt from `count` seeds: each draws its points, or their split, anew.

    A run that blows up has no numbers. Yields between updates.
    """
    every = [spec.model_copy(update={"seed": spec.seed + i, "data_seed": None, "device": "cpu"}) for i in range(count)]
    library = [solution(one.data, one.seed, one.network, one.knobs_at(LAST)).scores[1:] for one in every]
    degrees, told = zip(*(chosen(one.data, one.seed, one.knobs_at(LAST).l2) for one in every), strict=True)
    learnt = []
    for one in every:
        learnt.append((yield from _learnt(one)))
    return Seeds(np.array(learnt), np.array(library), np.array(degrees), np.array(told))


def chosen(data: Data, seed: int, l2: float) -> tuple[int, np.ndarray]:
    """Return the degree, 1 to 5, that is best on the validation points, and (2,) R² and the mean miss on the test ones.

    The test points have chosen nothing. Without validation points the degree is 0, and nothing is told.
    """
    found = []
    for degree in range(1, TRIED + 1):
        splits, a, y = _parts(data, seed, degree)
        scores = judged(splits, degree, closed_form(a, y, l2))
        found.append((scores[1, 0], degree, scores[2]))
    if np.isnan([r2 for r2, _, _ in found]).any():
        return 0, np.full(2, np.nan)
    return max(found, key=lambda one: one[0])[1:]


def _learnt(spec: RunSpec) -> Generator[None, None, np.ndarray]:
    """Return (2, 2): R² and the mean miss that a run ends with, on validation and test points."""
    run, last = Run(spec), {}
    for moment in run.work():
        last = last if moment is None else moment.arrays
        yield
    if run.diverged_at is not None:
        return np.full((2, 2), np.nan)
    unit = run.splits.unit[1]
    found = [(last.get(f"{part}_r2", np.nan), unit * last.get(f"{part}_error", np.nan)) for part in PARTS]
    return np.array(found, np.float64)
