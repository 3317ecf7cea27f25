"""The loop is a plain for loop unless a knob makes more of it necessary."""

import pytest

from dlviz.export.loop_text import ending_text, training_text
from dlviz.export.plan import plan
from dlviz.spec import Edit, Knobs, Mlp, MnistFull, Plane, RunSpec


def training(**fields: object) -> str:
    return training_text(plan(RunSpec(**fields)))


@pytest.mark.parametrize("word", ["step", "augment", "batch_size", "while", "if step"])
def test_the_usual_loop_has_nothing_that_it_does_not_need(word: str) -> None:
    assert word not in training().replace("optimizer.step()", "")


def test_edits_are_plain_code_at_their_step() -> None:
    text = training(edits=(Edit(step=30, knobs=Knobs(learning_rate=0.1)),))
    assert "        if step == 30:\n            optimizer.param_groups[0].update(lr=0.1)\n" in text
    assert "BATCH_SIZE" in text


def test_a_batch_size_that_is_turned_is_a_variable() -> None:
    text = training(edits=(Edit(step=30, knobs=Knobs(batch_size=7)),))
    assert "batch_size = 64\nfor epoch" in text
    assert "    while len(order):" in text
    assert "BATCH_SIZE" not in text


def test_without_validation_only_the_training_loss_is_printed() -> None:
    assert "validation" not in training(data=MnistFull())
    assert "evaluate(*validation)" in training(data=MnistFull(validation_share=0.1))


def test_points_have_no_test_at_the_end() -> None:
    assert "test" not in ending_text(plan(RunSpec(data=Plane(), network=Mlp())))
    assert "evaluate(*test)" in ending_text(plan(RunSpec()))
