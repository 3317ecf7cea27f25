"""What to try: each leads to a run of its own, and the run itself says which answer was right."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import tries
from dlviz.concepts.mlp.spec import PARTS, PRESETS, RUNS, View
from dlviz.recording import Moment
from dlviz.spec import Knobs
from dlviz.words.mlp import WORDS
from tests.lab import said, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize(("r2", "right"), [(1, 0), (0.901, 0), (0.9, 1), (0.5, 1), (0.499, 2), (-3, 2)])
def test_how_much_is_followed(r2: float, right: int) -> None:
    assert tries.fit(Moment(9, 1, {"validation_r2": np.array(r2)})) == right


@pytest.mark.parametrize(("accuracy", "right"), [(0.901, 0), (0.9, 1), (0.6, 1), (0.599, 2)])
def test_the_band_of_an_accuracy(accuracy: float, right: int) -> None:
    assert tries.band(Moment(9, 1, {"validation_accuracy": np.array(accuracy)})) == right


@pytest.mark.parametrize(("train", "right"), [(0.95, 0), (0.905, 1), (0.9, 1), (0.895, 1), (0.8, 2)])
def test_the_gap_between_two_accuracies(train: float, right: int) -> None:
    moment = Moment(9, 1, {"train_accuracy": np.array(train), "validation_accuracy": np.array(0.9)})
    assert tries.gap(moment) == right


@pytest.mark.parametrize("part", PARTS)
def test_every_preset_leads_to_another_run_of_its_part(part: str) -> None:
    assert list(tries.page(part).tries) == list(PRESETS[part])
    for name in PRESETS[part]:
        chosen = tries.TRIES[name]
        run = chosen.run if isinstance(chosen, tries.Try) else {"early": tries.FEW_CARS, "sugar": tries.SUGAR}[name]
        assert run != RUNS[part]
        assert View(run=run, preset=name).part == part


@pytest.mark.parametrize("name", list(tries.TRIES))
def test_every_preset_has_its_words(name: str) -> None:
    choices = tries.TRIES[name].choices
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    wanted += [f"preset.{choices}.{place}" for place in range(3)]
    assert all(len(WORDS[key]) == 2 and all(WORDS[key]) for key in wanted)
    values = dict.fromkeys(("train", "validation", "epoch", "all", "then", "end", "network", "ridge"), "1")
    assert all(found.format(**values) for found in WORDS[f"preset.{name}.found"])


def test_what_the_questions_say_is_what_is_run() -> None:
    assert tries.TRIES["one"].run.network.hidden == (1,)
    assert tries.TRIES["hinges"].run.network.activation == "relu"
    assert tries.TRIES["drop"].run.knobs == Knobs(learning_rate=0.003, dropout=0.5)
    assert tries.TRIES["few"].run.data.train_share * 4000 == 80
    assert tries.FEW_CARS.network.hidden == (128,)


def test_units_that_begin_at_zero_stay_flat(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    short = tries.TRIES["blank"].run.model_copy(update={"epochs": 30})
    monkeypatch.setitem(tries.TRIES, "blank", tries.TRIES["blank"]._replace(run=short))
    app = open_lab(slug="mlp", preset="blank", epochs="5")
    app.button("mlp.guess.0").click().run()
    assert state_of(app, "mlp").run == short
    app = until(app, lambda app: "every unit gives tanh(0) = 0" in said(app))
    assert "less than half" in said(app)


def test_ridge_and_the_network_are_judged_on_the_same_people(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "SUGAR", tries.SUGAR.model_copy(update={"epochs": 12}))
    app = open_lab(slug="mlp", data="auto-mpg", preset="sugar", epochs="5")
    app.button("mlp.guess.2").click().run()
    assert state_of(app, "mlp").run.data.data == "diabetes"
    until(app, lambda app: "of the test rows, ridge regression" in said(app))
