"""What is measured of a stack is what autograd and plain loops give, and what theory says of wide layers."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.models.stack import BENDS
from dlviz.probes.depth import BINS, counts, in_depth, moments, predicted, slopes
from dlviz.signals import GRADIENTS, OWN_REACH, REACH, SIGNALS
from dlviz.stack import Bend, Depth

WIDE = {"deep_width": 256, "deep_batch": 64, "deep_layers": 10}


def growth(seeds: int = 4, **given: object) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean growth of the variance of signals and of gradients over several seeds, and that of theory."""
    found = [in_depth(Depth(deep_seed=seed, **given)) for seed in range(seeds)]
    both = (SIGNALS, GRADIENTS)
    measured = np.mean([[one.growth(which) ** 2 for which in both] for one in found], axis=0)
    return measured, np.array([found[0].growth(which, theory=True) ** 2 for which in both])


# ----------------------------------------------------------------------------------- as plain PyTorch has it


@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
def test_sizes_are_those_of_a_plain_loop_in_float64(norm: str) -> None:
    given = Depth(deep_layers=5, deep_width=16, deep_batch=32, deep_norm=norm, deep_seed=4)
    norms = {"none": nn.Identity(), "batch": nn.BatchNorm1d(16, affine=False), "layer": nn.LayerNorm(16)}
    with torch.random.fork_rng():
        torch.manual_seed(4)
        signals = [torch.randn(32, 16, dtype=torch.float64, requires_grad=True)]
        blame = torch.randn(32, 16, dtype=torch.float64)
        for _ in range(5):
            weight = nn.init.xavier_uniform_(torch.empty(16, 16, dtype=torch.float64))
            signals.append(torch.tanh(norms[norm].double()(signals[-1] @ weight.T)))
    arrived = torch.autograd.grad(signals[-1], signals, blame)
    found = in_depth(given)
    assert found.sizes[SIGNALS] == pytest.approx([one.square().mean().sqrt().item() for one in signals])
    assert found.sizes[GRADIENTS] == pytest.approx([one.square().mean().sqrt().item() for one in arrived])
    apart = [one.var(0, correction=0).mean().sqrt().item() for one in signals]
    assert found.apart == pytest.approx(apart)


def test_the_same_seed_gives_the_same_bits_and_another_one_others() -> None:
    one, same, other = in_depth(Depth()), in_depth(Depth()), in_depth(Depth(deep_seed=1))
    for a, b in zip(one, same, strict=True):
        assert np.array_equal(a, b)
    assert not np.array_equal(one.sizes, other.sizes)


def test_histograms_count_every_number_once() -> None:
    found = in_depth(Depth(deep_layers=3, deep_width=16, deep_batch=32))
    for counted in (found.shared, found.own):
        assert counted.shape == (2, 4, BINS)
        assert (counted.sum(axis=2) == 16 * 32).all()
    torch.manual_seed(0)
    values = torch.randn(1, 50, 4, dtype=torch.float64)
    inside = np.histogram(values / REACH, BINS, (-1, 1))[0]
    inside[[0, -1]] += [(values < -REACH).sum().item(), (values > REACH).sum().item()]
    assert counts(values / REACH)[0].tolist() == inside.tolist()
    assert OWN_REACH > 1


@pytest.mark.parametrize("bend", Bend.__args__)
def test_the_slope_of_every_activation_is_its_central_difference(bend: str) -> None:
    at = torch.linspace(-4, 4, 41, dtype=torch.float64) + 0.013  # beside the kinks
    step = 1e-5
    with torch.no_grad():
        function = BENDS[bend]()
        difference = (function(at + step) - function(at - step)) / (2 * step)
    assert (slopes(BENDS[bend](), at) - difference).abs().max() < 1e-8


def test_half_of_a_relus_sums_are_flat_and_no_linear_one_is() -> None:
    assert in_depth(Depth(deep_layers=2, deep_bend="relu")).flat[0] == pytest.approx(0.5, abs=0.03)
    linear = in_depth(Depth(deep_layers=2, deep_bend="identity"))
    assert not linear.flat.any()
    assert not linear.dead.any()


def test_where_signals_do_not_differ_a_unit_that_is_flat_is_dead() -> None:
    found = in_depth(Depth(deep_layers=40, deep_bend="relu"))
    assert found.apart[-1] < 1e-3 * found.apart[0]
    assert 0.3 < found.dead[-1] <= found.flat[-1]


# -------------------------------------------------------------------------------------- as theory has it


@pytest.mark.parametrize(
    ("bend", "square", "slope"),
    [
        ("identity", 2.25, 1.0),
        ("relu", 2.25 / 2, 0.5),
        ("leaky_relu", 2.25 * (1 + 1e-4) / 2, (1 + 1e-4) / 2),
        ("softplus", None, None),
    ],
)
def test_moments_are_those_of_closed_forms(bend: str, square: float | None, slope: float | None) -> None:
    found = moments(BENDS[bend](), 2.25)
    if square is None:  # by torch's own normal numbers
        numbers = torch.randn(2_000_000, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 1.5
        values = torch.nn.functional.softplus(numbers)
        assert found == pytest.approx(
            (values.mean().item(), values.square().mean().item(), numbers.sigmoid().square().mean().item()), rel=3e-3
        )
        return
    assert found[1:] == pytest.approx((square, slope), rel=1e-9)


def test_theory_of_linear_layers_is_n_times_variance_and_of_relu_half_of_it() -> None:
    normal = {"deep_start": "normal", "deep_scale": 0.1, "deep_width": 128, "deep_layers": 6}
    for bend, factor in (("identity", 1.28), ("relu", 0.64)):
        signals, gradients = predicted(Depth(deep_bend=bend, **normal))
        assert (signals[1:] / signals[:-1]) ** 2 == pytest.approx(factor)
        assert (gradients[:-1] / gradients[1:]) ** 2 == pytest.approx(factor)


def test_an_orthogonal_linear_stack_keeps_lengths_exactly() -> None:
    found = in_depth(Depth(deep_layers=50, deep_bend="identity", deep_start="orthogonal"))
    for which in (SIGNALS, GRADIENTS):
        assert found.growth(which) == pytest.approx(1, abs=1e-12)
        assert found.growth(which, theory=True) == 1


def test_relu_with_he_keeps_the_size_on_average_and_with_xavier_halves_the_variance() -> None:
    assert growth(deep_bend="relu", deep_start="he", **WIDE)[0] == pytest.approx(1, abs=0.04)
    assert growth(deep_bend="relu", deep_start="xavier", **WIDE)[0] == pytest.approx(0.5, abs=0.02)


def test_ten_sigmoids_lose_more_than_half_of_a_gradient_at_every_layer() -> None:
    found = in_depth(Depth(deep_layers=10, deep_bend="sigmoid"))
    arrived = found.sizes[GRADIENTS]
    assert all(here < 0.5 * above for here, above in pairwise(arrived))
    assert found.growth(GRADIENTS) < 0.25 + 0.01  # the slope of a sigmoid is at most ¼


def test_none_of_the_usual_starts_saves_a_sigmoids_gradient_and_very_large_weights_would() -> None:
    usual = [Depth(deep_bend="sigmoid", deep_start=start) for start in ("xavier", "he", "lecun", "orthogonal")]
    assert all(in_depth(one).growth(GRADIENTS) < 0.4 for one in usual)
    large = Depth(deep_bend="sigmoid", deep_start="normal", deep_scale=2.0, deep_width=256)
    assert in_depth(large).growth(GRADIENTS) > 1


@pytest.mark.parametrize("bend", ["tanh", "sigmoid", "gelu", "selu", "softsign"])
@pytest.mark.parametrize("start", ["xavier", "he", "normal"])
def test_wide_layers_follow_the_theory(bend: str, start: str) -> None:
    measured, expected = growth(2, deep_bend=bend, deep_start=start, deep_scale=0.1, **WIDE)
    assert measured == pytest.approx(expected, rel=0.06)


@pytest.mark.parametrize("norm", ["batch", "layer"])
@pytest.mark.parametrize("bend", ["tanh", "relu", "identity"])
@pytest.mark.parametrize("start", ["xavier", "normal"])
def test_normalised_layers_follow_the_theory_whatever_the_weights(bend: str, norm: str, start: str) -> None:
    given = {**WIDE, "deep_batch": 256, "deep_start": start, "deep_scale": 0.5}
    measured, expected = growth(1, deep_bend=bend, deep_norm=norm, **given)
    assert measured == pytest.approx(expected, rel=0.05)


def test_batch_norm_lets_the_gradients_of_a_relu_grow_as_was_published() -> None:
    _, gradients = predicted(Depth(deep_bend="relu", deep_norm="batch", deep_layers=8))
    assert (gradients[1:-2] / gradients[2:-1]) ** 2 == pytest.approx(np.pi / (np.pi - 1), rel=1e-4)  # Yang et al. 2019


def test_fifty_layers_of_large_weights_are_still_numbers() -> None:
    found = in_depth(Depth(deep_layers=50, deep_bend="relu", deep_start="normal", deep_scale=2.0, deep_width=256))
    assert np.isfinite(found.sizes).all()
    assert found.sizes[SIGNALS, -1] > 1e60
    assert np.isfinite(found.theory).all()
