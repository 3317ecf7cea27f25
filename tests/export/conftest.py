"""Scripts run with one thread, and leave torch's settings and global generator as they were."""

from collections.abc import Iterator

import pytest
import torch

from tests.data.small_mnist import small_mnist

__all__ = ["small_mnist", "torch_as_it_was"]


@pytest.fixture(autouse=True)
def torch_as_it_was() -> Iterator[None]:
    """Keep torch to one thread, and put its global generator back."""
    torch.set_num_threads(1)
    with torch.random.fork_rng(devices=[]):
        yield
