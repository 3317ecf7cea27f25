"""Small networks are slower with more threads, and so are other tests beside them."""

import pytest
import torch

from tests.data.small_mnist import small_mnist

__all__ = ["one_thread", "small_mnist"]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Keep torch to one thread."""
    torch.set_num_threads(1)
