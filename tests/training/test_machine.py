"""Runs compute where and as they say."""

import platform
import subprocess
import sys

import pytest
import torch

from dlviz.data.load import load
from dlviz.spec import Mnist5k, Plane
from dlviz.training.machine import existing_device, machine, tensors
from dlviz.training.run import Run
from tests.training.small import points


def test_a_device_that_is_not_decided_or_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert existing_device("cpu") == "cpu"
    with pytest.raises(ValueError, match="best is not decided"):
        existing_device("best")
    with pytest.raises(ValueError, match="this machine has none; use cpu"):
        Run(points(device="cuda"))


def test_threads_are_set_for_the_work() -> None:
    for threads in (2, 1):
        with machine("cpu", threads):
            assert torch.get_num_threads() == threads


MEMORY_FETCHED = """
import mmap, resource
import torch
from dlviz.training.machine import keep_freed_memory
torch.set_num_threads(1)
def fetched():  # megabytes that the system gives for six buffers of 8 MB, all given back in the end
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    buffers = [torch.ones(2 * 2**20) for _ in range(6)]
    return (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) * mmap.PAGESIZE / 2**20
assert keep_freed_memory()
print(sorted(fetched() for _ in range(15))[7])
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked to keep freed memory")
def test_freed_memory_is_kept_for_the_next_update() -> None:
    ran = subprocess.run([sys.executable, "-c", MEMORY_FETCHED], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 16  # megabytes, as a rule; over 30 where the system gets them back each time


def test_runs_on_the_same_data_share_their_tensors() -> None:
    splits = load(Mnist5k(), 0)
    inputs, labels = tensors(splits, "cpu")["validation"]
    assert (inputs.shape, inputs.dtype, labels.dtype) == ((500, 1, 28, 28), torch.uint8, torch.int64)
    assert (inputs[:, 0].numpy() == splits.validation.inputs).all()
    assert tensors(load(Mnist5k(), 0), "cpu")["validation"][0] is inputs


def test_points_keep_their_shape() -> None:
    parts = tensors(load(Plane(), 0), "cpu")
    assert parts["train"][0].shape == (250, 2)
    assert len(parts["test"][0]) == 0
