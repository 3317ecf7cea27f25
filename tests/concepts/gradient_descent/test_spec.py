"""The page's state: every ground is sound, racers read back as they were written, and nonsense is refused."""

import pytest

from dlviz import codec
from dlviz.concepts.gradient_descent.spec import (
    CURVES,
    DEFAULT,
    GROUNDS,
    MOST_RACERS,
    OPTIMIZERS,
    STARTS,
    SURFACES,
    Cut,
    Race,
    Racer,
    Real,
    View,
    home_of,
    knobs_of,
    names_in,
    racers_text,
    read_racers,
    started,
    usual_rate,
)
from dlviz.concepts.linear_regression.spec import FIRST as LINES
from dlviz.concepts.logistic_regression.spec import FIRST as CLOUDS
from dlviz.concepts.mlp.spec import FIRST as HIDDEN
from dlviz.formula import read_formula
from dlviz.spec import Digits
from dlviz.training.racers import CLASSES, options


@pytest.mark.parametrize("name", SURFACES)
def test_every_ground_starts_inside_its_box_and_its_formula_can_be_read(name: str) -> None:
    race = Race(surface=name)
    (low, high, bottom, top), (x, y) = race.ground.box, race.start
    assert low <= x <= high and bottom <= y <= top
    assert len(race.formulas) in (1, 3)
    assert race.curve == (name in CURVES)
    assert usual_rate("sgd", race.ground) > 0


def test_there_is_a_ground_for_every_name() -> None:
    assert set(GROUNDS) == set(SURFACES)


def test_the_reach_of_ones_own_surface_is_its_box() -> None:
    race = Race(surface="own", formula="x^2", reach=8)
    assert race.ground.box == (-8, 8, -6, 6)
    assert race.curve
    assert race.start == (-6, 0)


def test_a_steeper_ravine_has_a_smaller_usual_rate() -> None:
    assert Race(condition=100).ground.rate == 0.012
    assert "100*y^2" in Race(condition=100).ground.formula


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_knob_has_its_default_between_its_ends_and_torch_knows_it(name: str) -> None:
    for knob in knobs_of(name).values():
        assert knob.low <= knob.default <= knob.high
    knobs = Racer(name).knobs(GROUNDS["bowl"])
    assert list(knobs) == list(knobs_of(name))
    if name in CLASSES:
        import torch

        CLASSES[name]([torch.nn.Parameter(torch.zeros(1, 2))], **options(name, knobs))


def test_racers_read_back_as_they_were_written() -> None:
    racers = (Racer("sgd"), Racer("adam").turn("lr", 0.02).turn("beta1", 0.5), Racer("adam"))
    text = racers_text(racers)
    assert text == "sgd;adam(beta1=0.5,lr=0.02);adam"
    assert read_racers(text) == racers
    assert racers[1].turn("lr", None) == Racer("adam", (("beta1", 0.5),))


@pytest.mark.parametrize(
    "text",
    ["", "sgdd", "sgd(lr=fast)", "sgd(beta1=0.9)", "sgd(lr=-1)", "adam(beta1=1.5)", "sgd(lr=nan)", "sgd;" * 9, "sgd("],
)
def test_racers_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="racers"):
        read_racers(text)
    view, problems = codec.read({"racers": text}, DEFAULT)
    assert view == DEFAULT
    assert [problem.name for problem in problems] == ["racers"]


def test_a_formula_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="formula"):
        Race(formula="x +")
    view, problems = codec.read({"formula": "import os", "surface": "own"}, DEFAULT)
    assert view == View(race=Race(surface="own"))
    assert [problem.name for problem in problems] == ["formula"]


def test_a_whole_state_goes_through_a_link() -> None:
    race = Race(
        surface="own", formula="x^2*y", reach=2, x=0.5, y=-0.25, steps=33, noise=0.5, seed=4, racers="muon;newton"
    )
    view = View(race=race, picked=1, at=3, across="seconds", preset="saddle", guess=3)
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


def test_whoever_is_picked_is_always_there() -> None:
    assert View(picked=MOST_RACERS - 1).racer == Race().who[-1]


def test_names_in_a_formula() -> None:
    assert names_in(read_formula("sin(x)*2 + y^z", None)) == {"x", "y", "z"}
    assert names_in(read_formula("2 + 3")) == set()


# ------------------------------------------------------------------------------------ a real network


def test_two_runs_differ_in_optimizer_rate_and_batch_only() -> None:
    given = Real(trained="data=moons|hidden=6|seed=4|l2=0.01|edits=20:learning_rate=0.5", rate_a=0.3, batch_b=25)
    first, second = given.runs
    turned = {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 25}
    assert (first.knobs.optimizer, first.knobs.learning_rate, first.knobs.batch_size) == ("sgd", 0.3, 10)
    assert second == first.model_copy(update={"knobs": first.knobs.model_copy(update=turned)})
    assert (first.data.data, first.network.hidden, first.seed, first.knobs.l2) == ("moons", (6,), 4, 0.01)
    assert first.edits == ()


@pytest.mark.parametrize("text", ["data=mnist-5k", "network=cnn", "hidden=5|batch_norm=1", "hidden=x", "nonsense=1"])
def test_a_network_that_has_no_map_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="trained"):
        Real(trained=text)


def test_the_real_network_goes_through_a_link() -> None:
    cut = Cut(cut="ends", ground="batch", ground_size=25, ground_batch=3)
    real = Real(trained="data=xor|hidden=3,3", optimizer_a="nesterov", batch_a=1024, moment=70, map=cut)
    view = View(section="network", real=real)
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


def test_a_seed_of_its_own_changes_weights_and_order_of_the_second_and_not_the_data() -> None:
    first, second = Real(trained="hidden=4|seed=3", optimizer_b="sgd", rate_b=0.1, seed_b=8).runs
    assert (first.seed, first.seed_of_data, second.seed, second.seed_of_data) == (3, 3, 8, 3)
    assert second.model_copy(update={"seed": 3, "data_seed": None}) == first
    assert Real(trained="seed=3", seed_b=3).runs == Real(trained="seed=3").runs
    third = Real(trained="seed=3|data_seed=1", seed_b=8).runs[1]
    assert (third.seed, third.seed_of_data) == (8, 1)


@pytest.mark.parametrize(("home", "data"), [(home, data) for home, all_data in STARTS.items() for data in all_data])
def test_a_network_of_the_zoo_goes_through_a_link_and_knows_where_it_is_from(home: str, data: str) -> None:
    real = Real(**started(home, data, 7))
    assert home_of(real.run) == home
    assert (real.run.data.data, real.run.seed) == (data, 7)
    view = View(section="network", real=real)
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


def test_the_zoos_networks_are_those_with_which_its_pages_open() -> None:
    known = {*LINES, *CLOUDS, *HIDDEN}
    ours = [
        run for home, all_data in STARTS.items() for data in all_data for run in Real(**started(home, data, 0)).runs
    ]
    assert {run for run in known if not isinstance(run.data, Digits)} <= set(ours)


@pytest.mark.parametrize(
    "text",
    ["network=rnn|data=surnames", "data=auto-mpg|hidden=4|batch_norm=1", "data=auto-mpg|hidden=200,200", "data=tables"],
)
def test_what_of_the_zoo_has_no_map_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"trained|data"):
        Real(trained=text)
