"""A miss is counted by the line of torch that fits, and judged by the same."""

import pytest

from dlviz.export.fault_text import evaluate_text, fault_text, loss_imports, loss_line
from dlviz.export.plan import plan
from dlviz.spec import Curve, Edit, Knobs, Linear, Mnist5k, RunSpec, Table

LINE = RunSpec(data=Curve(), network=Linear())


@pytest.mark.parametrize(
    ("knobs", "line"),
    [
        (Knobs(), "fault = mse_loss"),
        (Knobs(fault="absolute"), "fault = l1_loss"),
        (Knobs(fault="huber", huber_delta=0.5), "fault = partial(huber_loss, delta=0.5)"),
    ],
)
def test_each_fault_has_its_line(knobs: Knobs, line: str) -> None:
    assert fault_text(knobs) == line


def test_squares_alone_need_no_name_for_it() -> None:
    assert loss_line(plan(LINE)) == "loss = mse_loss(scores[:, 0], labels[batch])"
    assert "fault" not in evaluate_text(plan(LINE))
    turned = plan(LINE.model_copy(update={"edits": (Edit(step=3, knobs=Knobs(fault="huber")),)}))
    assert loss_line(turned) == "loss = fault(scores[:, 0], labels[batch])"
    assert loss_imports(turned) == ["huber_loss", "mse_loss"]
    assert "fault(answers, labels)" in evaluate_text(turned)


def test_one_sum_for_two_classes_has_the_binary_loss() -> None:
    one = plan(RunSpec(data=Table(data="breast-cancer"), network=Linear()))
    assert loss_imports(one) == ["binary_cross_entropy_with_logits"]
    assert "binary_cross_entropy_with_logits" in loss_line(one)
    several = plan(RunSpec(data=Mnist5k(), network=Linear()))
    assert loss_imports(several) == ["cross_entropy"]
