"""Layers: the parts that networks are built from.

Every layer starts as Keras, which the article uses, starts it, unless it is asked to start otherwise.
Chance comes from a generator of its own and never from torch's global one, which many runs in one
process would have to share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import batch_norm

from dlviz.formula import read_formula
from dlviz.models.formulas import evaluate
from dlviz.spec import DenseActivation, Initializer

ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "identity": nn.Identity,
}


class Own(nn.Module):
    """An activation that somebody typed: a formula in x, for each number by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.formula = text, read_formula(text)

    def forward(self, x: Tensor) -> Tensor:
        """Return f(x), in the shape of x; what the formula does not give a number for is NaN or infinite."""
        return evaluate(self.formula, {"x": x})

    def extra_repr(self) -> str:
        """Return what print(network) shows of it."""
        return self.text


def bend(activation: DenseActivation, own: str) -> nn.Module:
    """Return an activation by its name; `own` is the formula that the name "own" stands for."""
    return Own(own) if activation == "own" else ACTIVATIONS[activation]()


class Dropout(nn.Module):
    """While learning, silence a random share of the inputs and scale up the rest to make up for it."""

    def __init__(self, share, generator):
        super().__init__()
        self.share, self.generator = share, generator

    def forward(self, inputs):
        if not self.training or self.share == 0:
            return inputs
        kept = torch.rand(inputs.shape, generator=self.generator, device=inputs.device) >= self.share
        return inputs * kept / (1 - self.share)


class Flatten(nn.Flatten):
    """Maps (B, C, H, W) as rows (B, H·W·C), place by place: channels-last maps lie so, and need no copy."""

    def forward(self, maps):
        return maps.permute(0, 2, 3, 1).flatten(1)


class BatchNorm(nn.BatchNorm1d):
    """Each unit's signals with mean 0 and deviation 1 over the batch; a batch of one is taken as those before it."""

    def forward(self, signals):
        if self.training and len(signals) == 1:
            return batch_norm(signals, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps)
        return super().forward(signals)


def convolution(inputs: int, outputs: int, generator: torch.Generator, **shape: int) -> nn.Conv2d:
    """Return a convolution with its first weights, drawn from the generator, and biases of 0."""
    return _start(nn.utils.skip_init(nn.Conv2d, inputs, outputs, **shape), generator)


def linear(inputs: int, outputs: int, generator: torch.Generator, initializer: Initializer = "xavier") -> nn.Linear:
    """Return a dense layer with its first weights, drawn from the generator, and biases of 0 (torch draws them too)."""
    layer = nn.utils.skip_init(nn.Linear, inputs, outputs)
    STARTS[initializer](layer.weight, generator)
    if initializer == "torch":
        nn.init.uniform_(layer.bias, -(inputs**-0.5), inputs**-0.5, generator=generator)
    else:
        nn.init.zeros_(layer.bias)
    return layer


def resting(layer: nn.Linear) -> nn.Linear:
    """Return the layer, whose biases stay as they are from now on: batch norm after it takes them away again.

    Their gradients are 0 but for rounding, and an optimizer such as Adam would make whole steps of that rounding, which
    no two programs share. Source: Ioffe and Szegedy 2015, section 3.2.
    """
    layer.bias.register_hook(torch.zeros_like)
    return layer


def _start(layer: nn.Module, generator: torch.Generator) -> nn.Module:
    """Source: Glorot and Bengio 2010, equation 16; Keras starts its layers so, and learns faster than from torch's."""
    nn.init.xavier_uniform_(layer.weight, generator=generator)
    nn.init.zeros_(layer.bias)
    return layer


# Sources: Glorot and Bengio 2010, equation 16; He et al. 2015, equation 10; LeCun et al. 1998, equation 16;
# Saxe et al. 2014; torch's own is uniform within 1/√inputs.
STARTS: dict[Initializer, Callable[[Tensor, torch.Generator], Tensor]] = {
    "xavier": lambda weight, chance: nn.init.xavier_uniform_(weight, generator=chance),
    "he": lambda weight, chance: nn.init.kaiming_uniform_(weight, nonlinearity="relu", generator=chance),
    "lecun": lambda weight, chance: nn.init.kaiming_uniform_(weight, nonlinearity="linear", generator=chance),
    "orthogonal": lambda weight, chance: nn.init.orthogonal_(weight, generator=chance),
    "torch": lambda weight, chance: nn.init.kaiming_uniform_(weight, a=5**0.5, generator=chance),
    "normal": lambda weight, chance: nn.init.normal_(weight, generator=chance),
    "zeros": lambda weight, _: nn.init.zeros_(weight),
}


def pooled_first(stages: Iterable[nn.Module]) -> list[nn.Module]:
    """Return the stages with max-pooling before a ReLU that stands before it: a quarter of the work for the same bits.

    The largest of four numbers, cut at zero, is the largest of the four cut numbers. And where it is not
    zero, it has the same place; where it is, no gradient passes: so the gradients have the same bits too.
    """
    order = list(stages)
    for place, pair in enumerate(pairwise(stages)):
        if isinstance(pair[0], nn.ReLU) and isinstance(pair[1], nn.MaxPool2d):
            order[place : place + 2] = reversed(pair)
    return order


class Stages(nn.Sequential):
    """A network as a row of named stages; what one gives, the next receives, and the last is the scores.

    In order: `conv1`, (`norm1`), `activation1`, (`pool1`), `conv2` … `flatten`, `dropout1`, `dense1`,
    `activation2`, … `scores`. Activations are counted through; an identity is a stage as well.
    """

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the (B,K) scores for (B, …) inputs."""
        for stage in pooled_first(self):
            inputs = stage(inputs)
        return inputs

    def stages(self) -> dict[str, nn.Module]:
        """Return every stage by its name, in order."""
        return dict(self.named_children())

    def stage_outputs(self, inputs: Tensor) -> dict[str, Tensor]:
        """Return what every stage gives for (B, …) inputs, in order; the last holds the (B,K) scores."""
        outputs = {}
        for name, stage in self.named_children():
            inputs = outputs[name] = stage(inputs)
        return outputs
