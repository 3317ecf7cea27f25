"""A real network: who trains it is chosen and in the link, and everything else of the two runs is the same."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.gradient_descent.panels import real
from dlviz.concepts.gradient_descent.spec import DEFAULT, USUAL, Cut, Real, View
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.concepts.playground.spec import DEFAULT as PLAYGROUND
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


def test_the_playground_opens_with_one_of_the_two_runs(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert USUAL == CIRCLE  # so that both pages say the same run by the same words
    gone = []
    monkeypatch.setattr(real.st, "page_link", lambda page, **given: gone.append(given))
    app = open_page(PAGE, link=LINK)
    links = [one["query_params"] for one in gone if one.get("icon") == ":material/open_in_new:"]
    there = [codec.read({name: text for name, text in link.items() if name != "lang"}, PLAYGROUND) for link in links]
    assert [view.run for view, _ in there] == list(real_of(app).runs)
    assert all(problems == [] for _, problems in there)
