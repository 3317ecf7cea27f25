"""The machine: where a run computes, and torch's settings there.

Torch's settings belong to the whole process, and many runs may share it, so each piece of work sets
them for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import torch
from torch import Tensor

from dlviz.data.examples import Splits
from dlviz.spec import Device


def existing_device(device: Device) -> str:
    """Return the device, "cpu" or "cuda".

    Raises: ValueError where it is still to be decided, or not there.
    """
    if device == "best":
        raise ValueError("device: best is not decided yet; a run needs cpu or cuda")
    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("device: cuda was asked for, but this machine has none; use cpu")
    return device


@contextmanager
def machine(device: str, threads: int) -> Iterator[None]:
    """Compute with so many threads; on a GPU in full float32, and with the same sums every time."""
    if torch.get_num_threads() != threads:
        torch.set_num_threads(threads)
    if device == "cpu":
        yield
        return
    with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
        yield


@lru_cache(maxsize=4)
def tensors(splits: Splits, device: str) -> dict[str, tuple[Tensor, Tensor]]:
    """Return the inputs and labels of each split, shared by all runs on the same data.

    Inputs are (N,1,28,28) uint8 or (N,2) float32, labels (N,) int64.
    """
    return {
        name: (_tensor(part.inputs, device).view(-1, *splits.input_shape), _tensor(part.labels, device))
        for name, part in (("train", splits.train), ("validation", splits.validation), ("test", splits.test))
    }


def _tensor(values: object, device: str) -> Tensor:
    return torch.tensor(values, device=device)
