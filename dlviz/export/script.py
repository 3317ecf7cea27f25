"""The script: the PyTorch program that does what a run did, and prints the same losses.

It stands alone (torch, torchvision and numpy) and holds only what this run needs, so that it can be
read from top to bottom, changed, and learned from.
"""

from __future__ import annotations

from dlviz.export.data_text import TITLES, data_functions, loading_text
from dlviz.export.fault_text import evaluate_text, loss_imports
from dlviz.export.formula_code import torch_code
from dlviz.export.knobs_text import augmentation_text, optimizer_text
from dlviz.export.layers_text import layer_lines
from dlviz.export.loop_text import SET_WEIGHTS, ending_text, setting_text, training_text
from dlviz.export.plan import Plan, plan
from dlviz.export.sequence_script import sequence_script
from dlviz.export.source import body, cut, merged_imports, outside_imports
from dlviz.export.table_text import CAR_FILE, CARS, table_imports
from dlviz.formula import read_formula
from dlviz.spec import ConvNet, Linear, Mnist5k, MnistFull, Network, RunSpec, Sequence, Table

RATE = "def rate(knobs: Knobs, epoch: float) -> float:"
AUGMENTATION = "training/augmentation.py"
POOLED_CONVOLUTION = "models/pooled_convolution.py"
READS_5K = "It reads mnist_5k.npz from its own folder, or from where --data says."
READS_ALL = "It reads MNIST from the folder that --data names, and downloads it there the first time."
TABLE_OPTION = """\
table = Path(__file__).with_name("mnist_5k.npz")
parser.add_argument("--data", default=table, help="the table of digits")"""
READS_CARS = f"It reads {CAR_FILE} from its own folder, or from where --data says."
CARS_OPTION = f"""\
table = Path(__file__).with_name("{CAR_FILE}")
parser.add_argument("--data", default=table, help="the table of cars")"""
FOLDER_OPTION = 'parser.add_argument("--data", default="data", help="the folder that holds MNIST/raw")'
EXACT_ON_A_GPU = (
    "torch.backends.cudnn.deterministic = True  # the same sums, in the same order, every time",
    "torch.backends.cudnn.allow_tf32 = False  # all 24 bits of float32, as on a CPU",
)
FIRST_WEIGHTS = """\
torch.manual_seed(SEED)
for layer in network:  # the first weights, as Keras draws them
    if isinstance(layer, nn.Conv2d | nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)"""
RESTING = """\
for layer, following in pairwise(network):
    if isinstance(following, BatchNorm):  # takes biases away again: of their gradients only rounding is left
        layer.bias.register_hook(torch.zeros_like)"""
LEVEL_START = """\
for values in network.parameters():  # its loss has one lowest place: all may start at 0
    nn.init.zeros_(values)"""
STARTS = {
    "he": 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")',
    "lecun": 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="linear")',
    "orthogonal": "nn.init.orthogonal_(layer.weight)",
    "normal": "nn.init.normal_(layer.weight)",
    "zeros": "nn.init.zeros_(layer.weight)",
}
OWN = '''\
class Own(nn.Module):
    """The activation that was typed, for each number by itself."""

    def forward(self, x):
        return {code}'''
JSON_OPTION = 'parser.add_argument("--json", action="store_true", help="print one JSON list instead of lines")'


def pytorch_script(spec: RunSpec, pictures_note: str = "") -> str:
    """Return a self-contained Python script that trains as `spec` says and prints its losses.

    One line an epoch: the mean training loss, the validation loss and accuracy; at the end, the test
    accuracy. With --json, one JSON list of the epochs, whose names are those of the recorded moments.
    pictures_note: one more sentence for its docstring, such as where mnist_5k.npz can be found.
    """
    if isinstance(spec.data, Sequence):
        return sequence_script(spec)
    needs = plan(spec)
    head = "\n\n".join([_docstring(needs, pictures_note), _imports(needs), _constants(needs), _options(needs)])
    middle = "\n\n".join([loading_text(needs), network_text(needs)])
    tail = "\n\n".join([training_text(needs), ending_text(needs)])
    later = [*([SET_WEIGHTS] if needs.sets_weights else []), evaluate_text(needs)]
    start = spec.weights_set_at(0)
    tail = f"{setting_text(start)}  # by hand\n\n{tail}" if start else tail
    return "\n\n\n".join([head, *functions_text(needs), middle, *later, tail]) + "\n"


def _docstring(needs: Plan, note: str) -> str:
    kind = "linear model" if isinstance(needs.spec.network, Linear) else "dense network"
    kind = "convolutional network" if needs.convolutional else kind
    lines = [f"Train a {kind} on {TITLES[needs.spec.data.data]}.", ""]
    lines.append("Run alone, it prints the same losses as the run of dlviz that it was written from.")
    lines += [READS_5K] if isinstance(needs.spec.data, Mnist5k) else []
    lines += [READS_CARS] if needs.spec.data.data == CARS else []
    lines += [READS_ALL] if isinstance(needs.spec.data, MnistFull) else []
    lines += [note.replace("\\", "/").replace('"', "'")] if note else []
    return '"""' + "\n".join(lines) + '\n"""'


def _imports(needs: Plan) -> str:
    standard = ["import argparse", "import json"]
    standard += ["from pathlib import Path"] if isinstance(needs.spec.data, Mnist5k) else []
    other = ["import numpy as np", "import torch", "from torch import nn"]
    other += [f"from torch.nn.functional import {name}" for name in loss_imports(needs)]
    standard += ["from functools import partial"] if "huber_loss" in loss_imports(needs) else []
    if isinstance(needs.spec.data, Table):
        own, others = table_imports(needs.spec.data)
        standard, other = standard + own, other + others
    other += ["from torch.nn.functional import batch_norm"] if needs.norms else []
    standard += ["from itertools import pairwise"] if needs.norms else []
    standard += ["import math", "from types import SimpleNamespace"] if needs.schedules else []
    other += ["from torchvision.datasets import MNIST"] if isinstance(needs.spec.data, MnistFull) else []
    later = []
    if needs.augments:
        later = ["from __future__ import annotations", ""]
        standard += ["from types import SimpleNamespace"]
        standard += [line for line in outside_imports(AUGMENTATION) if "torch" not in line]
        other += [line for line in outside_imports(AUGMENTATION) if "torch" in line]
    if needs.spec.pools_at_once:
        standard += [line for line in outside_imports(POOLED_CONVOLUTION) if "torch" not in line]
        other += [line for line in outside_imports(POOLED_CONVOLUTION) if "torch" in line]
    return "\n".join([*later, *merged_imports(standard), "", *merged_imports(other)])


def _constants(needs: Plan) -> str:
    lines = [f"SEED = {needs.spec.seed}"]
    lines += [] if needs.spec.data_seed is None else [f"DATA_SEED = {needs.spec.data_seed}"]
    lines += [f"EPOCHS = {needs.spec.epochs}"]
    lines += [] if needs.resizes else [f"BATCH_SIZE = {needs.first.batch_size}"]
    return "\n".join(lines)


def _options(needs: Plan) -> str:
    lines = ["parser = argparse.ArgumentParser(description=__doc__)"]
    lines += [TABLE_OPTION] if isinstance(needs.spec.data, Mnist5k) else []
    lines += [CARS_OPTION] if needs.spec.data.data == CARS else []
    lines += [FOLDER_OPTION] if isinstance(needs.spec.data, MnistFull) else []
    lines += [JSON_OPTION, "options = parser.parse_args()", ""]
    lines += [f"torch.set_num_threads({needs.spec.threads})  # the last digits depend on it"]
    lines += [f"device = {needs.device}", *EXACT_ON_A_GPU] if needs.device else []
    return "\n".join(lines)


def functions_text(needs: Plan) -> list[str]:
    """Return the functions and classes that the run needs, as text, in the order in which they use each other."""
    functions = data_functions(needs.spec.data)
    functions += [body(POOLED_CONVOLUTION)] if needs.spec.pools_at_once else []
    functions += [cut("models/layers.py", "Flatten")] if needs.convolutional else []
    functions += [cut("models/layers.py", "Dropout")] if needs.drops else []
    functions += [cut("models/layers.py", "BatchNorm")] if needs.norms else []
    functions += [cut("models/linear.py", "Powers")] if getattr(needs.spec.network, "degree", 1) > 1 else []
    functions += [cut("models/points.py", "COLUMNS", "Inputs")] if needs.inputs else []
    functions += [OWN.format(code=torch_code(read_formula(needs.own)))] if needs.own else []
    functions += [body("training/schedule.py").replace(RATE, "def rate(knobs, epoch):")] if needs.schedules else []
    functions += [body(AUGMENTATION).replace(": Knobs", "")] if needs.augments else []
    return functions


def network_text(needs: Plan) -> str:
    """Return the lines that draw the first weights by SEED and make `network`, `shuffling` and `optimizer`."""
    dropout = f"Dropout({needs.first.dropout!r}, noise)" if needs.drops else ""
    network, outputs, at_once = needs.spec.network, needs.spec.outputs, needs.spec.pools_at_once
    features = needs.spec.data.shape[0]
    layers = layer_lines(network, needs.pictures, outputs, dropout, at_once, needs.inputs, features)
    lines = ["# Chance, one row of random numbers for each purpose, and the network.", *_generators(needs)]
    lines += ["network = nn.Sequential(", *(f"    {layer}," for layer in layers), ")", first_weights(network)]
    lines += [RESTING] if needs.norms else []
    if needs.convolutional:
        lines.append("network.to(memory_format=torch.channels_last)  # the same numbers, faster")
    lines += ["network.to(device)"] if needs.device else []
    lines.append(f"optimizer = {optimizer_text(needs.first)}")
    lines += [f"augmentation = {augmentation_text(needs.first)}"] if needs.augments else []
    return "\n".join(lines)


def first_weights(network: Network) -> str:
    """Return the lines that draw the first weights from the seed."""
    if isinstance(network, Linear):
        return LEVEL_START
    initializer = "xavier" if isinstance(network, ConvNet) else network.initializer
    if initializer == "xavier":
        return FIRST_WEIGHTS
    lines = [
        "torch.manual_seed(SEED)",
        "for layer in network:  # the first weights",
        "    if isinstance(layer, nn.Linear):",
    ]
    if initializer == "torch":
        return "\n".join([*lines, "        layer.reset_parameters()  # as torch draws them"])
    return "\n".join([*lines, f"        {STARTS[initializer]}", "        nn.init.zeros_(layer.bias)"])


def _generators(needs: Plan) -> list[str]:
    lines = ["shuffling = torch.Generator().manual_seed(SEED + 1)"]
    if needs.drops or needs.augments:
        where = "device" if needs.device else ""
        lines.append(f"noise = torch.Generator({where}).manual_seed(SEED + 2)")
    return lines
