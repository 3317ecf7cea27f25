"""What the shell trains is the run itself: same losses, same bits, and times that add up."""

import json

import pytest

from dlviz import codec
from dlviz.command.options import EXPERIMENTS
from dlviz.command.progress import Progress
from dlviz.command.training import decided, tables, train
from dlviz.concepts.linear_regression.spec import CARS, LINE
from dlviz.concepts.logistic_regression.spec import CLOUDS
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.concepts.rnn.spec import DEFAULT as READING
from dlviz.spec import Knobs, Mlp, Mnist5k, Plane, Recall, Recurrent, RunSpec, Table
from dlviz.training.run import Run


class Nowhere:
    """A stream that nobody reads."""

    def isatty(self) -> bool:
        """Return that nobody watches."""
        return False

    def write(self, text: str) -> None:
        """Forget the text."""


SPEC = RunSpec(data=Mnist5k(train_share=0.02), device="cpu", epochs=2)


@pytest.fixture(scope="module")
def result() -> dict[str, object]:
    """Return the result of a small run."""
    return train(SPEC, Progress(Nowhere(), quiet=True))


def test_losses_are_those_of_the_run(result: dict[str, object]) -> None:
    moments = [moment for moment in Run(SPEC).work() if moment is not None]
    assert result["losses"] == [moment["epoch_loss"].item() for moment in moments if "epoch_loss" in moment]
    assert result["test_accuracy"] == moments[-1]["test_accuracy"].item()
    assert result["updates"] == moments[-1].step


def test_times_add_up(result: dict[str, object]) -> None:
    assert len(result["epoch_seconds"]) == SPEC.epochs
    assert min(result["epoch_seconds"]) <= result["seconds_per_epoch"] <= max(result["epoch_seconds"])
    assert sum(result["epoch_seconds"]) <= result["seconds"]


def test_the_spec_can_be_read_back(result: dict[str, object]) -> None:
    spec = RunSpec.model_validate_json(json.dumps(result["spec"]))
    assert (spec, spec.digest) == (SPEC, result["digest"])


def test_the_link_is_of_the_page_that_was_asked_for() -> None:
    run = CLOUDS.model_copy(update={"epochs": 1, "seed": 3})
    result = train(run, Progress(Nowhere(), quiet=True), "logistic_regression")
    assert result["link"] == {"epochs": "1", "seed": "3"}
    assert codec.read(result["link"], CLOUDS) == (run, [])


def test_tables_say_what_was_measured(result: dict[str, object]) -> None:
    epochs, final = tables(result)
    assert len(epochs) == 1 + SPEC.epochs
    assert dict(final)["test accuracy"] == f"{result['test_accuracy']:.2%}"
    assert dict(final)["device"] == "cpu, 1 thread"


def test_points_have_no_test_accuracy() -> None:
    spec = RunSpec(data=Plane(points=50), network=Mlp(hidden=(2,)), device="cpu", epochs=1)
    result = train(spec, Progress(Nowhere(), quiet=True))
    assert result["test_accuracy"] is None
    assert dict(tables(result)[1])["test accuracy"] == "–"


def test_a_diverged_run_gives_numbers_that_json_knows() -> None:
    knobs = Knobs(optimizer="sgd", learning_rate=10)
    spec = RunSpec(
        data=Mnist5k(train_share=0.02), network=Mlp(activation="identity"), device="cpu", epochs=30, knobs=knobs
    )
    result = train(spec, Progress(Nowhere(), quiet=True))
    assert result["diverged_at"] is not None
    json.dumps(result, allow_nan=False)


def test_the_best_device_is_decided() -> None:
    assert decided(RunSpec()).device in ("cpu", "cuda")
    assert decided(SPEC) is SPEC


def test_numbers_are_told_as_such_and_long_runs_by_what_they_record() -> None:
    knobs = Knobs(learning_rate=0.01, batch_size=25)
    spec = RunSpec(data=Plane(data="slope", points=50), network=Mlp(hidden=(2,)), device="cpu", epochs=104, knobs=knobs)
    result = train(spec, Progress(Nowhere(), quiet=True))
    assert result["epochs"] == [*range(1, 101), 102, 104]
    assert len(result["losses"]) == len(result["validation_r2s"]) == len(result["epoch_seconds"]) == 102
    assert result["validation_accuracies"] == [None] * 102 and json.loads(json.dumps(result)) == result
    rows = tables(result)[0]
    assert rows[0][3] == "validation R²" and rows[-1][0] == "104"
    assert float(rows[-1][3]) == pytest.approx(result["validation_r2s"][-1], abs=1e-6)


def test_the_link_of_a_run_on_points_is_the_playgrounds() -> None:
    spec = CIRCLE.model_copy(update={"device": "cpu", "epochs": 1, "seed": 3})
    result = train(spec, Progress(Nowhere(), quiet=True))
    assert codec.read(result["link"], CIRCLE) == (spec, [])


def test_a_table_is_told_with_its_test_and_leads_to_its_page() -> None:
    spec = CARS.model_copy(update={"device": "cpu", "epochs": 4})
    result = train(spec, Progress(Nowhere(), quiet=True), "linear_regression")
    last = [moment for moment in Run(spec).work() if moment is not None][-1]
    assert result["test_r2"] == last["test_r2"].item()
    assert dict(tables(result)[1])["test R²"] == f"{result['test_r2']:.6f}"
    assert codec.read(result["link"], LINE) == (spec, [])


def test_a_link_leads_to_the_page_that_was_named() -> None:
    spec = RunSpec(data=Table(), network=Mlp(hidden=(3,)), device="cpu", epochs=2)
    found = train(spec, Progress(Nowhere(), quiet=True), "mlp")
    assert codec.read(found["link"], EXPERIMENTS["mlp"]) == (spec, [])
    assert found["test_r2"] == pytest.approx([m for m in Run(spec).work() if m is not None][-1]["test_r2"].item())
    assert tables(found)[1][0] == ("test R²", f"{found['test_r2']:.6f}")


def test_a_link_to_signs_opens_the_part_that_remembers_them() -> None:
    spec = RunSpec(data=Recall(delay=2, examples=100), network=Recurrent(state=4), device="cpu", epochs=1)
    found = train(spec, Progress(Nowhere(), quiet=True), "rnn")
    view, problems = codec.read(found["link"], READING)
    assert (view.part, view.run, problems) == ("recall", spec, [])
