"""The machine: where a run computes, and torch's settings there.

Torch's settings belong to the whole process, and many runs may share it, so each piece of work sets
them for itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

import torch
from torch import Tensor

from dlviz.data.examples import Splits
from dlviz.spec import Device

# glibc's mallopt: which bytes free at the top of the heap go back to the system, and which requests
# are never served from the heap. By default an update's buffers go and come back page by page.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT, FROM_THE_SYSTEM = 128 * 2**20, 32 * 2**20


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
    keep_freed_memory()
    if device == "cpu":
        yield
        return
    with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
        yield


@cache
def keep_freed_memory() -> bool:
    """Let this process keep up to 128 MB of what it frees for its next update; return whether the system can.

    Without it, the article's network spends up to half of an update waiting for pages (measured).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's own; other systems do without
    return mallopt is not None and all((mallopt(M_TRIM_THRESHOLD, KEPT), mallopt(M_MMAP_THRESHOLD, FROM_THE_SYSTEM)))


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
