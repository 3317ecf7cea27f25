"""What the workers answer: curves on their axis, facts against what is known of each function, softmax, real sums."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from dlviz.concepts.activations.compute import curves, facts, function, gallery, softmax, sums
from dlviz.concepts.activations.recording import Facts
from dlviz.concepts.activations.spec import FAMILIES, FORMULA, LEARNT, POINTS, Parameters
from dlviz.data.load import load
from dlviz.formula import FormulaError
from dlviz.models.build import build_for
from dlviz.spec import Mlp, RunSpec

ALL = [name for family in FAMILIES.values() for name in family]


def known(name: str, formula: str = FORMULA, limit: float = 0.05, **told: float) -> Facts:
    """Return the facts of a function."""
    return facts(function(name, Parameters(**told), formula), limit)


def own(formula: str) -> Facts:
    """Return the facts of a typed function."""
    return known("own", formula)


# ------------------------------------------------------------------------------------- the curves


def test_curves_stand_on_one_axis_around_zero() -> None:
    found = curves(("tanh", "own"), Parameters(), "x^2", 4.0, 0.05)
    assert found.values.shape == found.slopes.shape == (2, POINTS)
    assert (found.x[0], found.x[POINTS // 2], found.x[-1]) == (-4, 0, 4)
    np.testing.assert_allclose(found.values, [np.tanh(found.x), found.x**2], atol=1e-14)
    np.testing.assert_allclose(found.slopes, [1 - np.tanh(found.x) ** 2, 2 * found.x], atol=1e-14)


def test_where_a_function_has_no_value_there_is_no_number() -> None:
    found = curves(("own",), Parameters(), "log(x)", 2.0, 0.05)
    assert np.isnan(found.values[0, : POINTS // 2]).all()
    assert np.isfinite(found.values[0, POINTS // 2 + 1 :]).all()


def test_what_cannot_be_read_cannot_be_drawn() -> None:
    with pytest.raises(FormulaError):
        curves(("own",), Parameters(), "x +", 2.0, 0.05)
    assert "own" not in gallery(Parameters(), "x +")


def test_the_gallery_holds_every_function() -> None:
    assert list(gallery(Parameters(), FORMULA)) == ALL
    found = gallery(Parameters(elu_alpha=3.0), FORMULA)
    assert found["elu"][0] == pytest.approx(3 * math.expm1(-4), rel=1e-6)


NOT_ELEMENTWISE = {"MultiheadAttention", "GLU", "Softmin", "Softmax", "Softmax2d", "LogSoftmax"}


def test_every_elementwise_activation_of_torch_is_there() -> None:
    theirs = {name.lower() for name in torch.nn.modules.activation.__all__ if name not in NOT_ELEMENTWISE}
    assert {name.replace("_", "") for name in ALL} - {"identity", "own", "gelutanh"} == theirs


@pytest.mark.parametrize("name", ALL)
def test_every_slope_is_the_central_difference_of_its_curve(name: str) -> None:
    found = curves((name,), Parameters(), FORMULA, 5.0, 0.05)
    bend, h = function(name, Parameters(), FORMULA), 1e-6
    away = [x for x in found.x if min(abs(x - corner) for corner in (-3, -1, -0.5, 0, 0.5, 1, 3, 6)) > 1e-3]
    places = torch.tensor(away, dtype=torch.float64)
    with torch.no_grad():
        expected = (bend(places + h) - bend(places - h)) / (2 * h)
    np.testing.assert_allclose(found.slopes[0][np.isin(found.x, away)], expected, atol=1e-8)


# -------------------------------------------------------------------------------------- the facts

RANGES = {  # published: the smallest and the largest value; minima of the gates found by hand with f' = 0
    "relu": (0, math.inf),
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
    "softsign": (-1, 1),
    "elu": (-1, math.inf),
    "selu": (-1.7581, math.inf),
    "relu6": (0, 6),
    "hardsigmoid": (0, 1),
    "hardswish": (-0.375, math.inf),
    "silu": (-0.27846, math.inf),
    "gelu": (-0.16997, math.inf),
    "mish": (-0.30884, math.inf),
    "logsigmoid": (-math.inf, 0),
    "softplus": (0, math.inf),
    "identity": (-math.inf, math.inf),
}


@pytest.mark.parametrize("name", RANGES)
def test_the_range_is_the_known_one(name: str) -> None:
    found = known(name)
    assert (found.low, found.high) == pytest.approx(RANGES[name], abs=2e-5)


@pytest.mark.parametrize(("name", "slope"), [("sigmoid", 0.25), ("tanh", 1), ("relu", 1), ("hardsigmoid", 1 / 6)])
def test_the_steepest_slope_is_the_known_one(name: str, slope: float) -> None:
    assert known(name).steepest == pytest.approx(slope, abs=1e-8)  # torch's own 1/6 has 32 bits


def test_where_tanh_and_the_sigmoid_are_flat_is_where_algebra_says() -> None:
    # 1 - tanh² = 0.05 at artanh √0.95; σ(1 - σ) = 0.05 at the logit of (1 + √0.8) / 2
    for name, edge in (("tanh", math.atanh(math.sqrt(0.95))), ("sigmoid", 2 * math.atanh(math.sqrt(0.8)))):
        left, right = known(name).flat
        assert (left.low, left.high) == (-math.inf, pytest.approx(-edge, abs=1e-7))
        assert (right.low, right.high) == (pytest.approx(edge, abs=1e-7), math.inf)
        assert not left.dead and not right.dead


def test_only_those_die_whose_slope_is_exactly_zero() -> None:
    mortal = {name for name in ALL if any(row.dead for row in known(name).flat)}
    assert mortal == {"relu", "relu6", "threshold", "hardswish", "hardsigmoid", "hardtanh", "hardshrink", "softshrink"}
    assert [row for row in known("relu").flat] == [(-math.inf, 0, True)]
    assert [(row.low, row.high) for row in known("relu6").flat] == [(-math.inf, 0), (6, math.inf)]
    assert [row.dead for row in known("hardtanh", hardtanh_min=-5.0).flat] == [True, True]


def test_a_function_without_a_slope_is_dead_everywhere() -> None:
    assert own("3").flat == ((-math.inf, math.inf, True),)


def test_a_bound_on_the_slope_decides_what_is_flat() -> None:
    assert known("leaky_relu", limit=0.05).flat == ((-math.inf, 0, False),)
    assert known("leaky_relu", limit=0.005).flat == ()


@pytest.mark.parametrize(
    ("found", "kinks", "jumps"),
    [
        (known("relu"), (0,), ()),
        (known("hardtanh"), (-1, 1), ()),
        (known("elu"), (), ()),
        (known("elu", elu_alpha=2.0), (0,), ()),
        (known("celu", celu_alpha=2.0), (), ()),
        (known("hardshrink"), (), (-0.5, 0.5)),
        (known("threshold"), (), (1,)),
        (own("abs(x - 0.3)"), (0.3,), ()),
        (own("sign(x)"), (), (0,)),
        (own("tanh(100x)"), (), ()),  # steep is not broken
        (own("sin(50x)"), (), ()),
    ],
)
def test_kinks_and_jumps_are_told_from_what_is_only_steep(
    found: Facts, kinks: tuple[float, ...], jumps: tuple[float, ...]
) -> None:
    assert found.kinks == pytest.approx(kinks, abs=1e-6)
    assert found.jumps == pytest.approx(jumps, abs=1e-6)


def test_averages_over_a_standard_normal_are_the_known_ones() -> None:
    assert known("relu").mean == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-4)
    assert known("relu").gain == pytest.approx(0.5, abs=2e-3)
    assert known("tanh").mean == pytest.approx(0, abs=1e-12)
    assert known("selu").mean == pytest.approx(0, abs=1e-3)  # Klambauer et al. 2017: its fixed point
    assert known("gelu").mean == pytest.approx(1 / (2 * math.sqrt(math.pi)), abs=1e-6)  # E[xΦ(x)] = E[φ(x)]
    assert own("exp(x)").mean == pytest.approx(math.exp(0.5), rel=1e-6)


def test_what_rises_and_what_does_not() -> None:
    falling = {name for name in ALL if name != "own" and not known(name).rises}
    assert falling == {"gelu", "gelu_tanh", "silu", "mish", "hardswish"}


def test_what_is_not_defined_everywhere_is_said_to_be_so() -> None:
    assert own("sqrt(x)").undefined
    assert own("1/x").undefined
    assert not own("exp(x)").undefined
    assert not known("tanh").undefined


# ---------------------------------------------------------------------------------------- softmax


@pytest.mark.parametrize("temperature", [0.05, 0.5, 1.0, 3.0, 100.0])
@pytest.mark.parametrize("added", [0.0, -100.0, 100.0])
def test_softmax_is_what_its_formula_says(temperature: float, added: float) -> None:
    logits = (2.0, 1.0, 0.0, -1.0)
    found = softmax(logits, temperature, added)
    powers = np.exp((np.array(logits) - 2) / temperature)
    chances = powers / powers.sum()
    np.testing.assert_allclose(found.probabilities, chances, atol=1e-12)
    np.testing.assert_allclose(
        found.jacobian, (np.diag(chances) - np.outer(chances, chances)) / temperature, atol=1e-11
    )
    assert found.closed < 1e-12
    assert found.moved < 1e-11
    some = chances[chances > 0]
    assert found.entropy == pytest.approx(-(some * np.log2(some)).sum(), abs=1e-9)


def test_the_jacobian_is_that_of_central_differences() -> None:
    logits, step = np.array([1.3, -0.7, 0.2]), 1e-5
    found = softmax(logits, 0.7, 0.0).jacobian
    for j in range(3):
        ends = [softmax(logits + sign * step * np.eye(3)[j], 0.7, 0.0).probabilities for sign in (1, -1)]
        np.testing.assert_allclose(found[:, j], (ends[0] - ends[1]) / (2 * step), atol=1e-9)


def test_the_limits_of_the_temperature() -> None:
    np.testing.assert_allclose(softmax((1.0, 0.5, 0.0), 0.01, 0).probabilities, [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(softmax((1.0, 0.5, 0.0), 100, 0).probabilities, [1 / 3] * 3, atol=4e-3)
    assert softmax((1.0, 1.0), 1, 0).entropy == pytest.approx(1)


def test_without_a_safeguard_large_scores_are_no_numbers() -> None:
    assert np.isnan(softmax((2.0, 1.0), 1, 100).naive).any()
    np.testing.assert_allclose(softmax((2.0, 1.0), 1, 0).naive, softmax((2.0, 1.0), 1, 0).probabilities, atol=1e-6)


# ----------------------------------------------------------------------------------- your network


def weights(run: RunSpec) -> np.ndarray:
    """Return a run's first weights (D,)."""
    return torch.nn.utils.parameters_to_vector(build_for(run).parameters()).detach().numpy()


def by_hand(run: RunSpec) -> np.ndarray:
    """Return the sums (N, H) of the first hidden layer, multiplied out in numpy."""
    network = build_for(run)
    first = next(part for part in network.modules() if isinstance(part, torch.nn.Linear))
    points = load(run.data, run.seed).train.inputs
    return points @ first.weight.detach().numpy().T + first.bias.detach().numpy()


def test_the_sums_counted_are_those_of_the_weights() -> None:
    rows = np.stack([weights(LEARNT), 0 * weights(LEARNT)])
    first, second = sums(LEARNT, rows, 0.05)
    entered = by_hand(LEARNT)
    assert (first.activation, first.units, second.units) == ("tanh", 4, 2)
    edges = np.linspace(first.low, first.high, first.counts.shape[1] + 1)
    expected = np.histogram(np.clip(entered, first.low, first.high), edges)[0]
    assert np.abs(first.counts[0] - expected).sum() <= 4  # a sum on an edge may be rounded either way
    assert (first.counts.sum(axis=1) == entered.size).all()
    slopes = 1 - np.tanh(entered) ** 2
    assert first.slope[0] == pytest.approx(slopes.mean(), abs=1e-5)
    assert first.flat[0] == pytest.approx((slopes < 0.05).mean(), abs=2e-3)
    assert (first.slope[1], first.flat[1]) == (1, 0)  # all sums are 0 there


def test_the_factor_of_a_layer_is_what_its_gradients_lose_in_it() -> None:
    """With the same gradient arriving at every unit, the mean of what leaves is the mean slope times it."""
    (layer, *_) = sums(LEARNT, weights(LEARNT)[None], 0.05)
    entered = torch.tensor(by_hand(LEARNT), requires_grad=True)
    torch.tanh(entered).sum().backward()
    assert layer.slope[0] == pytest.approx(entered.grad.abs().mean().item(), abs=1e-5)


def test_a_relu_that_hears_only_negative_sums_is_dead() -> None:
    run = LEARNT.model_copy(update={"network": Mlp(hidden=(3,), activation="relu")})
    row = weights(run)
    network = build_for(run)
    place = sum(part.numel() for name, part in list(network.named_parameters())[:1])  # biases follow the weights
    row[place] = -1000
    (layer,) = sums(run, row[None], 0.05)
    assert layer.dead[0] == 1
    assert layer.silent[0] >= 1 / 3
    assert layer.flat[0] == layer.silent[0]


def test_a_normalised_network_is_looked_into_with_all_points_as_one_batch() -> None:
    run = LEARNT.model_copy(update={"network": Mlp(hidden=(4,), activation="tanh", batch_norm=True)})
    (layer,) = sums(run, weights(run)[None], 0.05)
    normal = by_hand(run)
    normal = (normal - normal.mean(axis=0)) / np.sqrt(normal.var(axis=0) + 1e-5)
    assert layer.slope[0] == pytest.approx((1 - np.tanh(normal) ** 2).mean(), abs=1e-4)


def test_rows_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="rows of 28"):
        sums(LEARNT, np.zeros((2, 27)), 0.05)


def test_the_default_run_learns() -> None:
    network, known_points = build_for(LEARNT), load(LEARNT.data, LEARNT.seed).train
    assert cross_entropy(network(torch.tensor(known_points.inputs)), torch.tensor(known_points.labels)) > 0


@pytest.mark.parametrize(
    "formula, low, high, steepest",
    [
        ("1/x", -math.inf, math.inf, math.inf),
        ("1/(x - 1/3)", -math.inf, math.inf, math.inf),  # no grid meets this place
        ("1/x^2", 0, math.inf, math.inf),
        ("log(x)", -math.inf, math.inf, math.inf),
        ("sqrt(x)", 0, math.inf, math.inf),
        ("abs(x)/x", -1, 1, 0),
        ("abs(x)", 0, math.inf, 1),
        ("sin(1/x)", -1, 1, None),
    ],
)
def test_what_has_no_end_at_a_place_is_said_to_have_none(
    formula: str, low: float, high: float, steepest: float | None
) -> None:
    found = known("own", formula)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3)
    assert steepest is None or found.steepest == pytest.approx(steepest)
