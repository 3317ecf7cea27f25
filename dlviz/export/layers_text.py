"""Networks as text: each layer as the line of PyTorch that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlviz.spec import ConvBlock, ConvNet, Linear, Network

ACTIVATIONS = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU()",
    "elu": "nn.ELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "own": "Own()",
}
POOLINGS = {"max": "nn.MaxPool2d", "average": "nn.AvgPool2d"}


def layer_lines(
    network: Network,
    pictures: bool,
    outputs: int,
    dropout: str = "",
    pools_at_once: bool = False,
    inputs: Sequence[str] = (),
    features: int = 2,
) -> list[str]:
    """Return the layers in order, one call each, such as "nn.Linear(64, 10)".

    pictures: whether the inputs are (1, 28, 28) rather than `features` numbers. dropout: the call that makes a
    dropout layer, or nothing where the run has none; it stands before each dense layer, but never on
    the raw inputs. pools_at_once: whether the first convolution and its pooling are one layer. inputs:
    what points are told as, where not as they are.
    """
    if isinstance(network, ConvNet):
        lines, features = _convolutions(network), _features(network)
        if pools_at_once:  # convolution, ReLU, pooling: the ReLU comes after both
            lines[:3] = [lines[0].replace("nn.Conv2d", "PooledConvolution"), lines[1]]
        activations = [network.activation] * len(network.dense)
        return [*lines, "Flatten()", *_dense(features, network.dense, activations, outputs, dropout)]
    features = 28 * 28 if pictures else len(inputs) or features
    if isinstance(network, Linear):
        return _linear(network, features, outputs, pictures)
    activations = [network.activation_of(layer) for layer in range(len(network.hidden))]
    dense = list(_dense(features, network.hidden, activations, outputs, dropout, network.batch_norm))
    first = ["nn.Flatten()"] if pictures else [f"Inputs({', '.join(map(_quoted, inputs))})"] if inputs else []
    return [*first, *(dense[1:] if dropout else dense)]


def _linear(network: Linear, features: int, outputs: int, pictures: bool) -> list[str]:
    first = ["nn.Flatten()"] if pictures else []
    powers = [f"Powers({network.degree})"] if network.degree > 1 else []
    return [*first, *powers, f"nn.Linear({features * network.degree}, {outputs})"]


def _quoted(word: str) -> str:
    return f'"{word}"'


def _convolutions(network: ConvNet) -> list[str]:
    lines, channels = [], 1
    for block in network.blocks:
        lines.append(_convolution(channels, block))
        lines += [f"nn.BatchNorm2d({block.channels})"] if block.batch_norm else []
        lines += _activation(network.activation)
        lines += [f"{POOLINGS[block.pooling]}({block.pool_size})"] if block.pooling != "none" else []
        channels = block.channels
    return lines


def _convolution(channels: int, block: ConvBlock) -> str:
    more = f", stride={block.stride}" if block.stride != 1 else ""
    more += f", padding={block.padding}" if block.padding else ""
    return f"nn.Conv2d({channels}, {block.channels}, kernel_size={block.kernel}{more})"


def _features(network: ConvNet) -> int:
    side = 28
    for block in network.blocks:
        side = block.side(side)
    return network.blocks[-1].channels * side * side


def _dense(
    features: int,
    widths: Sequence[int],
    activations: Sequence[str],
    outputs: int,
    dropout: str,
    norms: bool = False,
) -> Iterator[str]:
    for width, activation in zip(widths, activations, strict=True):
        yield from [dropout] if dropout else []
        yield f"nn.Linear({features}, {width})"
        yield from [f"BatchNorm({width})"] if norms else []
        yield from _activation(activation)
        features = width
    yield from [dropout] if dropout else []
    yield f"nn.Linear({features}, {outputs})"


def _activation(name: str) -> list[str]:
    return [ACTIVATIONS[name]] if name in ACTIVATIONS else []  # an identity does nothing
