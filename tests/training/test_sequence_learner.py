"""What is read step by step is learnt, and how far back a gradient reaches is measured."""

import numpy as np
import pytest
import torch
from sklearn.metrics import r2_score

from dlviz.data.sunspots import sunspots
from dlviz.models.build import build_for
from dlviz.spec import Knobs, Recall, Recurrent, RunSpec, Sunspots, Surnames, Writing
from dlviz.training.run import Run
from dlviz.training.sequence_learner import OVER, by_own_guesses, gradients, to_write
from tests.training.small import assert_same_moments, assert_same_weights, moments

QUICK = Knobs(learning_rate=0.01, batch_size=32, gradient_clip=1.0)
KINDS = ("rnn", "lstm", "gru")


def run_of(data: object, kind: str = "gru", **fields: object) -> Run:
    """Return a run of a small network on the CPU."""
    network = Recurrent(network=kind, embedding=6, state=12)
    return Run(RunSpec(**{"data": data, "network": network, "device": "cpu", "epochs": 2, "knobs": QUICK, **fields}))


def test_names_are_told_apart() -> None:
    last = moments(run_of(Surnames(names=150), epochs=6))[-1]
    assert last["test_accuracy"] > 0.5
    assert last["confusion"].sum() == 120
    assert last["test_confusion"].sum() == 120
    right = np.trace(last["test_confusion"]) / 120
    assert last["test_accuracy"] == pytest.approx(right)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_is_remembered_over_a_few_blanks(kind: str) -> None:
    assert moments(run_of(Recall(delay=3), kind, epochs=8))[-1]["validation_accuracy"] == 1


def test_the_next_year_is_told_better_than_by_the_mean() -> None:
    last = moments(run_of(Sunspots(), epochs=20))[-1]
    assert last["test_r2"] > 0.6
    assert {name: last[f"{name}_scores"].shape for name in ("train", "validation", "test")} == {
        "train": (181, 1),
        "validation": (46, 1),
        "test": (62, 1),
    }


@pytest.mark.parametrize(("transform", "power"), [("none", 1), ("root", 2)])
def test_what_is_explained_of_years_is_counted_in_spots(transform: str, power: int) -> None:
    run = run_of(Sunspots(transform=transform))
    last = moments(run)[-1]
    mean, deviation = run.splits.unit
    for part in ("train", "validation", "test"):
        said = (last[f"{part}_scores"][:, 0].astype(float) * deviation + mean).clip(0 if power == 2 else None) ** power
        truth = sunspots().numbers[getattr(run.splits, part).indices]
        assert float(last[f"{part}_r2"]) == pytest.approx(r2_score(truth, said), abs=1e-5)
        assert float(last[f"{part}_error"]) == pytest.approx(np.abs(said - truth).mean(), rel=1e-5)


def test_dropout_silences_what_the_scores_read_while_learning_and_nothing_else() -> None:
    plain = run_of(Recall(examples=100, delay=3), epochs=1)
    silenced = run_of(Recall(examples=100, delay=3), epochs=1, knobs=QUICK.model_copy(update={"dropout": 0.5}))
    inputs = torch.tensor(plain.splits.train.inputs)
    with torch.no_grad():
        learning = [run.network.train()(inputs) for run in (plain, silenced)]
        looking = [run.network.eval()(inputs) for run in (plain, silenced)]
    assert torch.equal(*looking)
    assert not torch.equal(*learning)
    states = silenced.network.cell(silenced.network.read(inputs))[0][:, -1]
    kept = silenced.network.train().dropout(states)
    assert 0.4 < float((kept == 0).float().mean()) < 0.6
    torch.testing.assert_close(kept[kept != 0], 2 * states[kept != 0])


def test_the_next_letter_is_told_better_than_by_chance() -> None:
    first, *_, last = moments(run_of(Writing(tongue="finnish"), epochs=4))
    assert float(first["validation_loss"]) == pytest.approx(np.log(30), abs=0.3)
    assert last["validation_loss"] < 2.6
    assert last["validation_accuracy"] > 0.2


def test_what_is_read_and_told_when_one_writes() -> None:
    read, wanted = to_write(torch.tensor([[3, 4, 0, 0], [5, 6, 7, 0]], dtype=torch.uint8))
    assert read.tolist() == [[0, 3, 4, 0], [0, 5, 6, 7]]
    assert wanted.tolist() == [[3, 4, 0, OVER], [5, 6, 7, 0]]


def test_who_reads_only_the_truth_reads_as_torch_does() -> None:
    network = build_for(RunSpec(data=Writing(), network=Recurrent(embedding=4, state=9)))
    read = torch.randint(0, 30, (5, 11), generator=torch.Generator().manual_seed(0))
    found = by_own_guesses(network, read, 1.0, torch.Generator())
    torch.testing.assert_close(found, network(read), atol=1e-6, rtol=0)


def test_who_reads_only_its_own_guesses_knows_the_first_letter_alone() -> None:
    network = build_for(RunSpec(data=Writing(), network=Recurrent(embedding=4, state=9)))
    read = torch.randint(0, 30, (5, 11), generator=torch.Generator().manual_seed(0))
    other = read.clone()
    other[:, 1:] = 0
    found = by_own_guesses(network, read, 0.0, torch.Generator())
    assert torch.equal(found, by_own_guesses(network, other, 0.0, torch.Generator()))


# --------------------------------------------------------------------------- how far back it reaches


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradients_are_those_of_central_differences(kind: str) -> None:
    network = build_for(RunSpec(data=Recall(delay=4), network=Recurrent(network=kind, embedding=3, state=4))).double()
    inputs, truth = torch.tensor([[2, 0, 0, 0, 0]]), torch.tensor([1])
    _, found = gradients(network, inputs, truth, Knobs())
    read = network.read(inputs).detach()
    for place in range(5):
        slopes = [slope(network, read, truth, place, unit) for unit in range(4)]
        assert found[0, place].item() == pytest.approx(np.linalg.norm(slopes), rel=1e-6)


@torch.no_grad()
def slope(network: torch.nn.Module, read: torch.Tensor, truth: torch.Tensor, place: int, unit: int) -> float:
    """Return ∂loss/∂h of one unit after one step, by moving it a little either way; an LSTM's memory stays."""
    found = []
    for move in (1e-5, -1e-5):
        before, carried = network.cell(read[:, : place + 1])[1], None
        carried = [part.clone() for part in before] if isinstance(before, tuple) else [before.clone()]
        carried[0][0, 0, unit] += move
        state = carried[0][0]
        if place < 4:
            state = network.cell(read[:, place + 1 :], tuple(carried) if len(carried) > 1 else carried[0])[0][:, -1]
        found.append(torch.nn.functional.cross_entropy(network.scores(state), truth).item())
    return (found[0] - found[1]) / 2e-5


def test_the_plain_one_forgets_what_was_forty_steps_ago_and_the_lstm_less() -> None:
    ratio = {}
    for kind in KINDS:
        network = Recurrent(network=kind, embedding=8, state=32)
        spec = RunSpec(data=Recall(delay=40), network=network, device="cpu", epochs=1)
        reach = moments(Run(spec), until=0)[0]["reach"]
        assert reach.shape == (41,)
        ratio[kind] = reach[40] / reach[0]
    assert ratio["rnn"] < 1e-3
    assert ratio["lstm"] > ratio["rnn"] * 1000


def test_a_name_counts_from_its_own_end() -> None:
    run = run_of(Surnames(names=50))
    reach = moments(run, until=0)[0]["reach"]
    network, part = run.network, run.splits.validation
    row = part.inputs[0][part.inputs[0] > 0]
    lengths, found = gradients(network, torch.tensor(row[None]), torch.tensor(part.labels[:1]), Knobs())
    assert lengths.tolist() == [len(row)]
    several = [
        gradients(network, torch.tensor(one[one > 0][None]), torch.tensor([label]), Knobs())[1][0, -1].item()
        for one, label in zip(part.inputs[:32], part.labels[:32], strict=True)
    ]
    assert reach[0] == pytest.approx(np.mean(several), rel=1e-5)
    assert found[0, -1].item() == pytest.approx(several[0], rel=1e-5)


# ------------------------------------------------------------------------------------- same bits


@pytest.mark.parametrize(
    ("data", "knobs"),
    [
        (Surnames(names=50), {"gradient_clip": 0.5}),
        (Writing(tongue="finnish"), {"teacher_forcing": 0.5}),
        (Sunspots(window=8), {"truncate": 3, "fault": "huber"}),
        (Sunspots(window=8, transform="root"), {"dropout": 0.3}),
        (Writing(tongue="finnish"), {"teacher_forcing": 0.5, "dropout": 0.3}),
        (Recall(examples=100, delay=6), {"truncate": 4}),
    ],
    ids=["names", "writing", "sunspots", "roots, dropout", "writing, dropout", "recall"],
)
def test_a_run_continued_has_the_same_bits(data: object, knobs: dict[str, object]) -> None:
    def begin() -> Run:
        return run_of(data, "lstm", knobs=QUICK.model_copy(update=knobs))

    whole, begun = begin(), begin()
    wanted = moments(whole)
    found = moments(begun, until=wanted[-1].step // 2)
    resumed = Run(begun.spec, begun.state())
    found += [row for row in moments(resumed) if row.step > found[-1].step]
    assert_same_weights(whole, resumed)
    kept = {row.step for row in wanted}
    assert_same_moments([row for row in found if row.step in kept], wanted)


def test_knobs_that_are_not_turned_leave_old_digests_alone() -> None:
    text = Knobs().model_dump_json()
    assert "truncate" not in text
    assert "teacher_forcing" not in text
    assert "truncate" in Knobs(truncate=3).model_dump_json()
