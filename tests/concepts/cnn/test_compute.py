"""The questions of the digit lab against the probes and the data asked directly, and answers that can travel."""

import pickle
import pickletools
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest
import torch

from dlviz.concepts.cnn import compute
from dlviz.concepts.cnn.recording import Surgery
from dlviz.data.load import load
from dlviz.models.build import build
from dlviz.probes import projection, saliency, surgery
from dlviz.probes.activations import probabilities, stage_outputs
from dlviz.probes.movement import move
from dlviz.probes.window import cell_arithmetic
from dlviz.spec import ConvBlock, ConvNet, Mlp, RunSpec

SPEC = RunSpec(network=ConvNet(blocks=(ConvBlock(channels=4, stride=2),), dense=(8,)))
DENSE = RunSpec(network=Mlp(hidden=(8,)))
SPLITS = load(SPEC.data, SPEC.seed)
PICTURE = SPLITS.test.inputs[3]
OPERATIONS = Surgery(muted=(("conv1", 1),), edited=(("conv1", 2, tuple(np.linspace(-1, 1, 9).tolist())),))


@pytest.fixture(autouse=True)
def one_thread():
    """Let torch use one thread while a test runs: on busy cores, several wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def networks(spec, step):
    """As the engine's: a network in evaluation mode (every step has another one), and the digits."""
    network = build(spec.network, (1, 28, 28), 10, seed=spec.seed + (step or 0)).eval()
    with torch.no_grad():
        for name, values in network.named_parameters():
            values *= 3 if name.endswith("weight") else 1
    return network, load(spec.data, spec.seed_of_data)


def operated(step=5):
    return surgery.operate(
        networks(SPEC, step)[0], OPERATIONS.muted, {("conv1", 2): np.array(OPERATIONS.edited[0][2]).reshape(1, 3, 3)}
    )


def test_a_digit_is_the_one_of_the_split_and_numbers_go_round():
    found = compute.digit(SPEC, "validation", 7)
    assert np.array_equal(found.picture, SPLITS.validation.inputs[7])
    assert (found.label, found.index) == (SPLITS.validation.labels[7], SPLITS.validation.indices[7])
    assert found.count == len(SPLITS.validation)
    assert np.array_equal(compute.digit(SPEC, "validation", 7 + 3 * found.count).picture, found.picture)


def test_reading_a_picture_operates_on_the_first_reader_only():
    readers = (("one", SPEC, 5), ("two", SPEC, 5), ("three", DENSE, None))
    found = compute.read_picture(networks, PICTURE, readers, OPERATIONS)
    assert np.array_equal(found[0], probabilities(operated(), PICTURE)[0])
    assert np.array_equal(found[1], probabilities(networks(SPEC, 5)[0], PICTURE)[0])
    assert np.array_equal(found[2], probabilities(networks(DENSE, None)[0], PICTURE)[0])
    assert not np.allclose(found[0], found[1], atol=0.01)


class Steps(NamedTuple):
    """Stands in for the steps of drawing.py, whose own tests are elsewhere: only `crop` does anything here."""

    crop: bool = True
    smooth: bool = True


class Prepared(NamedTuple):
    """Stands in for what becomes of a drawing."""

    stages: list
    picture: np.ndarray


@pytest.fixture
def drawing(monkeypatch):
    """Replace drawing.py by a rule that anybody can follow: ink is the first colour, crop takes the corner."""

    def prepare(ink, steps):
        picture = (ink[:28, :28] if steps.crop else ink[-28:, -28:]).astype(np.float32) / 255
        return Prepared([("ink", ink), ("crop", picture)], picture)

    stand_in = SimpleNamespace(Steps=Steps, ink=lambda image: image[..., 0], prepare=prepare)
    monkeypatch.setattr(compute, "drawing", stand_in)


def test_a_drawing_is_prepared_by_the_steps_and_read_by_every_reader(drawing):
    image = np.zeros((40, 40, 4), np.uint8)
    image[:28, :28, 0] = PICTURE
    readers = (("one", SPEC, 5), ("two", DENSE, None))
    found = compute.read_drawing(networks, image, {"crop": True, "smooth": False}, readers, OPERATIONS)
    assert [name for name, _ in found.stages] == ["ink", "crop"]
    assert np.allclose(found.picture * 255, PICTURE)
    assert np.allclose(found.probabilities, compute.read_picture(networks, PICTURE, readers, OPERATIONS), atol=1e-5)
    assert not found.empty
    elsewhere = compute.read_drawing(networks, image, {"crop": False}, readers)
    assert np.allclose(elsewhere.picture * 255, image[-28:, -28:, 0])


def test_an_empty_drawing_is_read_by_nobody(drawing):
    def nobody(spec, step):
        raise AssertionError("an empty drawing needs no network")

    found = compute.read_drawing(nobody, np.zeros((40, 40, 4), np.uint8), {}, (("one", SPEC, 5), ("two", DENSE, 1)))
    assert found.empty
    assert found.probabilities.shape == (2, 10)
    assert not found.probabilities.any() and not found.picture.any()


def test_inside_is_every_stage_that_does_something():
    found, maps = compute.inside(networks, SPEC, 5, PICTURE, OPERATIONS), stage_outputs(operated(), PICTURE)
    assert list(found.stages) == ["conv1", "activation1", "pool1", "dense1", "activation2", "scores"]
    assert all(np.array_equal(values, maps[name][0]) for name, values in found.stages.items())
    assert np.array_equal(found.probabilities, probabilities(operated(), PICTURE)[0])
    assert not found.stages["conv1"][1].any()


def test_a_cell_is_its_arithmetic_in_numbers_and_arrays():
    found = compute.cell(networks, SPEC, 5, PICTURE, "conv1", 2, 4, 6, OPERATIONS)
    expected = vars(cell_arithmetic(operated(), PICTURE, "conv1", 2, 4, 6))
    assert set(found.arrays) == {"window", "kernel", "products", "inside", "places"}
    assert found.numbers == {name: value for name, value in expected.items() if name not in found.arrays}
    assert all(np.array_equal(values, expected[name]) for name, values in found.arrays.items())
    assert np.allclose(found.arrays["kernel"].ravel(), OPERATIONS.edited[0][2])


def test_attributions_are_the_three_maps_for_the_answer_or_the_class_asked_for():
    network = networks(SPEC, 5)[0]
    found, asked = (compute.attributions(networks, SPEC, 5, PICTURE, target) for target in (None, 2))
    assert found.target == probabilities(network, PICTURE)[0].argmax()
    assert asked.target == 2
    assert np.array_equal(asked.saliency, saliency.gradient(network, PICTURE, 2))
    assert np.array_equal(asked.occlusion, saliency.occlusion(network, PICTURE, 2))
    assert np.array_equal(asked.grad_cam, saliency.grad_cam(network, PICTURE, 2))
    assert compute.attributions(networks, DENSE, 5, PICTURE).grad_cam is None


def test_occlusion_is_coarser_where_the_network_is_costly(monkeypatch):
    monkeypatch.setattr(compute, "PATIENCE", 1e6)
    found = compute.attributions(networks, SPEC, 5, PICTURE, 2)
    assert np.array_equal(found.occlusion, saliency.occlusion(networks(SPEC, 5)[0], PICTURE, 2, stride=4))


def test_a_surgery_is_judged_on_both_splits():
    found = compute.surgery(networks, SPEC, 5, OPERATIONS)
    for outcome, part in ((found.validation, SPLITS.validation), (found.test, SPLITS.test)):
        assert outcome.digits == len(part)
        assert outcome.before == surgery.accuracy(networks(SPEC, 5)[0], part.inputs, part.labels)
        assert outcome.after == surgery.accuracy(operated(), part.inputs, part.labels)


def test_importance_is_counted_on_validation_digits_of_the_first_convolution_or_the_stage_asked_for():
    network, part = networks(SPEC, 5)[0], SPLITS.validation
    found = compute.importance(networks, SPEC, 5)
    chosen = np.linspace(0, len(part) - 1, 400).round().astype(int)
    assert (found.stage, found.digits) == ("conv1", 400)
    expected = surgery.importance(network, part.inputs[chosen], part.labels[chosen], "conv1")
    assert np.array_equal(found.drops, expected.accuracy)
    assert np.array_equal(found.certainty, expected.certainty)
    assert compute.importance(networks, SPEC, 5, "dense1").drops.shape == (8,)
    assert compute.importance(networks, DENSE, 5).stage == "dense1"
    with pytest.raises(ValueError, match="no filters"):
        compute.importance(networks, SPEC, 5, "conv7")


def test_the_atlas_places_every_test_digit():
    found, network = compute.atlas(networks, SPEC, 5), networks(SPEC, 5)[0]
    assert np.array_equal(found.pictures, SPLITS.test.inputs[found.numbers])
    assert np.array_equal(found.labels, SPLITS.test.labels[found.numbers])
    assert np.array_equal(found.answers, probabilities(network, found.pictures).argmax(axis=1))
    points, explained = projection.project(projection.hidden_features(network, found.pictures))
    assert np.array_equal(found.points, points)
    assert np.array_equal(found.explained, explained)
    assert len(found.points) == len(SPLITS.test) == 500


def test_shifted_and_moved_ask_every_reader():
    readers = (("one", SPEC, 5), ("two", DENSE, 2))
    found = compute.shifted(networks, readers, PICTURE, [(0, 0), (3, -2)])
    assert found.shape == (2, 2, 10)
    assert np.allclose(found[1, 1], probabilities(networks(DENSE, 2)[0], move(PICTURE, 3, -2))[0], atol=1e-6)

    away = compute.moved(networks, readers, (0, 2))
    chosen = np.linspace(0, len(SPLITS.test) - 1, 100).round().astype(int)
    pictures, labels = SPLITS.test.inputs[chosen], SPLITS.test.labels[chosen]
    answered = probabilities(networks(DENSE, 2)[0], pictures)
    assert away.digits == 100
    assert away.distances.tolist() == [0, 2]
    assert away.confidence.shape == away.accuracy.shape == (2, 2)
    assert away.confidence[1, 0] == pytest.approx(answered[np.arange(100), labels].mean(), abs=1e-6)
    assert away.accuracy[1, 0] == pytest.approx((answered.argmax(axis=1) == labels).mean(), abs=1e-6)


def test_costs_are_those_of_the_article():
    found = compute.layer_costs(RunSpec())
    assert sum(layer.parameters for layer in found) == 347_146
    assert (found[0].name, found[0].shape, found[0].multiply_adds) == ("conv1", (32, 26, 26), 32 * 26 * 26 * 9)
    assert found[0].flops == 2 * found[0].multiply_adds


ASKS = {
    "digit": lambda: compute.digit(SPEC, "test", 0),
    "inside": lambda: compute.inside(networks, SPEC, 5, PICTURE),
    "cell": lambda: compute.cell(networks, SPEC, 5, PICTURE, "pool1", 0, 1, 1),
    "attributions": lambda: compute.attributions(networks, DENSE, 5, PICTURE),
    "surgery": lambda: compute.surgery(networks, DENSE, 5, Surgery()),
    "importance": lambda: compute.importance(networks, DENSE, 5),
    "atlas": lambda: compute.atlas(networks, SPEC, 5),
    "moved": lambda: compute.moved(networks, (("one", DENSE, 5),), (0,)),
    "layer_costs": lambda: compute.layer_costs(SPEC),
}


@pytest.mark.parametrize("name", ASKS)
def test_answers_travel_to_where_torch_is_not(name):
    """Unpickling an answer imports nothing but recordings and NumPy, so the page's process stays small."""
    text = pickle.dumps(ASKS[name]())
    strings = {argument for _, argument, _ in pickletools.genops(text) if isinstance(argument, str)}
    modules = {string for string in strings if string.startswith(("torch", "dlviz"))}
    assert modules <= {"dlviz.concepts.cnn.recording"}
    assert type(pickle.loads(text)) is type(ASKS[name]())
