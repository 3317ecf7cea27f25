"""What to try: each question leads to a run, and the run itself says which answer was right."""

import numpy as np
import pytest

from dlviz.concepts.rnn.panels import runs, tries
from dlviz.concepts.rnn.recording import Forecast, Written
from dlviz.concepts.rnn.spec import PARTS, PRESETS, SUNSPOTS, WRITING, Preset, View
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment, Recording
from dlviz.spec import Knobs, RunSpec
from dlviz.ui.asking import Answer
from dlviz.words.rnn import WORDS

SCORES = ("train", "validation")
VALUES = {  # what a sentence about an answer may say
    **dict.fromkeys(("memory", "band", "gap", "explained"), SCORES),
    "rivals": ("network", "linear", "last"),
    "writers": ("network", "counts", "order"),
    "listed": ("listed", "total", "apart"),
}


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


def test_every_preset_of_the_link_can_be_tried_in_one_part() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__)
    assert sorted(name for part in PARTS for name in tries.page(part).tries) == sorted(tries.TRIES)
    assert all(3 <= len(PRESETS[part]) <= 5 for part in PARTS)


@pytest.mark.parametrize(("part", "name"), [(part, name) for part in PARTS for name in PRESETS[part]])
def test_every_preset_leads_to_a_view_that_holds_together_and_has_its_words(part: str, name: str) -> None:
    chosen = tries.TRIES[name]
    before = runs.start(part).model_copy(update={"preset": name})
    there = chosen.leads_to(before)
    assert View.model_validate(dict(there)) == there
    assert (there.preset, there.part) == (name, part)
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    wanted += [f"preset.{chosen.choices}.{place}" for place in range(3)]
    assert all(all(WORDS[key]) for key in wanted)
    assert f"preset.{chosen.choices}.3" not in WORDS
    for found in WORDS[f"preset.{name}.found"]:
        assert found.format(**dict.fromkeys(VALUES[chosen.choices], "1"))


def over(run: RunSpec, **values: object) -> Snapshot:
    """Return a run that is over, with what its last moment holds."""
    last = Moment(9, 1, {name: np.array(value) for name, value in values.items()})
    return Snapshot("finished", 0, 9, 9, "", Recording(run, (last,)))


def answering(monkeypatch: pytest.MonkeyPatch, value: object) -> list[tuple]:
    """Let every question be answered with this value; return the list of what was asked."""
    asked: list[tuple] = []

    def ask(slot: str, name: str, *arguments: object) -> Answer:
        asked.append((name, *arguments))
        return Answer(value, None, True)

    monkeypatch.setattr(tries, "ask", ask)
    return asked


@pytest.mark.parametrize(("ahead", "right"), [(1, 0), (11, 2)])
def test_the_least_error_so_many_years_ahead_wins(monkeypatch: pytest.MonkeyPatch, ahead: int, right: int) -> None:
    errors = np.full((3, 22), 50.0)
    errors[:, 0], errors[:, 10] = (20, 21, 33), (45, 42, 38)
    nothing = np.zeros(1)
    told = Forecast(nothing, nothing, nothing, {}, errors, nothing, nothing)
    asked = answering(monkeypatch, told)
    found = tries.closest(ahead)(over(SUNSPOTS, validation_r2=0.8))
    assert found.right == right
    assert float(found.values["last"]) == errors[2, ahead - 1]
    assert asked[0][0] == "dlviz.concepts.rnn.compute:forecast" and asked[0][2] == 9


@pytest.mark.parametrize(
    ("network", "counts", "right"), [(1.9, 2.0, 0), (2.0, 2.005, 1), (2.005, 2.0, 1), (2.1, 2.0, 2)]
)
def test_who_is_less_surprised_wins(monkeypatch: pytest.MonkeyPatch, network: float, counts: float, right: int) -> None:
    told = Written((("a",), ("b",)), ((True,), (False,)), np.zeros(30), (network, counts), 3)
    answering(monkeypatch, told)
    found = tries.surprised(over(WRITING))
    assert found == (right, {"network": f"{network:.2f}", "counts": f"{counts:.2f}", "order": 3})


@pytest.mark.parametrize(("count", "right"), [(0, 2), (1, 1), (9, 1), (10, 0), (18, 0)])
def test_names_of_the_list_are_counted_at_a_low_temperature(
    monkeypatch: pytest.MonkeyPatch, count: int, right: int
) -> None:
    names = tuple("ab" * 9)
    known = (True,) * count + (False,) * (18 - count)
    asked = answering(monkeypatch, Written((names, names), (known, known), np.zeros(30), (1, 2), 3))
    assert tries.real(over(WRITING)) == (right, {"listed": count, "total": 18, "apart": 2})
    assert asked[0][4] == tries.COLD == tries.TRIES["cold"].leads_to(runs.start("writing")).temperature


@pytest.mark.parametrize(("r2", "right"), [(0.86, 0), (0.85, 1), (0.7, 1), (0.69, 2), (-1.0, 2)])
def test_the_band_of_an_r2(r2: float, right: int) -> None:
    found = tries.measured(tries.explained)(over(SUNSPOTS, validation_r2=r2, train_r2=0.9))
    assert found == (right, {"train": "0.90", "validation": f"{r2:.2f}"})


def test_what_the_questions_say_is_what_is_run() -> None:
    assert tries.LONG.data.delay == 40 and tries.LONG.network.network == "gru"
    assert (tries.FEW.data.names, tries.LONGER.epochs) == (50, 20)
    assert tries.WILD.knobs.learning_rate == pytest.approx(0.1)
    assert tries.FEW.knobs == tries.LONGER.knobs == Knobs(learning_rate=0.003, batch_size=32, gradient_clip=1.0)
    assert (tries.CUT.knobs.truncate, tries.CUT.data.delay, tries.CUT.network.network) == (5, 30, "gru")
    assert (SUNSPOTS.data.window, tries.SHORT.data.window) == (30, 2)
    assert tries.GUESSES.knobs.teacher_forcing == 0
