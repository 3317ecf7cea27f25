"""A guess is checked by what the runs of all seeds came to."""

import numpy as np
import pytest

from dlviz.concepts.model_zoo.panels import tries
from dlviz.concepts.model_zoo.spec import DEFAULT, Preset, named
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment, Recording
from dlviz.words.model_zoo import WORDS


def finished(score: float, measure: str) -> Snapshot:
    """Return a run that has ended with this score."""
    last = Moment(9, 1.0, {f"test_{measure}": np.array(score), "seconds": np.array(1.0)})
    return Snapshot("finished", 0, 9, 9, "", Recording(DEFAULT and named("line_cars").run, (last,), finished=True))


def scores(monkeypatch: pytest.MonkeyPatch, **means: float) -> None:
    """Let the models have these scores, around which their seeds lie."""
    around = (-0.001, 0, 0.001)

    def runs_of(model: object, seeds: int) -> list[Snapshot | None]:
        assert seeds == 3
        measure = "r2" if model.task == "cars" else "accuracy"
        return [finished(means[model.name] + off, measure) if model.name in means else None for off in around]

    monkeypatch.setattr(tries, "runs_of", runs_of)


@pytest.mark.parametrize(
    ("task", "means", "right"),
    [
        ("digits", {"softmax_digits": 0.88, "mlp_digits": 0.91, "cnn_digits": 0.93}, 2),
        ("digits", {"softmax_digits": 0.95, "mlp_digits": 0.91, "cnn_digits": 0.93}, 0),
        ("cars", {"line_cars": 0.81, "mlp_cars": 0.87}, 1),
        ("cars", {"line_cars": 0.86, "mlp_cars": 0.87}, 2),
        ("tumours", {"logistic_tumours": 0.985, "mlp_tumours": 0.96}, 0),
    ],
)
def test_the_best_mean_wins_unless_two_are_close(
    monkeypatch: pytest.MonkeyPatch, task: str, means: dict[str, float], right: int
) -> None:
    scores(monkeypatch, **means)
    found = tries.winner(task)(DEFAULT)
    assert found.right == right
    for language in (0, 1):
        said = WORDS[f"preset.{task}.found"][language].format(**found.values)
        assert all(value in said for value in found.values.values() if isinstance(value, str))


def test_there_is_no_answer_before_all_runs_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    scores(monkeypatch, line_cars=0.8)
    assert tries.winner("cars")(DEFAULT) is None


def test_every_preset_of_the_link_can_be_tried() -> None:
    assert {"none", *tries.DUELS} == set(Preset.__args__)
    for task, names in tries.DUELS.items():
        assert {named(name).task for name in names} == {task}
        places = [key for key in WORDS if key.startswith(f"preset.{task}_who.")]
        assert len(places) == 3
