"""What to try on the playground: each leads to a run of its own, and the run itself says which answer was right."""

import numpy as np
import pytest

from dlviz.concepts.playground.panels import tries
from dlviz.concepts.playground.spec import CIRCLE, Preset, View
from dlviz.recording import Moment
from dlviz.words.playground import WORDS


def ended(train: float, validation: float) -> Moment:
    """Return the last moment of a run with these accuracies."""
    return Moment(9, 1, {"train_accuracy": np.array(train), "validation_accuracy": np.array(validation)})


@pytest.mark.parametrize(
    ("accuracy", "right"), [(1, 0), (0.901, 0), (0.9, 1), (0.6, 1), (0.599, 2), (0, 2), (float("nan"), 2)]
)
def test_the_band_of_an_accuracy(accuracy: float, right: int) -> None:
    assert tries.band(ended(1, accuracy)) == right


@pytest.mark.parametrize(
    ("train", "validation", "right"), [(0.95, 0.85, 0), (0.94, 0.9, 1), (0.9, 0.9, 1), (0.87, 0.9, 1), (0.8, 0.9, 2)]
)
def test_the_gap_between_two_accuracies(train: float, validation: float, right: int) -> None:
    assert tries.gap(ended(train, validation)) == right


def test_every_preset_of_the_link_can_be_tried_and_opens() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__)
    for chosen in tries.TRIES.values():
        assert chosen.run != CIRCLE
        View(run=chosen.run)


@pytest.mark.parametrize("name", list(tries.TRIES))
def test_every_preset_has_its_words(name: str) -> None:
    chosen = tries.TRIES[name]
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    wanted += [f"preset.{chosen.choices}.{place}" for place in range(3)]
    assert all(len(WORDS[key]) == 2 and all(WORDS[key]) for key in wanted)
    for found in WORDS[f"preset.{name}.found"]:
        assert found.format(train="1", validation="2", steps=3)


def test_what_the_questions_say_is_what_is_run() -> None:
    runs = {name: chosen.run for name, chosen in tries.TRIES.items()}
    assert runs["straight"].network.hidden == runs["squares"].network.hidden == ()
    assert {"x1_squared", "x2_squared"} < set(runs["squares"].data.inputs)
    assert runs["rate"].knobs.learning_rate == pytest.approx(100 * CIRCLE.knobs.learning_rate)
    assert runs["zeros"].network.initializer == "zeros"
    data = runs["overfit"].data
    assert data.points * (1 - data.validation_share) == pytest.approx(25)


@pytest.mark.parametrize(("name", "right"), [("straight", {1, 2}), ("squares", {0}), ("zeros", {2}), ("overfit", {0})])
def test_the_runs_answer_as_what_is_found_says(name: str, right: set[int]) -> None:
    from dlviz.training.run import Run

    chosen = tries.TRIES[name]
    run = Run(chosen.run.model_copy(update={"device": "cpu"}))
    *_, last = (moment for moment in run.work() if moment is not None)
    assert chosen.right(last) in right
