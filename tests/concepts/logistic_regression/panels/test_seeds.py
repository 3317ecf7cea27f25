"""Seeds: what they have in common, on which rows they are judged, and how they are spread."""

import statistics

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.logistic_regression.panels import seeds
from dlviz.concepts.logistic_regression.recording import Score, Trial
from dlviz.concepts.logistic_regression.spec import CANCER, DEFAULT
from dlviz.recording import unpack


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def trials(area: float | None, *parts: str) -> dict[int, Trial]:
    """Return three trials with accuracies 0.9, 0.8 and 0.7."""
    return {seed: Trial(seed, {part: Score(0.1, 0.9 - 0.1 * seed, area) for part in parts}) for seed in range(3)}


def test_a_turn_on_the_way_and_the_seed_are_no_part_of_the_setting() -> None:
    turned = CANCER.model_copy(update={"seed": 4}).fork(20, learning_rate=0.5)
    assert seeds.setting(turned) == CANCER


def test_they_are_judged_on_test_rows_where_there_are_some() -> None:
    assert seeds.judged(trials(None, "train", "validation", "test")) == "test"
    assert seeds.judged(trials(None, "train", "validation")) == "validation"
    assert seeds.judged(trials(None, "train")) == "train"


def test_mean_and_spread_are_those_of_the_seeds() -> None:
    values = [0.9, 0.8, 0.75]
    assert seeds.spread(values) == f"{statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}"
    assert seeds.spread([0.5]) == "0.500"


def test_the_picture_has_a_row_for_each_measure_and_marks_the_seed_on_the_stage() -> None:
    view = DEFAULT.model_copy(update={"run": CANCER.model_copy(update={"seed": 2})})
    header, arrays = unpack(seeds.picture(view, CANCER, trials(0.95, "train", "test")))
    np.testing.assert_allclose(arrays["values"], [[0.9, 0.8, 0.7], [0.95] * 3], rtol=1e-6)
    assert (header["seeds"], header["stage"]) == ([0, 1, 2], 2)
    header, arrays = unpack(seeds.picture(DEFAULT, CANCER, trials(None, "train")))
    assert (arrays["values"].shape, header["stage"]) == ((1, 3), None)
