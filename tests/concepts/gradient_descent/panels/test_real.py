"""A real network: who trains it is chosen and in the link, and everything else of the two runs is the same."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.gradient_descent.panels import real
from dlviz.concepts.gradient_descent.spec import DEFAULT, STARTS, USUAL, Cut, Real, View, home_of, started
from dlviz.ui import first_runs
from tests.lab import component, link_to, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
PAGE = "gradient_descent"
LINK = {"section": "network", "trained": "hidden=4|epochs=3|points=60"}
ENDS = {"rate_a": (0.0001, 3.0), "rate_b": (0.0001, 3.0), "batch_a": (1, 1024), "batch_b": (1, 1024)}


def real_of(app: AppTest) -> Real:
    """Return what the page holds of the real network."""
    return state_of(app, PAGE).real


def one_of(widgets: list, key: str) -> object:
    """Return the widget of that key."""
    return next(one for one in widgets if one.key == f"{PAGE}.{key}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_bench_has_both_runs_of_the_same_network(open_lab: Open, lang: str) -> None:
    app = until(open_lab(slug=PAGE, lang=lang, **LINK), lambda app: "bench" in shown(app))
    tracks = component(app, "bench")[0]["tracks"]
    assert [one["label"] for one in tracks] == ["SGD, η = 0.1", "Adam, η = 0.01"]
    first, second = real_of(app).runs
    assert first.model_copy(update={"knobs": second.knobs}) == second
    assert (first.knobs.optimizer, second.knobs.optimizer) == ("sgd", "adam")


@pytest.mark.parametrize("field", ENDS)
def test_every_slider_goes_to_each_end(open_page: Open, field: str) -> None:
    app = open_page(PAGE, link={**LINK, "moment": "5"})
    for end in ENDS[field]:
        one_of(app.select_slider, field).set_value(end).run()
        assert not app.exception
        assert getattr(real_of(app), field) == end
    assert real_of(app).moment is None  # other runs are followed from their start


def test_every_optimizer_can_be_either(open_page: Open) -> None:
    app = open_page(PAGE, link=LINK)
    for field, value in (("optimizer_a", "nesterov"), ("optimizer_b", "rmsprop")):
        one_of(app.selectbox, field).set_value(value).run()
        assert not app.exception
        assert link_to(app)[field] == value


def test_data_layers_activation_and_seed_make_another_network(open_page: Open) -> None:
    app = open_page(PAGE, link=LINK)
    one_of(app.selectbox, "real_data").set_value("spiral").run()
    one_of([*app.selectbox, *app.get("button_group")], "real_hidden").set_value("16-16").run()
    one_of([*app.selectbox, *app.get("button_group")], "real_activation").set_value("relu").run()
    one_of(app.number_input, "real_seed").set_value(7).run()
    assert not app.exception
    run = real_of(app).run
    assert (run.data.data, run.network.hidden, run.network.activation, run.seed) == ("spiral", (16, 16), "relu", 7)
    assert codec.read_line(link_to(app)["trained"], USUAL) == run
    one_of([*app.selectbox, *app.get("button_group")], "real_hidden").set_value("none").run()
    assert real_of(app).run.network.hidden == ()
    assert codec.read_line(link_to(app)["trained"], USUAL).network.hidden == ()


def test_the_second_gets_a_seed_of_its_own_and_gives_it_back(open_page: Open) -> None:
    app = open_page(PAGE, link=LINK)
    one_of(app.toggle, "own_seed").set_value(True).run()
    assert (real_of(app).seed_b, link_to(app)["seed_b"]) == (1, "1")
    one_of(app.number_input, "seed_b").set_value(5).run()
    first, second = real_of(app).runs
    assert (first.seed, second.seed, first.seed_of_data, second.seed_of_data) == (0, 5, 0, 0)
    one_of(app.toggle, "own_seed").set_value(False).run()
    assert not app.exception
    assert real_of(app).seed_b is None and "seed_b" not in link_to(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_all_of_it(open_page: Open, lang: str) -> None:
    given = Real(
        trained="data=moons|hidden=8|epochs=5|seed=3",
        optimizer_a="momentum",
        rate_a=0.03,
        batch_b=25,
        seed_b=8,
        map=Cut(cut="ends", ground="batch", ground_size=25, ground_batch=2),
    )
    restores(open_page, PAGE, View(section="network", real=given), DEFAULT, lang)


@pytest.mark.parametrize(
    "trained", ["nonsense", "data=mnist-5k", "network=cnn", "hidden=4|batch_norm=1", "hidden=0", "seed=x"]
)
def test_a_network_that_cannot_be_becomes_the_usual_one_with_a_sentence(open_page: Open, trained: str) -> None:
    app = open_page(PAGE, link={"section": "network", "trained": trained})
    assert not app.exception
    assert "trained = " in said(app)
    assert real_of(app) == DEFAULT.real


@pytest.mark.parametrize("home", [None, *STARTS])
def test_the_page_that_the_network_is_from_opens_with_one_of_the_two_runs(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    gone = []
    monkeypatch.setattr(real.st, "page_link", lambda page, **given: gone.append((page, given)))
    start = started(home, next(iter(STARTS[home])), 0) if home else {}
    view = DEFAULT.model_copy(update={"section": "network", "real": Real(**start)})
    app = open_page(PAGE, link=codec.write(view, DEFAULT) if home else LINK)
    links = [(page, one["query_params"]) for page, one in gone if one.get("icon") == ":material/open_in_new:"]
    assert {page.stem for page, _ in links} == {home or "playground"}
    usual = first_runs.specs()[home or "playground"].DEFAULT
    there = [codec.read({name: text for name, text in link.items() if name != "lang"}, usual) for _, link in links]
    assert [view.run for view, _ in there] == list(real_of(app).runs)
    assert all(problems == [] for _, problems in there)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_network_of_the_model_zoo_takes_the_place_of_the_playgrounds(open_page: Open, lang: str) -> None:
    app = open_page(PAGE, link={**LINK, "lang": lang})
    for home in (*STARTS, "playground"):
        one_of(app.selectbox, "real_home").set_value(home).run()
        assert not app.exception
        assert home_of(real_of(app).run) == home
        for data in STARTS.get(home, ()):
            one_of([*app.selectbox, *app.get("button_group")], f"real_data_{home}").set_value(data).run()
            assert not app.exception
            assert real_of(app) == Real(**started(home, data, real_of(app).run.seed))
            assert codec.read_line(link_to(app)["trained"], USUAL) == real_of(app).run
    assert "digits" not in said(app)


def test_the_hidden_layers_of_a_dense_network_on_cars_can_be_chosen_and_a_line_has_none(open_page: Open) -> None:
    app = open_page(PAGE, link={"section": "network", "trained": "data=auto-mpg|hidden=32|epochs=2"})
    one_of([*app.selectbox, *app.get("button_group")], "real_hidden").set_value("8").run()
    assert (real_of(app).run.network.hidden, real_of(app).run.data.data) == ((8,), "auto-mpg")
    one_of(app.selectbox, "real_home").set_value("linear_regression").run()
    keys = {one.key for one in [*app.selectbox, *app.get("button_group")]}
    assert not keys & {f"{PAGE}.real_hidden", f"{PAGE}.real_activation"}


@pytest.mark.parametrize("aspect", ["plane", "edge", "line"])
@pytest.mark.parametrize("home", STARTS)
def test_every_look_at_a_network_of_the_zoo_is_computed(open_lab: Open, home: str, aspect: str) -> None:
    drawn = {"plane": "walks", "edge": "edge", "line": "between"}[aspect]
    start = started(home, next(iter(STARTS[home])), 0)
    run = codec.read_line(start["trained"], USUAL).model_copy(update={"epochs": 3})
    view = DEFAULT.model_copy(
        update={"section": "network", "real": Real(**{**start, "trained": codec.line(run, USUAL)}, aspect=aspect)}
    )
    app = until(open_lab(slug=PAGE, **codec.write(view, DEFAULT)), lambda app: drawn in shown(app))
    header, arrays = component(app, drawn)
    if aspect == "line":
        assert header["mapped"] is False and "maps" not in arrays
    if aspect == "plane":
        assert np.isfinite(arrays["heights"]).all()
