"""The models are told apart by their names, share their tasks' data, and a link can ask for one seed more."""

import pytest
from pydantic import ValidationError

from dlviz.concepts.model_zoo.spec import DEFAULT, MODELS, MOST_SEEDS, View, named


def test_models_have_names_of_their_own_and_tasks_their_data() -> None:
    assert len({model.name for model in MODELS}) == len(MODELS) == len({model.run for model in MODELS})
    for task in {model.task for model in MODELS}:
        assert len({model.run.data for model in MODELS if model.task == task}) == 1


def test_seeds_differ_in_nothing_else() -> None:
    first, second = named("line_cars").seeded(2)
    assert (first.seed, second.seed) == (0, 1)
    assert first == second.model_copy(update={"seed": 0}) == named("line_cars").run


def test_one_seed_more_is_of_one_model_and_has_an_end() -> None:
    view = DEFAULT.model_copy(update={"extra": ("cnn_digits",) * 2})
    assert (view.seeds_of(named("cnn_digits")), view.seeds_of(named("line_cars"))) == (5, 3)
    assert View(extra=("cnn_digits",) * 40).seeds_of(named("cnn_digits")) == MOST_SEEDS
    with pytest.raises(ValidationError, match="transformer"):
        View(extra=("transformer",))
