"""The script of the page, run alone, prints the numbers of the page to 1e-6."""

import ast
import subprocess
import sys

import numpy as np
import pytest

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.script import Parts, pytorch_script
from dlviz.concepts.forward_loss.spec import LOSSES, USUAL_RUN, Judging, Subject, View
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.spec import Mlp, Plane

HILLS = USUAL_RUN.model_copy(update={"data": Plane(data="hills"), "network": Mlp(hidden=(3,), activation="gelu")})
TYPED = USUAL_RUN.model_copy(update={"network": Mlp(hidden=(3,), activation="own", own="x * sigmoid(2 * x) + 0.1")})
VIEWS = [
    View(subject=Subject(source="yours", run=TYPED)),
    View(),
    View(subject=Subject(source="loan", bend="tanh"), judging=Judging(fed="scores", delta=0.3)),
    View(subject=Subject(source="digit"), judging=Judging(smoothing=0.3, gamma=1), changed="x3=0.5,w1.2.1=-2,b2.10=1"),
    View(subject=Subject(source="yours", run=HILLS)),
]


def networks(run, step):
    return build_for(run).eval(), load(run.data, run.seed)


def printed(script: str) -> dict[str, list]:
    """Return what the script prints when it is run alone: what a line is about → its numbers."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = {}
    for line in done.stdout.splitlines():
        name, bracket, rest = line.partition("[")
        about = name.split()
        words = [word for word in about if not _is_number(word)]
        numbers = [float(word) for word in about if _is_number(word) and about[0] == "loss"]
        key = line.split("[")[0].strip() if about[0] == "layer" else " ".join(words)
        rows[key] = [*numbers, *ast.literal_eval(f"[{(bracket + rest).replace('] [', '], [')}]")]
    return rows


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("view", VIEWS)
def test_the_script_prints_the_numbers_of_the_page(view: View) -> None:
    found = compute.anatomy(networks, view.subject, view.changed)
    judged = compute.judgement(networks, view.subject, view.changed, view.judging)
    layers = tuple((layer.weights.tolist(), layer.biases.tolist(), layer.activation) for layer in found.layers)
    rows = printed(pytorch_script(view, Parts(found.inputs.tolist(), layers, found.targets.tolist())))
    for place, layer in enumerate(found.layers, 1):
        sums, outputs = rows[f"layer {place}"]
        assert sums == pytest.approx(layer.sums[0], abs=1e-6)
        assert outputs == pytest.approx(layer.outputs[0], abs=1e-6)
    assert rows["answers"][0] == pytest.approx(found.answers[0], abs=1e-6)
    known = [name for name, value in zip(LOSSES, judged.values, strict=True) if np.isfinite(value)]
    assert {name.removeprefix("loss ") for name in rows if name.startswith("loss")} == set(known)
    for name in known:
        value, slopes = rows[f"loss {name}"]
        assert value == pytest.approx(judged.values[LOSSES.index(name)], abs=1e-6)
        assert slopes == pytest.approx(judged.gradients[LOSSES.index(name)], abs=1e-6)
    if view.subject.head != "identity":
        assert rows["p - y"][0] == pytest.approx(found.answers[0] - found.targets[0], abs=1e-6)
