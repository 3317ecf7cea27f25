"""Each loss is torch's own, and quality is what scikit-learn says."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, mean_squared_error, r2_score

from dlviz.spec import Knobs, Linear, RunSpec, Table
from dlviz.training import criterion

CHANCE = torch.Generator().manual_seed(3)
NUMBERS = torch.randn(50, 1, generator=CHANCE), torch.randn(50, generator=CHANCE)
PAIRED = torch.randn(50, 1, generator=CHANCE), torch.randint(0, 2, (50,), generator=CHANCE)
MANY = torch.randn(50, 3, generator=CHANCE), torch.randint(0, 3, (50,), generator=CHANCE)


@pytest.mark.parametrize("delta", [0.1, 1.0, 5.0])
def test_huber_is_a_square_near_zero_and_a_line_far_off(delta: float) -> None:
    off = torch.linspace(-6, 6, 101, dtype=torch.float64)
    found = criterion.losses(off[:, None], torch.zeros(101), "number", Knobs(fault="huber", huber_delta=delta))
    wanted = torch.where(off.abs() <= delta, off**2 / 2, delta * (off.abs() - delta / 2))
    torch.testing.assert_close(found, wanted)


def test_numbers_are_judged_as_scikit_learn_judges_them() -> None:
    scores, truth = NUMBERS
    found = criterion.quality("x", scores, truth, "number", Knobs())
    guess, wanted = scores[:, 0].numpy(), truth.numpy()
    assert found["x_loss"] == pytest.approx(mean_squared_error(wanted, guess), rel=1e-5)
    assert found["x_r2"] == pytest.approx(r2_score(wanted, guess), rel=1e-5)
    assert found["x_error"] == pytest.approx(mean_absolute_error(wanted, guess), rel=1e-5)
    absolute = criterion.quality("x", scores, truth, "number", Knobs(fault="absolute"))
    assert absolute["x_loss"] == pytest.approx(mean_absolute_error(wanted, guess), rel=1e-5)
    assert absolute["x_r2"] == found["x_r2"]


def test_one_sum_for_two_classes_is_judged_by_its_sigmoid() -> None:
    scores, truth = PAIRED
    found = criterion.quality("x", scores, truth, "class", Knobs())
    second = torch.sigmoid(scores[:, 0].double()).numpy()
    assert found["x_loss"] == pytest.approx(log_loss(truth.numpy(), second), rel=1e-5)
    assert found["x_accuracy"] == pytest.approx(accuracy_score(truth.numpy(), second > 0.5), rel=1e-6)


def test_a_sum_for_each_class_is_judged_by_their_softmax() -> None:
    scores, truth = MANY
    found = criterion.quality("x", scores, truth, "class", Knobs())
    assert found["x_loss"] == pytest.approx(log_loss(truth.numpy(), scores.double().softmax(1).numpy()), rel=1e-5)
    assert found["x_accuracy"] == pytest.approx(np.mean(scores.numpy().argmax(1) == truth.numpy()), rel=1e-6)


def test_of_equal_truths_only_the_perfect_answer_explains_all() -> None:
    truth = torch.full((4,), 2.0)
    assert criterion.quality("x", truth[:, None], truth, "number", Knobs())["x_r2"] == 1
    assert criterion.quality("x", truth[:, None] + 1, truth, "number", Knobs())["x_r2"] == 0


@pytest.mark.parametrize(
    ("data", "fault", "given"),
    [("wine", "squared", MANY), ("breast-cancer", "squared", PAIRED), ("auto-mpg", "huber", NUMBERS)],
)
def test_a_runs_loss_is_the_mean_of_that_of_each_example_alone(data: str, fault: str, given: tuple) -> None:
    run = RunSpec(data=Table(data=data), network=Linear(), knobs=Knobs(fault=fault, huber_delta=0.5, l2=1))
    scores, truth = given
    each = criterion.each_loss(run)(scores, truth)
    alone = [criterion.losses(scores[[i]], truth[[i]], run.data.about, run.knobs) for i in range(len(truth))]
    torch.testing.assert_close(each, torch.cat(alone))
    assert criterion.mean_loss(run)(scores, truth).item() == pytest.approx(each.mean().item())
    (found,) = (
        value
        for name, value in criterion.quality("x", scores, truth, run.data.about, run.knobs).items()
        if name == "x_loss"
    )
    assert found == pytest.approx(each.mean().item(), rel=1e-6)
