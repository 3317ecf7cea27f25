"""A deep network that learns points, as a script: the PyTorch that measured every layer's gradient at every update."""

from __future__ import annotations

from dlviz.export.data_text import TITLES, data_functions
from dlviz.export.depth_text import BENDS, start_line
from dlviz.stack import Vanishing

NORMS = {"batch": "nn.BatchNorm1d(outputs)", "layer": "nn.LayerNorm(outputs)", "none": "nn.Identity()"}
REPLACES = "return self.bend(self.norm(self.linear(signals)))"
ADDS = """\
bent = self.bend(self.norm(self.linear(signals)))
        return signals + bent if signals.shape == bent.shape else bent  # a shortcut around the layer"""
CLIP = "\n    nn.utils.clip_grad_norm_(network.parameters(), {clip!r})"

SCRIPT = '''\
"""{layers} hidden layers learn {title}; the length of every layer's gradient is printed at every update."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

SEED, LAYERS, WIDTH, UPDATES = {seed}, {layers}, {width}, {steps}
torch.set_num_threads(1)


{functions}


def first_layer(inputs, outputs):
    layer = nn.utils.skip_init(nn.Linear, inputs, outputs)
    {start}
    nn.init.zeros_(layer.bias)
    return layer


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear, self.norm, self.bend = first_layer(inputs, outputs), {norm}, {bend}

    def forward(self, signals):
        {forward}


# The data: {title}, {points} of them, of which some are kept aside.
points, labels = map(torch.tensor, scatter({data}, {points}, {noise!r}, SEED))
train = stratified_order(labels.numpy(), SEED)[{aside}:]
points, labels = points[train], labels[train]

torch.manual_seed(SEED)
widths = [2] + [WIDTH] * LAYERS
network = nn.Sequential(*map(Block, widths, widths[1:]), first_layer(WIDTH, 2))
optimizer = torch.optim.SGD(network.parameters(), lr={rate!r})
for update in range(UPDATES + 1):
    scores = network(points)
    loss = cross_entropy(scores, labels)
    optimizer.zero_grad()
    loss.backward()
    lengths = [values.grad.norm().item() for values in network.parameters() if values.dim() == 2]
    right = (scores.argmax(1) == labels).float().mean().item()
    if not np.isfinite([loss.item(), *lengths]).all():
        print(f"after update {{update}} a number is no longer finite")
        break
    gradient = " ".join(f"{{length:.9g}}" for length in lengths)
    print(f"update {{update}}: loss {{loss.item():.9g}}, right {{right:.9g}}, gradient by layer {{gradient}}"){clip}
    optimizer.step()
'''


def vanishing_script(given: Vanishing) -> str:
    """Return a Python script (torch and numpy only) that prints the loss and every layer's gradient at every update."""
    plane = given.plane
    return SCRIPT.format(
        title=TITLES[plane.data],
        seed=given.deep_seed,
        layers=given.deep_layers,
        width=given.deep_width,
        steps=given.deep_steps,
        functions="\n\n\n".join(data_functions(plane)),
        start=start_line(given),
        norm=NORMS[given.deep_norm],
        bend=BENDS[given.deep_bend],
        forward=ADDS if given.deep_shortcut else REPLACES,
        data=plane.data,
        points=plane.points,
        noise=plane.noise,
        aside=round(plane.points * plane.validation_share),
        rate=given.deep_rate,
        clip=CLIP.format(clip=given.deep_clip) if given.deep_clip else "",
    )
