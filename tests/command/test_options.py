"""Every field is an option with the link's name and limits, and every mistake is named."""

import argparse

import pytest

from dlviz import codec
from dlviz.command.options import add_spec_options, cores, option, spec_from
from dlviz.concepts.linear_regression.spec import LINE
from dlviz.concepts.logistic_regression.spec import CLOUDS
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.spec import ConvBlock, Edit, Linear, Mnist5k, Plane, Points, RunSpec, Table


def read(*words: str, threads: int = 3, experiment: str = "cnn") -> RunSpec:
    """Return the spec that these options ask for."""
    parser = argparse.ArgumentParser()
    add_spec_options(parser)
    return spec_from(argparse.Namespace(experiment=experiment, **vars(parser.parse_args(words))), threads)


def test_without_options_it_is_the_page_on_all_threads() -> None:
    assert read() == RunSpec(threads=3)


def test_the_playground_has_its_own_usual_run_on_one_thread() -> None:
    assert read(experiment="playground") == CIRCLE
    spec = read("--hidden", "8,8", "--l2", "0.01", "--data", "hills", "--schedule", "cosine", experiment="playground")
    assert (spec.network.hidden, spec.knobs.l2, spec.data.data) == ((8, 8), 0.01, "hills")
    assert (spec.knobs.schedule, spec.network.activation, spec.threads) == ("cosine", "tanh", 1)


def test_a_line_and_a_table_have_one_thread_too() -> None:
    assert read(experiment="linear_regression") == LINE
    spec = read("--data", "auto-mpg", "--columns", "weight,year", "--fault", "huber", experiment="linear_regression")
    assert (spec.data.columns, spec.knobs.fault, spec.threads) == (("weight", "year"), "huber", 1)


def test_logistic_regression_has_its_own_usual_run() -> None:
    assert read(experiment="logistic_regression") == CLOUDS
    spec = read("--data", "breast-cancer", "--l2", "0.1", experiment="logistic_regression")
    assert (spec.data, spec.network, spec.knobs.l2) == (Table(data="breast-cancer"), Linear(), 0.1)


def test_every_field_has_an_option_with_help() -> None:
    parser = argparse.ArgumentParser()
    add_spec_options(parser)
    actions = {action.dest: action for action in parser._actions}
    assert set(codec.names(RunSpec)) <= set(actions)
    assert all(actions[name].help and actions[name].option_strings == [option(name)] for name in codec.names(RunSpec))


def test_options_reach_their_fields() -> None:
    spec = read(
        "--learning-rate", "0.01", "--blocks", "8k5m2b", "--dense", "32,16", "--test-share", "0.2", "--threads", "2"
    )
    assert spec.knobs.learning_rate == 0.01
    assert spec.network.blocks == (ConvBlock(channels=8, kernel=5, batch_norm=True),)
    assert spec.network.dense == (32, 16)
    assert spec.data == Mnist5k(test_share=0.2)
    assert spec.threads == 2


def test_options_choose_other_data_and_networks() -> None:
    spec = read("--data", "spiral", "--points", "100", "--network", "mlp", "--hidden", "4,4")
    assert spec.data == Plane(data="spiral", points=100)
    assert spec.network.hidden == (4, 4)


def test_options_choose_inputs_activations_and_points_of_ones_own() -> None:
    spec = read(
        "--data", "points", "--rows", "gABg0gAB_1", "--network", "mlp", "--hidden", "4,4", "--inputs", "x1,sin_x2",
        "--activations", "relu,tanh", "--edits", "3:w5=0.25",
    )  # fmt: skip
    assert spec.data == Points(rows="gABg0gAB_1", inputs=("x1", "sin_x2"))
    assert spec.network.activations == ("relu", "tanh")
    assert spec.edits == (Edit(step=3, knobs=spec.knobs, weights=((5, 0.25),)),)


def test_options_choose_an_activation_of_ones_own() -> None:
    spec = read("--network", "mlp", "--hidden", "4,4", "--activation", "own", "--own", "x*sigmoid(2x)")
    assert (spec.network.activation, spec.network.own) == ("own", "x*sigmoid(2x)")
    spec = read("--network", "mlp", "--hidden", "4,4", "--activations", "relu,own", "--own", "sin(x)")
    assert [spec.network.activation_of(layer) for layer in range(2)] == ["relu", "own"]


def test_edits_are_read() -> None:
    spec = read("--edits", "5:learning_rate=0.1;9:optimizer=sgd")
    assert [(edit.step, edit.knobs.learning_rate, edit.knobs.optimizer) for edit in spec.edits] == [
        (5, 0.1, "adam"),
        (9, 0.1, "sgd"),
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--epochs", "0"), "--epochs must be in 1 … 10000, got '0'"),
        (("--seed", "x"), "--seed must be a number (0 … 2147483647), got 'x'"),
        (("--learning-rate", "nan"), "--learning-rate must be in 1e-06 … 10, got 'nan'"),
        (("--optimizer", "lion"), "--optimizer must be one of sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw"),
        (
            ("--data", "cats"),
            "--data must be one of mnist-5k, mnist-full, circle, xor, gauss, spiral, moons, clouds, arms, "
            "checkerboard, slope, hills, points, trend, bend, wave, steps, pairs, auto-mpg, diabetes, breast-cancer, "
            "wine, surnames, writing, sunspots, recall, got 'cats'",
        ),
        (("--blocks", "32k9m4,3k9"), "--blocks: block 2 shrinks its maps to nothing"),
        (("--data", "circle", "--inputs", "x2,x1"), "--inputs: name each once and in this order: x1, x2"),
        (("--data", "circle", "--inputs", "x3"), "--inputs must be one of x1, x2, x1_squared"),
        (("--data", "points", "--rows", "abc"), "--rows: 'abc' is not written as rows with a class are"),
        (
            ("--network", "mlp", "--activation", "own", "--own", "x^^2"),
            "--own must be a formula in x; 'x^^2' cannot be read from letter 3 on",
        ),
        (("--network", "mlp", "--own", "x^2"), "--own has no meaning without --activation own"),
        (("--hidden", "8"), "--hidden has no meaning with --network cnn"),
        (("--points", "60"), "--points has no meaning with --data mnist-5k"),
        (("--dense", "1" * 5000), "--dense is longer than 4000 characters"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match="--") as mistake:
        read(*words)
    assert sentence in str(mistake.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"--seed.*; .*--epochs|--epochs.*; .*--seed"):
        read("--seed", "x", "--epochs", "0")


def test_cores_are_within_the_limits_of_threads() -> None:
    assert 1 <= cores() <= 64
