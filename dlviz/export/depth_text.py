"""A stack of fresh layers as a script: the PyTorch that measured the size of signals and gradients, layer by layer."""

from __future__ import annotations

from dlviz.stack import Depth, Stack

BENDS = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU()",
    "elu": "nn.ELU()",
    "selu": "nn.SELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "mish": "nn.Mish()",
    "softplus": "nn.Softplus()",
    "tanh": "nn.Tanh()",
    "softsign": "nn.Softsign()",
    "sigmoid": "nn.Sigmoid()",
    "identity": "nn.Identity()",
}
STARTS = {
    "xavier": "nn.init.xavier_uniform_(layer.weight)",
    "he": 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")',
    "lecun": 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="linear")',
    "orthogonal": "nn.init.orthogonal_(layer.weight)",
    "normal": "nn.init.normal_(layer.weight, std={scale!r})",
}

SCRIPT = '''\
"""What {layers} fresh layers do to signals on their way up and to a gradient on its way back.

Prints, for every layer, the root mean square of the signals that it gives and of the gradient that arrives there.
"""

import torch
from torch import nn

LAYERS, WIDTH, BATCH, SEED = {layers}, {width}, {batch}, {seed}
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(SEED)
signals = torch.randn(BATCH, WIDTH, requires_grad=True)  # size 1 goes in at the bottom
gradient = torch.randn(BATCH, WIDTH)  # and size 1 comes back from the top


def make_layer():
    layer = nn.utils.skip_init(nn.Linear, WIDTH, WIDTH)
    {start}
    nn.init.zeros_(layer.bias)
    return {made}


reached = [signals]  # what each layer gives, from the input on
for _ in range(LAYERS):
    reached.append(make_layer()(reached[-1]))
arrived = torch.autograd.grad(reached[-1], reached, gradient)


def size(values):
    return values.square().mean().sqrt().item()


for layer, (given, blame) in enumerate(zip(reached, arrived)):
    print(f"layer {{layer}}: signals {{size(given):.9g}}, gradient {{size(blame):.9g}}")
up = (size(reached[-1]) / size(reached[0])) ** (1 / LAYERS)
down = (size(arrived[0]) / size(arrived[-1])) ** (1 / LAYERS)
print(f"a layer multiplies signals by {{up:.9g}} and gradients by {{down:.9g}}")
'''


def depth_script(given: Depth) -> str:
    """Return a Python script (torch only) that prints the sizes of signals and gradients in every layer."""
    norms = {"batch": "nn.BatchNorm1d(WIDTH, affine=False)", "layer": "nn.LayerNorm(WIDTH, elementwise_affine=False)"}
    parts = ["layer", norms.get(given.deep_norm), BENDS[given.deep_bend]]
    return SCRIPT.format(
        layers=given.deep_layers,
        width=given.deep_width,
        batch=given.deep_batch,
        seed=given.deep_seed,
        start=start_line(given),
        made=f"nn.Sequential({', '.join(filter(None, parts))})",
    )


def start_line(given: Stack) -> str:
    """Return the line that draws the first weights of `layer`."""
    return STARTS[given.deep_start].format(scale=given.deep_scale)
