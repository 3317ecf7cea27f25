"""Without validation points, the numbers under the picture are those of the training points."""

from dlviz.concepts.linear_regression.panels import train
from dlviz.concepts.linear_regression.spec import LINE, View
from dlviz.spec import Pairs


def test_what_there_is_to_judge_on(quiet_engine: object) -> None:
    own = View(run=LINE.model_copy(update={"data": Pairs()}))
    assert train.parts(View()) == ("train", "validation")
    assert train.parts(own) == ("train",)
    assert [one.name for one in train.figures(View())] == ["epoch", "train_loss", "validation_loss", "validation_r2"]
    assert [one.name for one in train.figures(own)] == ["epoch", "train_loss", "train_r2"]
