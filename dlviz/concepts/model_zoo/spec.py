"""What the page about the five models shows, as one value, and the models that stand side by side."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from dlviz.spec import Choice, ConvBlock, ConvNet, Knobs, Linear, Mlp, Mnist5k, Recurrent, RunSpec, Surnames, Table

Kind = Literal["linear_regression", "logistic_regression", "mlp", "cnn", "rnn"]
Task = Literal["digits", "cars", "patients", "tumours", "wines", "names"]
Shown = Literal["all", Task]
Column = Literal["model", "parameters", "flops", "seconds", "score"]
Preset = Literal["none", "digits", "cars", "tumours"]
MOST_SEEDS = 10


class Model(NamedTuple):
    """One of the models: its name, which of the five it is (and the slug of that page), its task, and its run."""

    name: str
    kind: Kind
    task: Task
    run: RunSpec

    def seeded(self, seeds: int) -> tuple[RunSpec, ...]:
        """Return the run from so many seeds; a seed decides the split, the first weights and the order."""
        return tuple(self.run.model_copy(update={"seed": seed}) for seed in range(seeds))


def _on_table(data: str, network: Linear | Mlp, epochs: int, rate: float, **knobs: object) -> RunSpec:
    settings = Knobs(optimizer="adam", learning_rate=rate, batch_size=32, **knobs)
    return RunSpec(data=Table(data=data), network=network, epochs=epochs, knobs=settings)


def _on_names(cell: str) -> RunSpec:
    falling = {"learning_rate": 0.005, "schedule": "cosine", "schedule_epochs": 8.0}
    knobs = Knobs(optimizer="adam", batch_size=32, gradient_clip=1.0, **falling)
    return RunSpec(data=Surnames(), network=Recurrent(network=cell), epochs=8, knobs=knobs)


DIGITS = Mnist5k()
DEEP = ConvNet(blocks=(ConvBlock(channels=16, padding=1), ConvBlock(channels=32, padding=1)), dense=(64,))
MODELS = (
    Model("line_cars", "linear_regression", "cars", _on_table("auto-mpg", Linear(), 100, 0.02)),
    Model("squares_cars", "linear_regression", "cars", _on_table("auto-mpg", Linear(degree=2), 100, 0.02)),
    Model("line_patients", "linear_regression", "patients", _on_table("diabetes", Linear(), 100, 0.02)),
    Model("mlp_cars", "mlp", "cars", _on_table("auto-mpg", Mlp(hidden=(32, 16)), 100, 0.002, l2=0.01)),
    Model("mlp_patients", "mlp", "patients", _on_table("diabetes", Mlp(hidden=(32, 16)), 100, 0.002, l2=0.01)),
    Model("logistic_tumours", "logistic_regression", "tumours", _on_table("breast-cancer", Linear(), 100, 0.02)),
    Model("mlp_tumours", "mlp", "tumours", _on_table("breast-cancer", Mlp(hidden=(16,)), 50, 0.005)),
    Model("softmax_wines", "logistic_regression", "wines", _on_table("wine", Linear(), 100, 0.05)),
    Model("softmax_digits", "logistic_regression", "digits", RunSpec(data=DIGITS, network=Linear(), epochs=5)),
    Model("mlp_digits", "mlp", "digits", RunSpec(data=DIGITS, network=Mlp(hidden=(64,)), epochs=5)),
    Model("mlp_wide_digits", "mlp", "digits", RunSpec(data=DIGITS, network=Mlp(hidden=(256, 128)), epochs=5)),
    Model("cnn_digits", "cnn", "digits", RunSpec(data=DIGITS, epochs=5)),
    Model("cnn_deep_digits", "cnn", "digits", RunSpec(data=DIGITS, network=DEEP, epochs=5)),
    Model("rnn_names", "rnn", "names", _on_names("rnn")),
    Model("lstm_names", "rnn", "names", _on_names("lstm")),
    Model("gru_names", "rnn", "names", _on_names("gru")),
)
"""The models, in the order of the article; those on one task learn from the same examples."""


def named(name: str) -> Model:
    """Return the model of that name. Raises: StopIteration where there is none."""
    return next(model for model in MODELS if model.name == name)


class View(Choice):
    """The state of the page."""

    task: Shown = "all"
    sort: Column = "model"
    falling: bool = False  # the largest first
    seeds: int = Field(3, ge=1, le=MOST_SEEDS)  # from how many seeds each model is trained
    extra: tuple[str, ...] = Field((), max_length=60)  # models of which one seed more was asked for, each time
    axis: Literal["parameters", "flops", "seconds"] = "parameters"  # of the chart
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=2)

    @model_validator(mode="after")
    def extra_are_models(self) -> View:
        known = [model.name for model in MODELS]
        if wrong := [name for name in self.extra if name not in known]:
            raise ValueError(f"extra: {wrong[0][:40]!r} is no model here; there are {', '.join(known)}")
        return self

    def seeds_of(self, model: Model) -> int:
        """Return from how many seeds the model is trained."""
        return min(MOST_SEEDS, self.seeds + self.extra.count(model.name))


DEFAULT = View()
