"""The scripts, run alone, print the numbers of the page."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dlviz.concepts.activations import compute
from dlviz.concepts.activations.script import MODULES, curves_script, made, network_script, softmax_script
from dlviz.concepts.activations.spec import DEFAULT, FAMILIES, LEARNT, Parameters, View
from dlviz.models.activations import ELEMENT_WISE
from dlviz.spec import Mlp, RunSpec
from dlviz.training.run import Run

ALL = [name for family in FAMILIES.values() for name in family]
NUMBER = r"-?(?:\d+\.\d+|inf|nan)"


def printed(script: str, folder: Path) -> str:
    """Return what a script prints when it is run in an empty folder."""
    (folder / "script.py").write_text(script, encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_function_is_made_as_torch_calls_it() -> None:
    assert {name: kind.__name__ for name, kind in ELEMENT_WISE.items()} == MODULES
    told = Parameters(prelu_slope=-0.5, hardtanh_min=-2.0)
    assert made("prelu", told, "") == "nn.PReLU(init=-0.5, dtype=torch.float64)"
    assert made("hardtanh", told, "") == "nn.Hardtanh(min_val=-2.0, max_val=1.0)"
    assert made("own", told, "max(x, 0) - 1") == "lambda x: torch.maximum(x, x.new_tensor(0)) - 1 + 0 * x"
    assert made("gelu_tanh", told, "") == 'nn.GELU(approximate="tanh")'


CHANGED = Parameters(
    leaky_slope=0.3,
    prelu_slope=-0.5,
    rrelu_lower=0.2,
    rrelu_upper=0.9,
    threshold_at=-0.5,
    threshold_value=2.0,
    elu_alpha=2.0,
    celu_alpha=3.0,
    softplus_beta=4.0,
    softplus_threshold=5.0,
    hardtanh_min=-0.4,
    hardtanh_max=2.0,
    hardshrink_lambda=1.1,
    softshrink_lambda=0.7,
)


@pytest.mark.parametrize("parameters", [Parameters(), CHANGED], ids=["default", "changed"])
def test_curves_are_printed_as_they_are_on_the_page(parameters: Parameters, tmp_path: Path) -> None:
    """All functions at once: one more than the page compares, but one start of torch."""
    formula = "max(x, -0.1x) * exp(-x^2/9) - 2"
    view = View(parameters=parameters, formula=formula, probe=1.23, reach=6.0)
    lines = printed(curves_script(view.model_copy(update={"functions": tuple(ALL)})), tmp_path).splitlines()
    found = compute.curves(ALL, parameters, formula, 6.0, 0.05)
    assert len(lines) == 6 * len(ALL)
    for row, line in enumerate(lines):
        name, x, value, slope = re.fullmatch(rf"(\w+) +x +({NUMBER})  f +({NUMBER})  f' +({NUMBER})", line).groups()
        function, place = ALL.index(name), int(np.abs(found.x - float(x)).argmin())
        assert function == row // 6
        assert float(x) == pytest.approx(found.x[place], abs=1e-6)
        assert float(value) == pytest.approx(found.values[function, place], abs=1e-6)
        assert float(slope) == pytest.approx(found.slopes[function, place], abs=1e-6)


@pytest.mark.parametrize(
    "view",
    [DEFAULT, View(logits=(1.5, -0.3, 4.0), temperature=0.2, added=100.0), View(logits=(0.0, 1.0), temperature=50.0)],
)
def test_softmax_is_printed_as_it_is_on_the_page(view: View, tmp_path: Path) -> None:
    found = compute.softmax(view.logits, view.temperature, view.added)
    first, second, *rows, last = printed(softmax_script(view), tmp_path).splitlines()
    numbers = lambda line: [float(one) for one in re.findall(NUMBER, line)]  # noqa: E731
    assert numbers(first) == pytest.approx(found.probabilities, abs=1e-6)
    assert numbers(second) == pytest.approx([found.entropy], abs=2e-6)
    np.testing.assert_allclose([numbers(row) for row in rows], found.jacobian, atol=1e-6)
    assert last.startswith("differs")


SHORT = LEARNT.model_copy(update={"epochs": 2, "device": "cpu"})
OTHER = SHORT.model_copy(
    update={
        "network": Mlp(
            hidden=(5, 4, 3), activations=("relu", "own", "identity"), own="x * sigmoid(2x)", batch_norm=True
        ),
        "knobs": SHORT.knobs.model_copy(update={"dropout": 0.2}),
        "data": SHORT.data.model_copy(update={"inputs": ("x1", "x2", "x1_x2")}),
    }
)
BENT = SHORT.model_copy(update={"network": Mlp(hidden=(6, 6), activations=("identity", "relu"))})


@pytest.mark.parametrize(("run", "limit"), [(SHORT, 0.05), (OTHER, 0.2), (BENT, 0.05)], ids=["usual", "other", "bent"])
def test_what_activations_let_through_is_printed_as_it_is_on_the_page(
    run: RunSpec, limit: float, tmp_path: Path
) -> None:
    *_, last = (moment for moment in Run(run).work() if moment is not None)
    layers = compute.sums(run, last["weights"][None], limit)
    lines = printed(network_script(run, limit), tmp_path).splitlines()[-len(layers) :]
    for line, layer in zip(lines, layers, strict=True):
        mean, flat, dead, units = re.search(
            r"\|f'\| (\S+), flat \(.*\) (\S+), dead units (\d+) of (\d+)", line
        ).groups()
        assert float(mean) == pytest.approx(layer.slope[0], abs=1e-6)
        assert float(flat) == pytest.approx(layer.flat[0], abs=1e-6)
        assert (int(dead), int(units)) == (layer.dead[0], layer.units)


def test_a_network_without_hidden_layers_has_no_activations_to_measure() -> None:
    assert "bends" not in network_script(SHORT.model_copy(update={"network": Mlp(hidden=())}), 0.05)
