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
from dlviz.models.build import build_for
from dlviz.recording import Moment, pack_moments
from dlviz.spec import INPUTS, Knobs, Mlp, MnistFull, Plane, RunSpec
from dlviz.training.machine import tensors
from dlviz.training.run import Run
from dlviz.training.step import as_inputs
from dlviz.training.worksheet import fill

CHUNK = 1000  # test digits at once
ROUNDS = 6  # in which two loops on points take turns
SETTINGS = {  # those of the design's table; TensorFlow Playground has one output where we have two scores
    "circle 2-4-2-1": (Plane(data="circle"), (4, 2)),
    "spiral 2-8-8-1": (Plane(data="spiral"), (8, 8)),
    "spiral 7-8-8-8-8-8-8-1": (Plane(data="spiral", inputs=INPUTS), (8,) * 6),
}
SHEET_SHAPES = ((2,), (4,), (8,), (4, 2), (8, 4), (8, 8))
SHEET_ACTIVATIONS = ("relu", "tanh", "sigmoid")
SHEET_DATA = (Plane(data="circle"), Plane(data="spiral"))
SHEET_SEEDS = 5
SAMPLE = 3  # epochs from which the time of the plain loop is told


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
    parts = tensors(load(spec.data, spec.seed_of_data), "cpu")
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


def playground(_: str | Path | None, epochs: int = 300, threads: int = 1) -> dict[str, object]:
    """Train three networks on points, in our way with all maps and moments, and in the plain way, in turns.

    Both learn with Adam from 250 points in batches of 10, 25 updates an epoch, on the CPU. Returned for
    each setting: epochs a second of both and their ratio, the updates made, how many moments were
    recorded, and the bytes of one.
    """
    return {name: _on_points(data, hidden, epochs, threads) for name, (data, hidden) in SETTINGS.items()}


def _on_points(data: Plane, hidden: tuple[int, ...], epochs: int, threads: int) -> dict[str, object]:
    knobs = Knobs(learning_rate=0.01, batch_size=10)
    network = Mlp(hidden=hidden, activation="tanh")
    spec = RunSpec(data=data, network=network, device="cpu", threads=threads, epochs=epochs, knobs=knobs)
    run = Run(spec)
    ours, plain, moments = 0.0, 0.0, []
    work, other = run.work(), _plainly(spec)
    for number in range(1, ROUNDS + 1):
        goal = epochs * number // ROUNDS
        started = perf_counter()
        while run.epoch < goal:
            moments.append(next(work))
        moments += work if number == ROUNDS else ()
        ours += perf_counter() - started
        plain += sum(next(other) for _ in range(goal - epochs * (number - 1) // ROUNDS))
    moments = [moment for moment in moments if moment is not None]
    return {
        "epochs_per_second": epochs / ours,
        "plain_epochs_per_second": epochs / plain,
        "ratio_to_plain": plain / ours,
        "updates": run.step,
        "moments": len(moments),
        "moment_bytes": len(pack_moments(moments[-1:])),
    }


def _plainly(spec: RunSpec) -> Iterator[float]:
    """Yield the seconds of each epoch of the textbook's loop on points."""
    points, labels = tensors(load(spec.data, spec.seed_of_data), "cpu")["train"]
    network = build_for(spec)
    optimizer = torch.optim.Adam(network.parameters(), lr=spec.knobs.learning_rate)
    shuffling = torch.Generator().manual_seed(spec.seed + 1)
    while True:
        started = perf_counter()
        for batch in torch.randperm(len(labels), generator=shuffling).split(spec.knobs.batch_size):
            optimizer.zero_grad()
            loss = cross_entropy(network(points[batch]), labels[batch])
            loss.backward()
            optimizer.step()
        yield perf_counter() - started


def worksheet(_: str | Path | None, epochs: int = 100, threads: int = 1) -> dict[str, object]:
    """Train six shapes with three activations on two data sets, each from five seeds: 180 networks.

    They learn with Adam from 250 points in batches of 10, on the CPU, and are measured after every epoch. Returned:
    the seconds that took, how long a loop over single networks would take (from one of each shape, for a few
    epochs), and how many seeds of every setting reach an accuracy of 95 % on validation points.
    """
    base = RunSpec(device="cpu", threads=threads, epochs=epochs, knobs=Knobs(learning_rate=0.01, batch_size=10))
    networks = [Mlp(hidden=hidden, activation=bend) for hidden in SHEET_SHAPES for bend in SHEET_ACTIVATIONS]
    started = perf_counter()
    cells = list(fill(base, networks, SHEET_DATA, range(SHEET_SEEDS)))
    seconds = perf_counter() - started
    return {
        "networks": len(cells) * SHEET_SEEDS,
        "epochs": epochs,
        "seconds": seconds,
        "plain_seconds": _plain_sheet(base, epochs),
        "solved": {_called(cell.spec): int(cell.curves.solved().sum()) for cell in cells},
        "threads": threads,
        "torch": torch.__version__,
    }


def _plain_sheet(base: RunSpec, epochs: int) -> float:
    """Return the seconds that a loop over the worksheet's networks, one after the other, would learn."""
    torch.set_num_threads(base.threads)
    found = 0.0
    for hidden in SHEET_SHAPES:
        spec = base.model_copy(update={"network": Mlp(hidden=hidden), "data": SHEET_DATA[0]})
        work = _plainly(spec)
        found += median(next(work) for _ in range(SAMPLE))
    return found * epochs * len(SHEET_ACTIVATIONS) * len(SHEET_DATA) * SHEET_SEEDS


def _called(spec: RunSpec) -> str:
    shape = "-".join(map(str, (len(spec.data.inputs), *spec.network.hidden, spec.data.outputs)))
    return f"{spec.data.data} {shape} {spec.network.activation}"
