"""The graphs of networks hold what a network is made of, and their groups are its units."""

from itertools import pairwise

import pytest

from dlviz.concepts.backprop.compute import graph_of
from dlviz.concepts.backprop.graph.networks import neuron_graph, perceptron_graph, recurrent_graph
from dlviz.concepts.backprop.spec import Question

POINTS = ((0.5, -1.0, 1.0), (0.25, 0.75, -1.0), (-1.0, 0.5, 1.0))


@pytest.mark.parametrize("count", [1, 4])
def test_a_neuron_has_a_weight_for_each_input_and_a_bias(count: int) -> None:
    graph = neuron_graph(Question(scene="neuron", inputs=count))
    assert sum(node.kind == "weight" for node in graph.nodes) == count + 1
    assert sum(node.operation == "multiply" for node in graph.nodes) == count
    assert graph.nodes[-1].name == "L"


@pytest.mark.parametrize("hidden", [(1,), (3,), (4, 2)])
@pytest.mark.parametrize("examples", [POINTS[:1], POINTS])
def test_a_perceptron_has_the_parameters_of_its_layers_once(hidden: tuple[int, ...], examples: tuple) -> None:
    graph = perceptron_graph(Question(scene="mlp", hidden=hidden), examples)
    sizes = (2, *hidden, 1)
    wanted = sum((before + 1) * after for before, after in pairwise(sizes))
    assert len(graph.learns) == wanted
    keys = [graph.nodes[place].key for place in graph.learns]
    assert len(set(keys)) == wanted
    units = [group for group in graph.groups if group.what == "unit"]
    assert len(units) == len(examples) * (sum(hidden) + 1)
    assert sum(group.what == "sample" for group in graph.groups) == (len(examples) if len(examples) > 1 else 0)


@pytest.mark.parametrize(("times", "memory"), [(2, 1), (6, 1), (4, 2)])
def test_a_recurrent_network_uses_the_same_weights_at_each_step(times: int, memory: int) -> None:
    graph = recurrent_graph(Question(scene="rnn", times=times, memory=memory))
    assert len(graph.learns) == memory * (1 + memory + 1 + 1) + 1
    uses = [sum(parent == place for parent, _ in graph.edges) for place in graph.learns]
    assert max(uses) == times
    assert sum(node.operation == "tanh" for node in graph.nodes) == times * memory


@pytest.mark.parametrize("scene", ["expression", "neuron", "mlp", "rnn"])
@pytest.mark.parametrize("batch", [1, 3])
def test_only_a_groups_exit_is_used_outside_of_it(scene: str, batch: int) -> None:
    graph = graph_of(Question(scene=scene, batch=batch))

    def chain(group: int) -> list[int]:
        return [group, *chain(graph.groups[group].inside)] if group >= 0 else []

    for parent, child in graph.edges:
        assert parent < child
        for group in set(chain(graph.nodes[parent].group)) - set(chain(graph.nodes[child].group)):
            assert graph.groups[group].exit == parent


@pytest.mark.parametrize("penalty", ["squared", "logistic", "hinge"])
def test_every_loss_ends_in_the_loss(penalty: str) -> None:
    assert neuron_graph(Question(scene="neuron", penalty=penalty)).nodes[-1].name == "L"
