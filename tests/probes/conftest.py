"""Probes are tested on one thread: on busy cores, several threads wait for each other most of the time."""

import pytest
import torch


@pytest.fixture(autouse=True)
def one_thread():
    """Let torch use one thread while a test runs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
