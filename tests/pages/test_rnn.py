"""The page about recurrent networks opens at once, reads what is typed, and says who wins."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.rnn.panels import runs
from dlviz.concepts.rnn.spec import DEFAULT, PARTS, PRESETS, View
from dlviz.spec import Knobs, Recall, Recurrent, RunSpec, Surnames
from dlviz.words import rnn as words
from tests.lab import component, learnt, link_to, looked, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
NAMES = {"names": "50", "embedding": "4", "state": "8", "epochs": "2", "threads": "1"}
RECALL = {"part": "recall", "data": "recall", "delay": "3", "examples": "100", "state": "8", "epochs": "2"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("rnn", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert link_to(app) == {}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_a_link_is_the_whole_state(open_page: Open, part: str, lang: str) -> None:
    view = runs.start(part)
    turned = view.run.fork(0, learning_rate=0.01, truncate=5).model_copy(update={"seed": 7})
    whole = view.model_copy(
        update={"run": turned, "typed": "O'Brien", "sign": 1, "preset": PRESETS[part][0], "guess": 1}
    )
    restores(open_page, "rnn", View.model_validate(dict(whole)), DEFAULT, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_is_read_by_the_network_that_learns(open_lab: Open, lang: str) -> None:
    app = until(open_lab(slug="rnn", lang=lang, typed="Rossi", **NAMES), lambda app: "unrolled" in shown(app))
    header, arrays = component(app, "unrolled")
    assert header["symbols"] == list("rossi")
    np.testing.assert_allclose(arrays["belief"].sum(2), 1, atol=1e-5)
    app = until(app, lambda app: learnt(app) and "%" in said(app) and "**" in said(app))
    assert not app.exception


def test_what_cannot_be_read_is_said(open_lab: Open) -> None:
    app = until(open_lab(slug="rnn", typed="李 9", **NAMES), lambda app: "unrolled" in shown(app))
    header, _ = component(app, "unrolled")
    assert "none of the letters a to z" in header["field"]["trouble"]
    assert header["symbols"] == list("kowalski")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sign_is_remembered_or_not(open_lab: Open, lang: str) -> None:
    app = until(open_lab(slug="rnn", lang=lang, **RECALL), lambda app: learnt(app) and shown(app).count("chart") == 2)
    header, arrays = component(app, "unrolled")
    assert len(header["symbols"]) == 4
    assert arrays["gradient"].shape[1:] == (4,)
    assert component(app, "chart", 1)[0]["log"] is True


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_years_are_foretold_beside_two_simpler_models(open_lab: Open, lang: str) -> None:
    link = {"part": "sunspots", "data": "sunspots", "state": "8", "epochs": "2"}
    app = until(open_lab(slug="rnn", lang=lang, **link), lambda app: learnt(app) and shown(app).count("chart") == 3)
    header, arrays = component(app, "chart")
    assert header["names"][0] == "1880"
    assert arrays["values"].shape == (2, 129)
    _, ahead = component(app, "chart", 2)
    assert ahead["values"][2, 0] == pytest.approx(33.3, abs=0.1)  # "as last year", one year ahead
    assert words.WORDS["path.caption"][lang == "zh"] in said(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_are_written_from_ones_own_beginning(open_lab: Open, lang: str) -> None:
    link = {"part": "writing", "data": "writing", "tongue": "finnish", "state": "8", "epochs": "1", "beginning": "ko"}
    app = until(open_lab(slug="rnn", lang=lang, **link), lambda app: learnt(app) and said(app).count("badge[") >= 36)
    assert said(app).count("badge[ko") == 36
    header, arrays = component(app, "chart")
    assert len(header["names"]) == 30
    assert arrays["values"].sum() == pytest.approx(100, abs=1e-3)


def test_another_part_begins_with_its_own_run(open_page: Open) -> None:
    app = open_page("rnn")
    app.segmented_control(key="rnn.part").set_value("recall")
    looked(app)
    assert state_of(app, "rnn").part == "recall"
    assert isinstance(state_of(app, "rnn").run.data, Recall)
    app.segmented_control(key="rnn.part").set_value("names")
    looked(app)
    assert isinstance(state_of(app, "rnn").run.data, Surnames)


@pytest.mark.parametrize("network", ["rnn", "lstm"])
def test_another_network_begins_anew(open_page: Open, network: str) -> None:
    app = open_page("rnn")
    app.segmented_control(key="rnn.network").set_value(network)
    looked(looked(app))
    assert state_of(app, "rnn").run.network == Recurrent(network=network)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("end", [0, -1])
def test_every_control_goes_to_each_end(open_page: Open, part: str, end: int) -> None:
    view = runs.start(part)
    app = open_page("rnn", link={"part": part, "data": view.run.data.data})
    for kind in ("select_slider", "slider", "number_input"):
        for one in filter(lambda one: not one.disabled, app.get(kind)):
            ends = one.options if kind == "select_slider" else (one.min, one.max)
            number = "0" if str(ends[end])[0].isalpha() else ends[end]  # a word, such as "off", stands for 0
            one.set_value(number if kind != "select_slider" else type(one.value)(number))
            looked(app)
            assert not app.exception


def test_a_link_to_data_of_another_part_is_named_and_the_page_stays(open_page: Open) -> None:
    app = open_page("rnn", link={"part": "recall"})
    assert not app.exception
    assert app.warning.len == 1
    assert state_of(app, "rnn") == DEFAULT


def test_the_question_comes_before_the_run(open_page: Open) -> None:
    app = open_page("rnn", link={"preset": "few"})
    assert "Instead of 400 names" in said(app)
    app.button(key="rnn.guess.2").click()
    looked(app)
    state = state_of(app, "rnn")
    assert (state.guess, state.run.data.names) == (2, 50)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_things_to_try_of_its_own(open_page: Open, part: str, lang: str) -> None:
    app = open_page("rnn", lang=lang, link={"part": part, "data": runs.start(part).run.data.data})
    options = app.pills if hasattr(app, "pills") else app.get("button_group")
    named = [words.WORDS[f"preset.{name}"][lang == "zh"] for name in PRESETS[part]]
    assert any(list(one.options) == named for one in options)


def test_the_usual_knobs() -> None:
    assert isinstance(DEFAULT.run, RunSpec)
    falling = {"learning_rate": 0.005, "schedule": "cosine", "schedule_epochs": 8.0}
    assert DEFAULT.run.knobs == Knobs(batch_size=32, gradient_clip=1.0, **falling)


def test_other_seeds_are_trained_when_asked_for(open_lab: Open) -> None:
    link = {"part": "sunspots", "data": "sunspots", "state": "4", "epochs": "1"}
    app = until(open_lab(slug="rnn", **link), lambda app: learnt(app) and shown(app).count("chart") == 3)
    app.button(key="rnn.seeds").click()
    app = until(app, lambda app: "±" in said(app))
    header, arrays = component(app, "chart", 3)
    assert header["names"] == ["0", "1", "2", "3", "4"]
    assert (arrays["values"] > 0).all()
