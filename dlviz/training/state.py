"""States: everything a run needs to go on as if it had never stopped.

One buffer of plain arrays: weights and running statistics, what the optimizer remembers, the place
in the shuffled order, the random generators. No code is ever read from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import torch
from torch import Tensor

from dlviz.recording import unpack


def named(prefix: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays with "prefix/" before each name."""
    return {f"{prefix}/{name}": values for name, values in arrays.items()}


def below(prefix: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays whose names begin with "prefix/", without that beginning."""
    start = prefix + "/"
    return {name.removeprefix(start): values for name, values in arrays.items() if name.startswith(start)}


def weights_in(state: bytes) -> dict[str, np.ndarray]:
    """Return the weights and buffers (by name, such as conv1.weight) in the state of a run.

    Raises: ValueError where the buffer is no state.
    """
    return below("network", unpack(state)[1])


def optimizer_arrays(optimizer: torch.optim.Optimizer) -> dict[str, np.ndarray]:
    """Return what the optimizer remembers: one array for each parameter's number and quantity."""
    return {
        f"{number}/{name}": torch.as_tensor(value).detach().cpu().numpy()
        for number, memory in optimizer.state_dict()["state"].items()
        for name, value in memory.items()
        if value is not None
    }


def restore_optimizer(optimizer: torch.optim.Optimizer, arrays: Mapping[str, np.ndarray]) -> None:
    """Make an optimizer remember what `optimizer_arrays` wrote down."""
    parameters = [values for group in optimizer.param_groups for values in group["params"]]
    memories: dict[int, dict[str, Tensor]] = {}
    for path, values in arrays.items():
        number, _, name = path.partition("/")
        memories.setdefault(int(number), {})[name] = _laid_out_like(parameters[int(number)], torch.tensor(values))
    optimizer.load_state_dict({"state": memories, "param_groups": optimizer.state_dict()["param_groups"]})


def _laid_out_like(parameter: Tensor, memory: Tensor) -> Tensor:
    """A fused update walks through a parameter and its memory side by side, so both need the same strides."""
    return torch.empty_like(parameter).copy_(memory) if memory.shape == parameter.shape else memory


def generator_arrays(generators: Iterable[tuple[str, torch.Generator]]) -> dict[str, np.ndarray]:
    """Return the states of the named generators as bytes."""
    return {name: generator.get_state().numpy() for name, generator in generators}
