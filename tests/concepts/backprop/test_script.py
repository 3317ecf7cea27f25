"""The script, run alone, prints the page's numbers."""

import contextlib
import io
import subprocess
import sys
from collections.abc import Iterator

import pytest
import torch

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.recording import Lesson
from dlviz.concepts.backprop.script import page_script
from dlviz.concepts.backprop.spec import MICROGRAD, Question

FUNCTIONS = "x = 0.7\ny = 2\nL = exp(-x) + max(x, 1) * softplus(y) - sqrt(2) / erf(x + 1)^2 + abs(min(y, 3)) + x^y"
ODD = "lambda = 2\ntorch = lambda * p\nk = 2 * 3\nlambda = 4\nL = relu(k) * lambda - torch"
QUESTIONS = {
    "the first": Question(),
    "micrograd": Question(program=MICROGRAD, learning_rate=1e-6),
    "functions": Question(program=FUNCTIONS),
    "odd names": Question(program=ODD, updates=5),
    "free": Question(program="a * b + sin(a)", updates=3),
    "neuron": Question(scene="neuron", inputs=3, activation="sigmoid", penalty="hinge", values="w1=2,x2=0.5"),
    "linear": Question(scene="neuron", activation="identity", penalty="logistic", learning_rate=0.1),
    "mlp": Question(scene="mlp"),
    "batch": Question(scene="mlp", hidden=(4, 2), activation="relu", batch=4, data="xor", sample=9, seed=3),
    "rnn": Question(scene="rnn", learning_rate=0.1),
    "memory": Question(scene="rnn", memory=2, times=6, values="w12=0.25"),
}


@pytest.fixture
def single() -> Iterator[None]:
    """Give torch its own precision back after the test."""
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


def printed(text: str) -> list[tuple[float, dict[str, float]]]:
    """Return the output and the gradients by name that each line says."""
    rows = []
    for line in text.splitlines():
        _, loss, *slopes = line.split()
        pairs = [one.split("=") for one in slopes]
        rows.append((float(loss), {name: float(slope) for name, slope in reversed(pairs)}))
    return rows


def same(rows: list[tuple[float, dict[str, float]]], found: Lesson) -> None:
    """Assert that the printed numbers are the lesson's."""
    assert len(rows) == len(found.values)
    keys = {place: found.graph.nodes[place].key for place in found.graph.learns if found.graph.nodes[place].key}
    for row, (loss, slopes) in enumerate(rows):
        assert loss == pytest.approx(found.losses[row], rel=1e-6, abs=1e-9)
        for place, key in keys.items():
            assert slopes[key] == pytest.approx(found.gradients[row, place], rel=1e-6, abs=1e-9), key


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_prints_the_losses_and_gradients_of_the_page(name: str, single: None) -> None:
    question = QUESTIONS[name]
    found = lesson(question)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(page_script(question, found), f"{name}.py", "exec"), {"__name__": "__main__"})
    same(printed(out.getvalue()), found)


def test_it_stands_alone() -> None:
    found = lesson(QUESTIONS["rnn"])
    text = page_script(QUESTIONS["rnn"], found)
    done = subprocess.run([sys.executable, "-W", "error", "-c", text], capture_output=True, text=True, check=True)
    same(printed(done.stdout), found)


def test_a_planted_bug_is_not_in_it() -> None:
    question = Question(scene="rnn")
    broken = question.model_copy(update={"bug": "overwrite"})
    assert page_script(broken, lesson(broken)) == page_script(question, lesson(question))
