"""How fast networks learn here: our runs beside the loop that every textbook prints, taking turns on one machine.

Seconds mean little on a machine that does other things as well; two loops that take turns, epoch by
epoch, meet the same weather.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.data.load import load
from dlviz.recording import Moment
from dlviz.spec import MnistFull, RunSpec
from dlviz.training.machine import tensors
from dlviz.training.run import Run
from dlviz.training.step import as_inputs

CHUNK = 1000  # test digits at once


def cnn(data_dir: str | Path | None, epochs: int = 5, threads: int = 1) -> dict[str, object]:
    """Train the article's network on all 60,000 digits, in our way and in the plain way, epoch by epoch in turn.

    data_dir: the folder that holds MNIST/raw; None: where this program looks anyway. Both learn with
    Adam and batches of 64 in float32 on the CPU, every digit every epoch. Returned: seconds of every
    epoch (loading batches, forward, backward, update), their medians, the ratio of the medians, and
    the share of the 10,000 test digits read correctly.
    Raises: ValueError where the digits are not there.
    """
    if data_dir is not None:
        os.environ["DLVIZ_DATA"] = str(data_dir)
    spec = RunSpec(data=MnistFull(), device="cpu", threads=threads, epochs=epochs)
    run = Run(spec)
    torch.set_num_threads(threads)
    pairs = list(zip(_our_epochs(run), _plain_epochs(spec), strict=True))
    ours, plain = ([pair[side][0] for pair in pairs] for side in (0, 1))
    return {
        "seconds_per_epoch": median(ours),
        "epoch_seconds": ours,
        "test_accuracy": pairs[-1][0][1],
        "plain_seconds_per_epoch": median(plain),
        "plain_epoch_seconds": plain,
        "plain_test_accuracy": pairs[-1][1][1],
        "ratio_to_plain": median(ours) / median(plain),
        "examples": len(run.splits.train),
        "updates": run.step,
        "threads": threads,
        "torch": torch.__version__,
    }


def _our_epochs(run: Run) -> Iterator[tuple[float, float | None]]:
    """Yield after each epoch the seconds it took, and at the end the test accuracy."""
    learning = 0.0
    for moment in run.work():
        if moment is not None and "epoch_loss" in moment:
            seconds, learning = run.update_seconds - learning, run.update_seconds
            yield seconds, _accuracy(moment)


def _accuracy(moment: Moment) -> float | None:
    return moment["test_accuracy"].item() if "test_accuracy" in moment else None


def _plain_epochs(spec: RunSpec) -> Iterator[tuple[float, float | None]]:
    """The same for the loop of the textbook: layers in its order, torch's usual layout, torch's usual Adam."""
    parts = tensors(load(spec.data, spec.seed), "cpu")
    network = _plain_network(spec.seed)
    optimizer = torch.optim.Adam(network.parameters())
    shuffling = torch.Generator().manual_seed(spec.seed + 1)
    for epoch in range(1, spec.epochs + 1):
        started = perf_counter()
        order = torch.randperm(len(parts["train"][1]), generator=shuffling)
        _plain_epoch(network, optimizer, order, *parts["train"])
        yield perf_counter() - started, _plain_accuracy(network, *parts["test"]) if epoch == spec.epochs else None


def _plain_network(seed: int) -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(
            nn.Conv2d(1, 32, kernel_size=3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(5408, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )


def _plain_epoch(
    network: nn.Module, optimizer: torch.optim.Optimizer, order: Tensor, inputs: Tensor, labels: Tensor
) -> None:
    for batch in order.split(64):
        optimizer.zero_grad()
        loss = cross_entropy(network(as_inputs(inputs[batch])), labels[batch])
        loss.backward()
        optimizer.step()


@torch.no_grad()
def _plain_accuracy(network: nn.Module, inputs: Tensor, labels: Tensor) -> float:
    right = sum(
        int((network(as_inputs(some)).argmax(1) == truth).sum())
        for some, truth in zip(inputs.split(CHUNK), labels.split(CHUNK), strict=True)
    )
    return right / len(labels)
