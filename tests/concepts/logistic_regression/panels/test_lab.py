"""What runs, rows, columns and classes are called, in both languages."""

import pytest
import streamlit as st

from dlviz.concepts.logistic_regression.panels import lab
from dlviz.concepts.logistic_regression.spec import CLOUDS, SETS, usual
from dlviz.sets import COLUMNS
from dlviz.words.tables import WORDS


@pytest.fixture(params=["en", "zh"], autouse=True)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the language in force."""
    monkeypatch.setattr(st, "session_state", {"language.before": request.param})
    return request.param


@pytest.mark.parametrize("name", SETS)
def test_everything_has_a_name(name: str) -> None:
    run = usual(name)
    assert len(set(lab.classes(run))) == run.data.outputs
    assert len(lab.columns(run)) == (2 if run.on_plane else len(COLUMNS[name]))
    assert bool(lab.source(run)) is not run.on_plane
    assert lab.two(run) == (run.data.outputs == 2)


def test_a_table_names_its_classes_and_columns(language: str) -> None:
    run, place = usual("breast-cancer"), int(language == "zh")
    assert lab.classes(run)[1] == WORDS["breast_cancer.malignant"][place]
    narrow = run.model_copy(update={"data": run.data.model_copy(update={"columns": ("mean_radius", "worst_area")})})
    assert lab.columns(narrow) == [WORDS[f"breast_cancer.{name}"][place] for name in ("mean_radius", "worst_area")]


def test_a_run_is_called_by_its_data_and_what_sets_it_apart() -> None:
    assert lab.name(CLOUDS) == lab.t("logistic_regression.set.gauss")
    slow = CLOUDS.model_copy(update={"knobs": CLOUDS.knobs.model_copy(update={"learning_rate": 0.5})})
    assert lab.name(slow).startswith(lab.name(CLOUDS))
    assert "0.5" in lab.name(slow)
