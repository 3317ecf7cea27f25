"""The map of the real network: it has what torch computed, at the moment on show, of both runs."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import plane
from dlviz.concepts.gradient_descent.spec import Cut
from dlviz.words import catalogue
from tests.concepts.gradient_descent.panels.test_real import LINK, PAGE, one_of, real_of
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]


def settled(app: AppTest) -> bool:
    """Return whether both runs are over and the map is of their ends."""
    if not {"walks", "bench"} <= set(shown(app)):
        return False
    tracks = component(app, "bench")[0]["tracks"]
    return all(one["state"] == "finished" for one in tracks) and component(app, "walks")[0]["epoch"] == 3


@pytest.mark.parametrize(
    ("lang", "cut"),
    [("en", {"cut": "main"}), ("zh", {"cut": "chance", "ground": "validation"}), ("en", {"cut": "ends"})],
)
def test_the_map_is_that_of_the_end_of_both_runs(open_lab: Open, lang: str, cut: dict[str, str]) -> None:
    app = until(open_lab(slug=PAGE, lang=lang, **LINK, **cut), settled)
    header, arrays = component(app, "walks")
    asked = app.session_state[plane.ASKED]
    found = compute.loss_map(asked.given.runs[0], asked.paths, asked.here, Cut(**cut))
    assert np.array_equal(arrays["heights"], found.heights)
    assert arrays["here"] == pytest.approx(found.here)
    assert asked.steps == (9, 9)
    assert [one["label"] for one in header["runs"]] == ["SGD, η = 0.1", "Adam, η = 0.01"]
    assert header["batches"] == 1
    assert f"{plane.percent(found.explained.sum())}{catalogue.SIGNS[lang]}" in said(app)
    if cut["cut"] == "main":
        assert plane.percent(found.explained[0]) in header["words"]["x"]


def test_mini_batches_are_sent_all_at_once_and_the_one_in_the_link_is_on_show(open_lab: Open) -> None:
    link = {**LINK, "ground": "batch", "ground_size": "5", "ground_batch": "4"}
    app = until(open_lab(slug=PAGE, **link), settled)
    header, arrays = component(app, "walks")
    assert (header["batch"], header["batches"], len(arrays["heights"])) == (4, 6, 6)
    slider = one_of(app.select_slider, "ground_size")
    for end, count in ((1, 30), (125, 1)):
        slider.set_value(end)
        app = until(app, lambda app, count=count: component(app, "walks")[0]["batches"] == count)
        slider = one_of(app.select_slider, "ground_size")
    assert real_of(app).map == Cut(ground="batch", ground_size=125)


def test_every_plane_and_every_set_can_be_chosen(open_page: Open) -> None:
    app = open_page(PAGE, link=LINK)
    for field, values in (("cut", ("chance", "ends", "main")), ("ground", ("validation", "batch", "train"))):
        for value in values:
            one_of(app.selectbox, field).set_value(value).run()
            assert not app.exception
            assert getattr(real_of(app).map, field) == value


def test_the_moment_in_the_link_is_the_one_that_is_mapped(open_lab: Open) -> None:
    app = open_lab(slug=PAGE, **LINK, moment="6")
    app = until(app, lambda app: plane.ASKED in app.session_state and app.session_state[plane.ASKED].steps == (6, 6))
    assert app.session_state[plane.ASKED].epoch == 2


@pytest.mark.parametrize(
    ("share", "text"), [(0.684, "68"), (0.0354, "3.5"), (0.0004, "0.04"), (0.0, "0"), (1.01, "100")]
)
def test_shares_have_the_digits_that_mean_something(share: float, text: str) -> None:
    assert plane.percent(share) == text
