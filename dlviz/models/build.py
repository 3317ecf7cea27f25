"""Building: from the description of a network to the network itself.

The same description and seed give the same first weights, bit for bit, as a plain script that builds
the same layers, calls torch.manual_seed(seed) and draws the weights of one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import nn

from dlviz.models.convolutional import convolutional_network
from dlviz.models.dense import dense_network
from dlviz.models.layers import Dropout, Stages, pooled_first
from dlviz.models.linear import linear_model
from dlviz.models.pooled_convolution import PooledConvolution
from dlviz.models.recurrent import RecurrentNetwork, recurrent_network
from dlviz.spec import ConvNet, Linear, Network, OnPlane, Recurrent, RunSpec


def build(
    network: Network,
    input_shape: tuple[int, ...],
    outputs: int,
    seed: int,
    noise: torch.Generator | None = None,
    inputs: Sequence[str] = (),
) -> Stages:
    """Return the network on the CPU, in training mode, with its first weights; scores (B,K) come out.

    Its convolutions are laid out channels last: pooling is four times as fast that way.

    `noise` is the generator that dropout will draw from, on the device where the network will be;
    `inputs` what a dense network is told of points (B,2).
    Raises: ValueError where the network cannot take such inputs.
    """
    weights, noise = torch.Generator().manual_seed(seed), noise or torch.Generator()
    if isinstance(network, ConvNet):
        built = convolutional_network(network, input_shape, outputs, weights, noise)
    elif isinstance(network, Linear):
        built = linear_model(network, input_shape, outputs)
    else:
        built = dense_network(network, input_shape, outputs, weights, noise, inputs)
    return built.to(memory_format=torch.channels_last)


def build_for(spec: RunSpec, noise: torch.Generator | None = None) -> Stages | RecurrentNetwork:
    """Return the network of a run as `build` does; the inputs of points (B,2) are computed in its first stage.

    Raises: ValueError where the network cannot take such data.
    """
    if isinstance(spec.network, Recurrent):
        weights, noise = torch.Generator().manual_seed(spec.seed), noise or torch.Generator()
        return recurrent_network(spec.network, spec.data, weights, noise).train()
    inputs = spec.data.inputs if isinstance(spec.data, OnPlane) else ()
    return build(spec.network, spec.data.shape, spec.outputs, spec.seed, noise, inputs)


def learner(network: Stages, pools_at_once: bool) -> nn.Sequential:
    """Return the network as it learns: itself, or its own stages with the first convolution and pooling in one step.

    What is learnt is the same to float32 rounding. `pools_at_once`: see `RunSpec.pools_at_once`.
    """
    if not pools_at_once:
        return network
    convolution, _, *others = pooled_first(network)
    return nn.Sequential(_pooled(convolution), *others)


def _pooled(convolution: nn.Conv2d) -> PooledConvolution:
    shape = (convolution.kernel_size, convolution.stride, convolution.padding)
    shared = nn.utils.skip_init(PooledConvolution, 1, convolution.out_channels, *shape)
    shared.weight, shared.bias = convolution.weight, convolution.bias
    return shared


def set_dropout(network: nn.Module, share: float) -> None:
    """Make every dropout layer of the network silence this share of what it receives while learning."""
    for module in network.modules():
        if isinstance(module, Dropout):
            module.share = share


def read_weights(network: nn.Module) -> dict[str, np.ndarray]:
    """Return a copy of every parameter and buffer of the network by its name, such as conv1.weight."""
    return {name: tensor.detach().cpu().numpy().copy() for name, tensor in network.state_dict().items()}


def set_weights(network: nn.Module, weights: Mapping[str, np.ndarray]) -> None:
    """Give the network the parameters and buffers that `read_weights` returned.

    Raises: RuntimeError (torch's) where names or shapes are not the network's.
    """
    network.load_state_dict({name: torch.tensor(values) for name, values in weights.items()})
