"""What to try: each question leads to a run, and the run itself says which answer was right."""

import numpy as np
import pytest

from dlviz.concepts.rnn.panels import runs, tries
from dlviz.concepts.rnn.spec import NAMES, Preset, View
from dlviz.recording import Moment
from dlviz.words.rnn import WORDS


def ended(train: float, validation: float, signs: int = 4) -> Moment:
    """Return the last moment of a run with these accuracies."""
    values = {"train_accuracy": np.array(train), "validation_accuracy": np.array(validation)}
    return Moment(9, 1, {**values, "confusion": np.zeros((signs, signs))})


@pytest.mark.parametrize(
    ("accuracy", "signs", "right"), [(1, 4, 0), (0.5, 4, 1), (0.25, 4, 2), (0.31, 4, 1), (0.5, 2, 2), (0.96, 2, 0)]
)
def test_what_is_remembered(accuracy: float, signs: int, right: int) -> None:
    assert tries.memory(ended(1, accuracy, signs)) == right


@pytest.mark.parametrize(("accuracy", "right"), [(0.71, 0), (0.7, 1), (0.5, 1), (0.49, 2)])
def test_the_band_of_an_accuracy(accuracy: float, right: int) -> None:
    assert tries.band(ended(1, accuracy)) == right


@pytest.mark.parametrize(
    ("train", "validation", "right"), [(0.9, 0.7, 0), (0.8, 0.75, 1), (0.8, 0.79, 2), (0.7, 0.8, 2)]
)
def test_how_far_training_and_validation_are_apart(train: float, validation: float, right: int) -> None:
    assert tries.gap(ended(train, validation)) == right


def test_every_preset_of_the_link_can_be_tried() -> None:
    assert {"none", *tries.PAGE.tries} == set(Preset.__args__)


@pytest.mark.parametrize("name", list(tries.PAGE.tries))
def test_every_preset_leads_to_a_view_that_holds_together_and_has_its_words(name: str) -> None:
    chosen = tries.PAGE.tries[name]
    for before in (View(preset=name), runs.start("recall").model_copy(update={"preset": name})):
        there = chosen.leads_to(before)
        assert View.model_validate(dict(there)) == there
        assert there.preset == name
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    wanted += [f"preset.{chosen.choices}.{place}" for place in range(3)]
    assert all(all(WORDS[key]) for key in wanted)
    for found in WORDS[f"preset.{name}.found"]:
        assert found.format(train="1", validation="2")


def test_what_the_questions_say_is_what_is_run() -> None:
    assert tries.LONG.data.delay == 40 and tries.LONG.network.network == "gru"
    assert (tries.FEW.data.names, tries.LONGER.epochs) == (50, 20)
    assert tries.WILD.knobs.learning_rate == pytest.approx(0.1)
    assert NAMES.knobs.learning_rate == pytest.approx(0.003)
