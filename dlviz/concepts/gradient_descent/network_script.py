"""The PyTorch of the real network: a script of its own that trains it twice and looks at what came of it.

It prints the losses of both runs, how sharply the training loss bends while they learn, and the losses of the networks
on the straight line between two solutions.
"""

from __future__ import annotations

from textwrap import indent

from dlviz.concepts.gradient_descent.spec import Real
from dlviz.export.data_text import TITLES, loading_text
from dlviz.export.fault_text import evaluate_text, fault_text, loss_imports, loss_text
from dlviz.export.knobs_text import KINDS, optimizer_text, pace_text
from dlviz.export.loop_text import training_text
from dlviz.export.plan import Plan, plan
from dlviz.export.script import CARS_OPTION, READS_CARS, functions_text, network_text
from dlviz.export.source import cut, merged_imports
from dlviz.export.table_text import CARS, table_imports
from dlviz.spec import Linear, RunSpec, Table

LOOKS = 10  # times that the sharpness is measured while a run learns, about
SHARPNESS = ("Bend", "TOLERANCE", "ROUNDS", "Eigenvalues", "hessian_at", "largest", "_symmetric", "_upright")
ENDS = {"ends": "ends", "first": "(starts[0], ends[0])", "second": "(starts[1], ends[1])"}
STANDARD = (
    "import argparse",
    "import json",
    "from collections.abc import Callable",
    "from copy import deepcopy",
    "from functools import partial",
    "from typing import NamedTuple",
)
OTHERS = (
    "import numpy as np",
    "import torch",
    "from torch import Tensor, nn",
    "from torch.func import functional_call, grad, vmap",
)

HEAD = '''\
"""Train a {kind} on {title} twice, and look at both solutions.

Run alone, it prints the same losses, sharpnesses and heights between the two as the page of dlviz that it was written
from.{reads}
"""

from __future__ import annotations

{imports}

DATA_SEED = {seed}
EPOCHS = {epochs}
LOOK = {look}  # epochs between two looks at the sharpness
RUNS = [  # name, seed of the first weights and of the order, batch size, optimizer{paced}
{runs}
]

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines"){option}
options = parser.parse_args()

torch.set_num_threads({threads})  # the last digits depend on it'''

LOOKING = '''\
def all_weights():
    """Return all weights of the network as one row (D,)."""
    return nn.utils.parameters_to_vector(network.parameters()).detach().clone()


def sharpness():
    """Return the three largest eigenvalues of the training loss's Hessian where the network stands, in float64."""
    twin, (inputs, labels) = deepcopy(network).double().eval(), train
    shapes = {{name: values.shape for name, values in twin.named_parameters()}}

    def loss_of(flat):
        parts = flat.split([shape.numel() for shape in shapes.values()])
        values = {{name: part.view(shape) for part, (name, shape) in zip(parts, shapes.items(), strict=True)}}
        scores = functional_call(twin, values, (inputs.double(),))
        return {loss}

    row = all_weights().double()[None]
    return largest(hessian_at(loss_of, row), row.shape, 3).values[0].tolist()


def look(epoch):
    """Measure the sharpness after so many epochs, print it, and return both."""
    found = sharpness()
    if not options.json:
        print(f"epoch {{epoch}}: sharpness", *(f"{{value:.9g}}" for value in found))
    return [epoch, *found]'''

BEFORE = """\
print(name) if not options.json else None
starts.append(all_weights())
looks = [look(0)]"""

AFTER = """\
    if epoch % LOOK == 0 or epoch == EPOCHS:
        looks.append(look(epoch))
ends.append(all_weights())
runs.append({"name": name, "epochs": history, "sharpness": looks})"""

LINE = """\
# The straight line: every weight is a mixture of two solutions. Nobody trained these networks.
first, second = {ends}
line = []
for place in range(61):
    share = (place - 10) / 40  # 0 is the first, 1 the second
    mixture = (1 - share) * first.double() + share * second.double()
    nn.utils.vector_to_parameters(mixture.float(), network.parameters())
    line.append([share, *evaluate(*train){also}])
    if not options.json:
        print(f"at {{share:.3f}} of the way:", *(f"{{value:.9g}}" for value in line[-1][1:]))
if options.json:
    print(json.dumps({{"runs": runs, "line": line}}))"""


def pytorch_script(given: Real) -> str:
    """Return the script of both runs, from the first step to the last, and of the line that is chosen on the page.

    It trains on the processor. With --json it prints one object: of each of the `runs` its `epochs`, named as recorded
    moments are, and its `sharpness` [[epoch, λ₁, λ₂, λ₃], …]; and the `line` [[share, loss and score on the training
    points, and both on the validation points, if there are any], …].
    """
    runs = tuple(run.model_copy(update={"device": "cpu"}) for run in given.runs)
    first = plan(runs[0].model_copy(update={"data_seed": runs[0].seed_of_data}))
    functions = [*functions_text(first), cut("probes/sharpness.py", *SHARPNESS)]
    parts = [_head(first, runs), *functions, loading_text(first), evaluate_text(first), _looking(first)]
    also = ", *evaluate(*validation)" if first.validates else ""
    line = LINE.format(ends=ENDS[given.between], also=also)
    return "\n\n\n".join([*parts, f"{_training(first)}\n\n{line}"]) + "\n"


def _head(first: Plan, runs: tuple[RunSpec, RunSpec]) -> str:
    spec = first.spec
    return HEAD.format(
        kind="linear model" if isinstance(spec.network, Linear) else "dense network",
        title=TITLES[spec.data.data],
        reads=f"\n{READS_CARS}" if spec.data.data == CARS else "",
        option=f"\n{CARS_OPTION}" if spec.data.data == CARS else "",
        imports=_imports(first),
        seed=spec.data_seed,
        epochs=spec.epochs,
        look=max(1, spec.epochs // LOOKS),
        paced=", and what its learning rate follows" if first.schedules else "",
        runs="\n".join(_run(place, run, first) for place, run in enumerate(runs, 1)),
        threads=spec.threads,
    )


def _imports(needs: Plan) -> str:
    standard = [*STANDARD, *(["import math", "from types import SimpleNamespace"] if needs.schedules else [])]
    others = [*OTHERS, *(f"from torch.nn.functional import {name}" for name in loss_imports(needs))]
    if isinstance(needs.spec.data, Table):
        own, more = table_imports(needs.spec.data)
        standard, others = standard + own, others + more
    return "\n".join([*merged_imports(standard), "", *merged_imports(others)])


def _run(place: int, run: RunSpec, first: Plan) -> str:
    """Return the row of a run; the optimizer is made when its network is there."""
    knobs = run.knobs
    title = f"{place}. {KINDS[knobs.optimizer]}, learning rate {knobs.learning_rate!r}"
    parts = [repr(title), f"{run.seed}", f"{knobs.batch_size}", f"lambda: {optimizer_text(knobs)}"]
    parts += [pace_text(knobs)] if first.schedules else []
    row = indent(",\n".join(parts), " " * 8)
    return f"    (\n{row},\n    ),"


def _looking(needs: Plan) -> str:
    return LOOKING.format(loss=loss_text(needs, "labels", "double"))


def _training(needs: Plan) -> str:
    """Return the loop over both runs; what is different about them is in its own head."""
    network = network_text(needs).replace(optimizer_text(needs.first), "build()")
    training = training_text(needs)
    fault = f"{fault_text(needs.first)}\n" if needs.faults else ""  # already for the first look
    for once in (f"pace = {pace_text(needs.first)}\n", fault):
        training = training.replace(once, "")
    names = "name, SEED, BATCH_SIZE, build" + (", pace" if needs.schedules else "")
    inside = "\n".join([network, BEFORE, training, AFTER])
    return f"{fault}starts, ends, runs = [], [], []\nfor {names} in RUNS:\n{indent(inside, '    ')}"
