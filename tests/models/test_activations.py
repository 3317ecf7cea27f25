"""Torch's activation functions against their published formulas, and their slopes against central differences."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch.nn.modules import activation as torchs

from dlviz.formula import read_formula
from dlviz.models.activations import ELEMENT_WISE, FORMS, activation, typed, value_and_slope

# Classes of torch's module on activations that do not act on each number by itself.
NOT_ELEMENT_WISE = {"GLU", "MultiheadAttention", "Softmin", "Softmax", "Softmax2d", "LogSoftmax"}
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def erf(x: np.ndarray) -> np.ndarray:
    """Return the error function as Python's own library has it."""
    return np.vectorize(math.erf)(x)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^-x)."""
    return 1 / (1 + np.exp(-x))


Formula = Callable[[np.ndarray], np.ndarray]
CASES: list[tuple[str, dict[str, float], Formula, tuple[float, ...]]] = [
    ("identity", {}, lambda x: x, ()),
    ("relu", {}, lambda x: np.maximum(x, 0), (0,)),
    ("leaky_relu", {"negative_slope": 0.2}, lambda x: np.where(x > 0, x, 0.2 * x), (0,)),
    ("prelu", {"init": -0.4}, lambda x: np.where(x > 0, x, -0.4 * x), (0,)),
    ("rrelu", {"lower": 0.1, "upper": 0.4}, lambda x: np.where(x > 0, x, 0.25 * x), (0,)),
    ("relu6", {}, lambda x: np.clip(x, 0, 6), (0, 6)),
    ("threshold", {"threshold": 1.0, "value": -2.0}, lambda x: np.where(x > 1, x, -2), (1,)),
    ("elu", {"alpha": 1.5}, lambda x: np.where(x > 0, x, 1.5 * np.expm1(x)), (0,)),
    ("selu", {}, lambda x: SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * np.expm1(x)), (0,)),
    ("celu", {"alpha": 2.0}, lambda x: np.maximum(x, 0) + np.minimum(0, 2 * np.expm1(x / 2)), ()),
    ("softplus", {"beta": 2.0, "threshold": 20.0}, lambda x: np.log1p(np.exp(2 * x)) / 2, ()),
    ("gelu", {}, lambda x: x / 2 * (1 + erf(x / math.sqrt(2))), ()),
    ("gelu_tanh", {}, lambda x: x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))), ()),
    ("silu", {}, lambda x: x * sigmoid(x), ()),
    ("mish", {}, lambda x: x * np.tanh(np.log1p(np.exp(x))), ()),
    ("sigmoid", {}, sigmoid, ()),
    ("logsigmoid", {}, lambda x: -np.log1p(np.exp(-x)), ()),
    ("tanh", {}, np.tanh, ()),
    ("tanhshrink", {}, lambda x: x - np.tanh(x), ()),
    ("softsign", {}, lambda x: x / (1 + np.abs(x)), ()),
    ("hardtanh", {"min_val": -2.0, "max_val": 0.5}, lambda x: np.clip(x, -2, 0.5), (-2, 0.5)),
    ("hardsigmoid", {}, lambda x: np.clip(x + 3, 0, 6) / 6, (-3, 3)),
    ("hardswish", {}, lambda x: x * np.clip(x + 3, 0, 6) / 6, (-3, 3)),
    ("hardshrink", {"lambd": 0.7}, lambda x: np.where(np.abs(x) > 0.7, x, 0), (-0.7, 0.7)),
    ("softshrink", {"lambd": 0.7}, lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.7, 0), (-0.7, 0.7)),
]
"""Name, what torch is told, the closed form, and where the slope leaps."""

X = torch.linspace(-8, 8, 1601, dtype=torch.float64) + 1e-4  # on no kink
NAMES = [name for name, *_ in CASES]


def test_the_list_is_that_of_torch() -> None:
    torch_has = {name for name in torchs.__all__ if name not in NOT_ELEMENT_WISE}
    assert {kind.__name__ for kind in ELEMENT_WISE.values()} - {"Identity"} == torch_has
    assert set(NAMES) == set(ELEMENT_WISE)
    assert set(FORMS) <= set(ELEMENT_WISE)


@pytest.mark.parametrize(("name", "settings", "formula", "kinks"), CASES, ids=NAMES)
def test_the_values_are_those_of_the_published_formula(
    name: str, settings: dict[str, float], formula: Formula, kinks: tuple[float, ...]
) -> None:
    values, _ = value_and_slope(activation(name, **settings), X)
    np.testing.assert_allclose(values.numpy(), formula(X.numpy()), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(("name", "settings", "formula", "kinks"), CASES, ids=NAMES)
def test_the_slopes_are_those_of_central_differences(
    name: str, settings: dict[str, float], formula: Formula, kinks: tuple[float, ...]
) -> None:
    bend, step = activation(name, **settings), 1e-5
    _, slopes = value_and_slope(bend, X)
    with torch.no_grad():
        measured = (bend(X + step) - bend(X - step)) / (2 * step)
    smooth = np.all([np.abs(X.numpy() - kink) > 2 * step for kink in kinks], axis=0) if kinks else slice(None)
    np.testing.assert_allclose(slopes.numpy()[smooth], measured.numpy()[smooth], atol=1e-8)


def test_beyond_its_threshold_softplus_is_x_itself() -> None:
    values, slopes = value_and_slope(
        activation("softplus", beta=1.0, threshold=2.0), torch.tensor([1.99, 2.01]).double()
    )
    assert values[0] == pytest.approx(math.log1p(math.exp(1.99)))
    assert (values[1], slopes[1]) == (pytest.approx(2.01), 1)


def test_a_typed_formula_is_computed_as_torch_computes_the_same_function() -> None:
    for text, name in (("x * sigmoid(x)", "silu"), ("max(0, x)", "relu"), ("x*tanh(softplus(x))", "mish")):
        found, wanted = (value_and_slope(bend, X) for bend in (typed(read_formula(text)), activation(name)))
        for one, other in zip(found, wanted, strict=True):
            np.testing.assert_allclose(one.numpy(), other.numpy(), atol=1e-12)


def test_a_formula_without_x_has_no_slope() -> None:
    values, slopes = value_and_slope(typed(read_formula("pi")), X)
    assert (values == math.pi).all()
    assert (slopes == 0).all()
