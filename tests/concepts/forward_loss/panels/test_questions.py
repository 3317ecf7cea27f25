"""Questions from the numbers on screen: wrong answers come of real slips and never look like the right one."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlviz.concepts.forward_loss.panels import questions
from dlviz.concepts.forward_loss.panels.questions import BENDS, said
from dlviz.concepts.forward_loss.recording import Anatomy, Layer
from dlviz.words.forward_loss import WORDS


def network(seed: int, sizes: tuple[int, ...], head: str, activation: str, size: float) -> Anatomy:
    """Return a network of random numbers and one example in it."""
    chance = np.random.default_rng(seed)
    inputs = rows = chance.normal(0, size, (1, sizes[0]))
    layers = []
    for place, (before, after) in enumerate(itertools.pairwise(sizes)):
        name = "identity" if place == len(sizes) - 2 else activation
        weights, biases = chance.normal(0, size, (after, before)), chance.normal(0, size, after)
        sums = rows @ weights.T + biases
        rows = np.vectorize(BENDS[name])(sums)
        layers.append(Layer(weights, biases, sums, rows, name))
    z = rows[0]
    p = (
        np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        if head == "softmax"
        else 1 / (1 + np.exp(-z))
        if head == "sigmoid"
        else z
    )
    y = np.eye(len(z))[0] if head == "softmax" else np.array([1.0])
    loss = (z[0] - 1) ** 2 if head == "identity" else -math.log(max(p[0], 1e-300))
    nothing = np.zeros(1)
    return Anatomy(
        inputs, tuple(layers), p[None], y[None], np.array([loss]), (p - y)[None], inputs, nothing, nothing, nothing,
        None, 0, 1, 1.0, loss, np.zeros(0, int),
    )  # fmt: skip


networks = st.builds(
    network,
    st.integers(0, 10_000),
    st.sampled_from([(4, 3, 3), (2, 4, 2, 2), (3, 5)]),
    st.just("softmax"),
    st.sampled_from(sorted(BENDS)),
    st.sampled_from([0.01, 1.0, 5.0]),
) | st.builds(
    network,
    st.integers(0, 10_000),
    st.just((4, 3, 1)),
    st.sampled_from(["sigmoid", "identity"]),
    st.just("relu"),
    st.just(1.0),
)


def head_of(found: Anatomy) -> str:
    """Return what turns the network's scores into its answers."""
    if len(found.answers[0]) > 1:
        return "softmax"
    return "identity" if found.answers[0, 0] == found.layers[-1].outputs[0, 0] else "sigmoid"


@given(networks, st.integers(0, 9999))
def test_wrong_answers_are_distinct_from_the_truth_and_from_each_other(found: Anatomy, number: int) -> None:
    head = head_of(found)
    asked = questions.question(found, head, number)
    if asked is None:
        return
    shown = [said(option.value) for option in asked.options]
    assert 3 <= len(shown) == len(set(shown)) <= 4
    assert [option.slip for option in asked.options].count("") == 1
    assert all(f"slip.{option.slip}" in WORDS for option in asked.options if option.slip)
    assert questions.question(found, head, number) == asked


@given(networks, st.integers(0, 9999))
def test_the_right_answer_is_the_number_of_the_network(found: Anatomy, number: int) -> None:
    head = head_of(found)
    asked = questions.question(found, head, number)
    if asked is None:
        return
    value = {
        "output": lambda: found.layers[asked.layer].outputs[0, asked.unit],
        "score": lambda: found.layers[-1].outputs[0, asked.unit],
        "answer": lambda: found.answers[0, asked.unit],
        "loss": lambda: found.losses[0],
    }[asked.kind]()
    assert asked.options[asked.right].value == value


def test_slips_of_a_sum_are_what_they_are_called() -> None:
    found = network(3, (3, 2, 2), "softmax", "tanh", 1.0)
    slips = {option.slip: option.value for option in questions._of_sum(found, 0, 1)}
    layer, x = found.layers[0], found.inputs[0]
    terms, bias = layer.weights[1] * x, layer.biases[1]
    biggest, second = np.argsort(-np.abs(terms))[:2]
    assert slips["bias"] == pytest.approx(math.tanh(terms.sum()))
    assert slips["bias_sign"] == pytest.approx(math.tanh(terms.sum() - bias))
    assert slips["activation"] == pytest.approx(terms.sum() + bias)
    assert slips["sign"] == pytest.approx(math.tanh(np.where(np.arange(3) == biggest, -terms, terms).sum() + bias))
    assert slips["input"] == pytest.approx(math.tanh(np.delete(terms, second).sum() + bias))


def test_all_kinds_are_asked_and_numbers_that_are_all_alike_allow_no_question() -> None:
    found = network(1, (4, 3, 3), "softmax", "relu", 1.0)
    assert {questions.question(found, "softmax", number).kind for number in range(60)} == {
        "output",
        "score",
        "answer",
        "loss",
    }
    nothing = network(1, (4, 3), "softmax", "relu", 0.0)
    asked = questions.question(nothing, "softmax", 0)
    assert asked is None or len({said(option.value) for option in asked.options}) >= 3


def test_the_sum_is_written_out_with_its_largest_terms() -> None:
    found = network(2, (9, 2, 2), "softmax", "relu", 1.0)
    asked = questions.Question("output", 0, 1, ())
    text = questions.written(found, asked)
    assert text.count("×") == 6
    assert "…" in text
    assert text.endswith(said(found.layers[0].sums[0, 1]))
    assert (said(-0.5), said(1e-5), said(1234.5)) == ("−0.5", "0", "1.23e+03")
