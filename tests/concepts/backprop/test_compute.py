"""The page's numbers are micrograd's, torch's and the mathematics', before every update."""

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.concepts.backprop.compute import FEWEST, MOST_NUMBERS, autograd, examples, graph_of, lesson
from dlviz.concepts.backprop.recording import Lesson, agree
from dlviz.concepts.backprop.spec import MICROGRAD, Question, values_text

SCENES = {
    "expression": Question(),
    "neuron": Question(scene="neuron", inputs=3, learning_rate=0.1),
    "mlp": Question(scene="mlp", hidden=(3, 2), batch=3, learning_rate=0.1),
    "rnn": Question(scene="rnn", times=5, memory=2, learning_rate=0.1),
}


def by_name(found: Lesson, row: int = 0) -> dict[str, float]:
    """Return the gradients of a moment, by the names that a link has for the numbers."""
    keys = [node.key for node in found.graph.nodes]
    return {key: float(found.gradients[row, place]) for place, key in enumerate(keys) if key}


def test_micrograds_example_has_the_numbers_of_its_readme() -> None:
    found = lesson(Question(program=MICROGRAD, learning_rate=1e-6))
    assert f"{found.losses[0]:.4f}" == "24.7041"
    gradients = by_name(found)
    assert (f"{gradients['a']:.4f}", f"{gradients['b']:.4f}") == ("138.8338", "645.5773")
    assert agree(found).all()


def test_the_first_program_by_hand() -> None:
    found = lesson(Question(program="a = 2\nb = -3\nc = 10\nd = a * b + c\nL = (d - a)^2", learning_rate=0.01))
    assert found.losses[0] == 4
    assert by_name(found) == {"a": 2 * 2 * (-3 - 1), "b": 2 * 2 * 2, "c": 4}
    assert found.values[1, :3] == pytest.approx([2.16, -3.08, 9.96])


@pytest.mark.parametrize("scene", SCENES)
def test_three_ways_agree_before_every_update(scene: str) -> None:
    found = lesson(SCENES[scene])
    assert agree(found).all()
    assert np.abs(found.gradients - found.autograd).max() < 1e-9
    assert found.values.shape == (41, len(found.graph.nodes))
    assert found.locals.shape == (41, len(found.graph.edges))
    assert not found.broken.any()


@pytest.mark.parametrize("scene", ["neuron", "mlp", "rnn"])
def test_networks_learn(scene: str) -> None:
    losses = lesson(SCENES[scene]).losses
    assert losses[-1] < 0.7 * losses[0]
    updates = lesson(SCENES[scene])
    learns = updates.graph.learns
    steps = np.diff(updates.values[:, learns], axis=0)
    assert steps == pytest.approx(-0.1 * updates.gradients[:-1, learns], abs=1e-12)


def test_a_perceptrons_gradients_are_those_of_a_module() -> None:
    question = SCENES["mlp"]
    found = lesson(question)
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 1)).double()
    order = [f"w{j}{i}" for j in (1, 2, 3) for i in (1, 2)] + ["b1", "b2", "b3"]
    order += [f"u{j}{i}" for j in (1, 2) for i in (1, 2, 3)] + ["c1", "c2", "v1", "v2", "d"]
    start = {node.key: found.values[0, place] for place, node in enumerate(found.graph.nodes) if node.key}
    nn.utils.vector_to_parameters(torch.tensor([start[name] for name in order]), net.parameters())
    data = torch.tensor(examples(question))
    ((net(data[:, :2]).squeeze(1) - data[:, 2]) ** 2).mean().backward()
    theirs = torch.cat([weight.grad.flatten() for weight in net.parameters()])
    gradients = by_name(found)
    assert [gradients[name] for name in order] == pytest.approx(theirs.tolist(), abs=1e-12)


@pytest.mark.parametrize("memory", [1, 2])
def test_a_recurrent_networks_gradients_are_those_of_torchs(memory: int) -> None:
    question = Question(scene="rnn", times=6, memory=memory)
    found = lesson(question)
    start = {node.key: found.values[0, place] for place, node in enumerate(found.graph.nodes) if node.key}
    numbers = [""] if memory == 1 else ["1", "2"]
    rnn, answer = nn.RNN(1, memory, batch_first=True).double(), nn.Linear(memory, 1).double()
    order = [[f"u{j}" for j in numbers], [f"w{j}{i}" for j in numbers for i in numbers], [f"b{j}" for j in numbers]]
    order += [[f"v{j}" for j in numbers], ["c"]]
    with torch.no_grad():
        rnn.bias_hh_l0.zero_()
        theirs = [rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, answer.weight, answer.bias]
        for weight, names in zip(theirs, order, strict=True):
            weight.copy_(torch.tensor([start[name] for name in names]).reshape(weight.shape))
    reads = torch.tensor([[[start[f"x{k}"]] for k in range(1, 7)]], dtype=torch.float64)
    loss = (answer(rnn(reads)[0][:, -1]) - start["t"]) ** 2
    loss.sum().backward()
    gradients = by_name(found)
    for weight, names in zip(theirs, order, strict=True):
        assert [gradients[name] for name in names] == pytest.approx(weight.grad.flatten().tolist(), abs=1e-12)
    assert found.losses[0] == pytest.approx(loss.item())


@pytest.mark.parametrize("bug", ["overwrite", "chain", "product", "power", "tanh"])
@pytest.mark.parametrize("scene", ["mlp", "rnn"])
def test_a_planted_bug_turns_rows_red_and_the_truth_stays(scene: str, bug: str) -> None:
    found = lesson(SCENES[scene].model_copy(update={"bug": bug}))
    good = agree(found)[0]
    assert not good.all()
    assert good[-1]  # the output's own gradient is 1 in any case
    assert found.broken.any()
    sound = lesson(SCENES[scene])
    assert found.autograd[0] == pytest.approx(sound.autograd[0])
    assert found.differences[0] == pytest.approx(sound.differences[0])


def test_numbers_set_by_hand_are_where_it_begins() -> None:
    found = lesson(Question(scene="neuron", values=values_text({"w1": 0.25, "t": -1, "nobody": 5})))
    start = {node.key: found.values[0, place] for place, node in enumerate(found.graph.nodes) if node.key}
    assert (start["w1"], start["t"], start["w2"]) == (0.25, -1, 1.0)


def test_large_graphs_are_followed_over_fewer_updates() -> None:
    found = lesson(Question(scene="mlp", hidden=(4, 4), batch=6, updates=100))
    numbers = found.values.size * 4 + found.locals.size
    assert FEWEST < len(found.values) < 101
    assert numbers < 1.1 * MOST_NUMBERS


def test_steps_that_are_too_large_end_where_numbers_are_no_longer_finite() -> None:
    found = lesson(Question(program="a = 3\nL = a^4", learning_rate=10))
    assert found.diverged_at is not None
    assert len(found.values) == found.diverged_at <= 40
    assert np.isfinite(found.values).all()


def test_where_a_function_is_not_defined_there_are_no_numbers() -> None:
    found = lesson(Question(program="a = -1\nL = log(a) + a"))
    assert len(found.values) == 1
    assert np.isnan(found.losses[0])


def test_autograd_is_asked_for_all_moments_at_once() -> None:
    graph = graph_of(Question(program="a = 3\nb = 2\nL = a * b"))
    assert autograd(graph, np.array([[3.0, 2.0, 6.0], [5.0, 4.0, 20.0]]))[:, :2].tolist() == [[2, 3], [4, 5]]


def test_the_same_question_gives_the_same_bits() -> None:
    one, other = (lesson(SCENES["mlp"]) for _ in range(2))
    assert one.graph == other.graph
    for name in ("values", "gradients", "locals", "autograd", "differences"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
