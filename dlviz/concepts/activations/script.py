"""The PyTorch you just ran: scripts that print the numbers on the page, and need nothing but torch."""

from __future__ import annotations

from collections.abc import Sequence

from dlviz.concepts.activations.spec import Function, Parameters, View, settings
from dlviz.export.depth_text import depth_script
from dlviz.export.formula_code import torch_code
from dlviz.export.layers_text import ACTIVATIONS, layer_lines
from dlviz.export.plan import plan
from dlviz.export.script import pytorch_script
from dlviz.formula import FormulaError, read_formula
from dlviz.spec import RunSpec

MODULES: dict[Function, str] = {
    "identity": "Identity",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "prelu": "PReLU",
    "rrelu": "RReLU",
    "relu6": "ReLU6",
    "threshold": "Threshold",
    "elu": "ELU",
    "selu": "SELU",
    "celu": "CELU",
    "softplus": "Softplus",
    "gelu": "GELU",
    "gelu_tanh": "GELU",
    "silu": "SiLU",
    "mish": "Mish",
    "sigmoid": "Sigmoid",
    "logsigmoid": "LogSigmoid",
    "tanh": "Tanh",
    "tanhshrink": "Tanhshrink",
    "softsign": "Softsign",
    "hardtanh": "Hardtanh",
    "hardsigmoid": "Hardsigmoid",
    "hardswish": "Hardswish",
    "hardshrink": "Hardshrink",
    "softshrink": "Softshrink",
}
"""What each function is called in torch.nn; "own" is none of torch's."""

FORMS: dict[Function, str] = {"gelu_tanh": 'approximate="tanh"', "prelu": "dtype=torch.float64"}

CURVES = '''"""Activation functions, and their slopes by autograd, at a few x."""

import torch
from torch import nn

functions = {{
{functions}
}}

x = torch.tensor({x}, dtype=torch.float64, requires_grad=True)
for name, f in functions.items():
    if isinstance(f, nn.Module):
        f = f.double().eval()  # in evaluation mode RReLU has the mean of its slopes
    y = f(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    for at, value, steepness in zip(x.tolist(), y.tolist(), slope.tolist()):
        print(f"{{name:12}} x {{at:10.6f}}  f {{value:12.8f}}  f' {{steepness:12.8f}}")
'''

SOFTMAX = '''"""Softmax with a temperature, its entropy, and its Jacobian by autograd."""

import torch

z = torch.tensor({logits}, dtype=torch.float64) + {added}
temperature = {temperature}


def softmax(z):
    return torch.softmax(z / temperature, dim=0)


p = softmax(z)
print("p", *(f"{{value:.8f}}" for value in p.tolist()))
print("entropy in bits", f"{{-torch.special.xlogy(p, p).sum().item() / torch.log(torch.tensor(2.0)).item():.6f}}")
jacobian = torch.autograd.functional.jacobian(softmax, z)
for row in jacobian.tolist():
    print("dp/dz", *(f"{{value:.8f}}" for value in row))
closed = (torch.diag(p) - torch.outer(p, p)) / temperature
print("differs from (diag(p) - p pT) / T by", f"{{(jacobian - closed).abs().max().item():.1e}}")
'''

SLOPES = """
# What goes into each activation, over all training points, and how much of a gradient its slope lets through.
bends = {{{bends}}}  # behind which place of the network the sums are, and what bends them
if not options.json:
    network.eval()
    for layer in network:
        if isinstance(layer, nn.BatchNorm1d):
            layer.train()  # all training points are one batch
    signals = inputs
    for place, layer in enumerate(network):
        signals = layer(signals).detach()
        if place in bends:
            sums = signals.clone().requires_grad_()
            slope = torch.autograd.grad(bends[place](sums).sum(), sums)[0].abs()
            flat, dead = (slope < {limit!r}).double().mean(), (slope == 0).all(0).sum()
            print(f"layer {{list(bends).index(place) + 1}}: mean |f'| {{slope.double().mean():.9g}}", end=", ")
            print(f"flat (|f'| < {limit!r}) {{flat:.9g}}, dead units {{dead}} of {{slope.shape[1]}}")
"""


def page_script(view: View) -> str:
    """Return the script that prints the numbers of the open section; a formula that cannot be read is left out."""
    if view.section == "softmax":
        return softmax_script(view)
    if view.section == "depth":
        return depth_script(view.depth)
    if view.section == "network":
        return network_script(view.run, view.flat_below)
    functions = tuple(name for name in view.functions if name != "own" or _reads(view.formula))
    return curves_script(view.model_copy(update={"functions": functions or ("identity",)}))


def _reads(formula: str) -> bool:
    try:
        read_formula(formula)
    except FormulaError:
        return False
    return True


def curves_script(view: View) -> str:
    """Return the script that prints x, f and f′ of the functions compared, at the probe and at five more x."""
    lines = [f'    "{name}": {made(name, view.parameters, view.formula)},' for name in view.functions]
    places = [view.read_at, *(share * view.reach for share in (-1, -0.5, 0, 0.5, 1))]
    return CURVES.format(functions="\n".join(lines), x=_numbers(places))


def softmax_script(view: View) -> str:
    """Return the script that prints the probabilities, their entropy and the Jacobian."""
    return SOFTMAX.format(logits=_numbers(view.logits), added=view.added, temperature=view.temperature)


def network_script(run: RunSpec, limit: float) -> str:
    """Return the script that trains the run, prints its losses, and after the last update what its activations let by.

    A line for each hidden layer: the mean of |f'| over all training points and units, the share of them where it is
    below `limit`, and how many units are dead.
    """
    text = pytorch_script(run)
    bends = ", ".join(f"{place}: {bend}" for place, bend in _bends(run).items())
    return text + SLOPES.format(bends=bends, limit=limit) if bends else text


def _bends(run: RunSpec) -> dict[int, str]:
    """Return behind which layer of the script's network the sums of each hidden layer are, and what bends them."""
    needs = plan(run)
    lines = layer_lines(
        run.network, needs.pictures, run.data.outputs, "Dropout" if needs.drops else "", False, needs.inputs
    )
    made = [place for place, line in enumerate(lines) if line.startswith(("nn.Linear", "BatchNorm"))]
    sums = [place for place in made if place + 1 not in made or lines[place + 1].startswith("nn.Linear")][
        : len(run.network.hidden)
    ]
    return {
        place: f"network[{place + 1}]" if lines[place + 1] in ACTIVATIONS.values() else "nn.Identity()"
        for place in sums
    }


def made(name: Function, parameters: Parameters, formula: str) -> str:
    """Return the expression that makes the function of this name. Raises: FormulaError for an unreadable formula."""
    if name == "own":
        return f"lambda x: {torch_code(read_formula(formula))} + 0 * x"
    told = [f"{theirs}={value!r}" for theirs, value in settings(name, parameters).items()]
    told += [FORMS[name]] if name in FORMS else []
    return f"nn.{MODULES[name]}({', '.join(told)})"


def _numbers(values: Sequence[float]) -> str:
    return f"[{', '.join(repr(float(value)) for value in values)}]"
