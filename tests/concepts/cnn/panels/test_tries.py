"""What to try: each leads to a run of its own, and the run itself says which answer was right."""

import numpy as np
import pytest

from dlviz.concepts.cnn.panels import tries
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, Preset
from dlviz.recording import Moment
from dlviz.spec import ConvNet
from dlviz.words.cnn import WORDS


def ended(train: float, validation: float) -> Moment:
    """Return the last moment of a run with these accuracies."""
    return Moment(9, 1, {"train_accuracy": np.array(train), "validation_accuracy": np.array(validation)})


@pytest.mark.parametrize(
    ("accuracy", "right"), [(1, 0), (0.901, 0), (0.9, 1), (0.7, 1), (0.5, 1), (0.499, 2), (0, 2), (float("nan"), 2)]
)
def test_the_band_of_an_accuracy(accuracy: float, right: int) -> None:
    assert tries.band(ended(1, accuracy)) == right


@pytest.mark.parametrize(
    ("train", "validation", "right"), [(0.95, 0.9, 0), (0.905, 0.9, 1), (0.9, 0.9, 1), (0.895, 0.9, 1), (0.8, 0.9, 2)]
)
def test_the_gap_between_two_accuracies(train: float, validation: float, right: int) -> None:
    assert tries.gap(ended(train, validation)) == right


def test_every_preset_of_the_link_can_be_tried() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__)


@pytest.mark.parametrize("name", list(tries.TRIES))
def test_every_preset_changes_one_thing_and_has_its_words(name: str) -> None:
    chosen = tries.TRIES[name]
    assert chosen.run != ARTICLE
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    wanted += [f"preset.{chosen.choices}.{place}" for place in range(3)]
    assert all(len(WORDS[key]) == 2 and all(WORDS[key]) for key in wanted)
    # the words of what was found name only what a verdict knows
    for found in WORDS[f"preset.{name}.found"]:
        assert found.format(train="1", validation="2", steps=3)


def test_what_the_questions_say_is_what_is_run() -> None:
    runs = {name: chosen.run for name, chosen in tries.TRIES.items()}
    assert runs["rate"].knobs.learning_rate == pytest.approx(50 * ARTICLE.knobs.learning_rate)
    assert isinstance(runs["filters"].network, ConvNet) and runs["filters"].network.blocks[0].channels == 1
    assert runs["few"].data.train_share * 4000 == pytest.approx(40)
    assert (runs["batch"].knobs.batch_size, runs["batch"].epochs) == (1024, 5)
    assert runs["augment"].knobs == AUGMENTED.knobs and runs["augment"].network == ARTICLE.network
