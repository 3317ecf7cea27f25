"""Runs compute where and as they say."""

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
