"""The lines of a script load the very examples that the run is made of."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from dlviz.data.digits import TABLE
from dlviz.data.load import load
from dlviz.export.data_text import data_functions, loading_text
from dlviz.export.plan import plan
from dlviz.spec import Mlp, Mnist5k, MnistFull, Plane, RunSpec


@pytest.mark.parametrize(
    "data",
    [
        Mnist5k(),
        Mnist5k(validation_share=0.07, test_share=0.33, train_share=0.013),
        *(
            Plane(data=name, points=77, noise=0.2, validation_share=0.3)
            for name in ("circle", "xor", "gauss", "spiral", "moons")
        ),
    ],
)
def test_the_lines_load_the_same_examples(data: Mnist5k | Plane) -> None:
    names = {"np": np, "torch": torch, "SEED": 4, "options": SimpleNamespace(data=TABLE)}
    needs = plan(RunSpec(data=data, network=Mlp(), seed=4, device="cpu"))
    exec("\n\n".join([*data_functions(data), loading_text(needs)]), names)
    splits = load(data, 4)
    for name in ("train", "validation", "test"):
        expected = getattr(splits, name)
        if len(expected):
            inputs, labels = names[name]
            assert labels.tolist() == expected.labels.tolist()
            scale = 255 if isinstance(data, Mnist5k) else 1
            assert torch.equal(inputs.view(expected.inputs.shape), torch.tensor(expected.inputs) / scale)


@pytest.mark.parametrize(
    "shares", [{}, {"validation_share": 0.1}, {"train_share": 0.3}, {"validation_share": 0.2, "train_share": 0.5}]
)
def test_the_lines_load_all_digits_from_a_folder(
    shares: dict[str, float], small_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from torchvision.datasets import MNIST

    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    data = MnistFull(**shares)
    names = {"np": np, "torch": torch, "SEED": 4, "options": SimpleNamespace(data=small_mnist), "MNIST": MNIST}
    exec("\n\n".join([*data_functions(data), loading_text(plan(RunSpec(data=data, seed=4, device="cpu")))]), names)
    splits = load(data, 4)
    for name in ("train", "validation", "test"):
        if len(getattr(splits, name)):
            assert names[name][1].tolist() == getattr(splits, name).labels.tolist()
            assert torch.equal(names[name][0][:, 0] * 255, torch.tensor(getattr(splits, name).inputs))


def test_examples_move_to_the_device() -> None:
    assert "labels.to(device)" in loading_text(plan(RunSpec(device="cuda")))
    assert "device" not in loading_text(plan(RunSpec(device="cpu")))
