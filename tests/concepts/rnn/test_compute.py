"""The questions about recurrent networks against torch and scikit-learn asked directly."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from dlviz.concepts.rnn import compute
from dlviz.concepts.rnn.spec import NAMES, RECALL
from dlviz.data.load import load
from dlviz.data.sunspots import sunspots
from dlviz.models.build import build_for
from dlviz.spec import Knobs, Recall, Recurrent, RunSpec, Sunspots, Surnames, Writing
from dlviz.training.run import Run
from tests.pieces import whole

SMALL = RunSpec(data=Surnames(names=50), network=Recurrent(network="gru", embedding=4, state=6), device="cpu", epochs=1)


def networks(spec: RunSpec, step: int | None) -> tuple[torch.nn.Module, object]:
    """Answer as the engine does, with the first weights."""
    return build_for(spec).eval(), load(spec.data, spec.seed)


def test_delays_are_counted_one_by_one() -> None:
    spec = RunSpec(data=Recall(delay=3, signs=4), network=Recurrent(embedding=3, state=5))
    found = compute.over_delays(networks, [(spec, 0)], (1, 4, 9))
    network = build_for(spec)
    for share, delay in zip(found[0], (1, 4, 9), strict=True):
        right = [int(network(torch.tensor([[sign + 1, *[0] * delay]])).argmax()) == sign for sign in range(4)]
        assert share == np.mean(right)


def test_groups_of_letters_are_what_scikit_learn_makes_of_them() -> None:
    found = compute.letter_groups(SMALL)
    parts = load(SMALL.data, 0)
    names = [["^" + "".join(compute.spelt(row)) + "$" for row in part.inputs] for part in (parts.train, parts.test)]

    def groups(name: str) -> set[str]:
        return {name[i : i + size] for size in range(1, 5) for i in range(len(name) - size + 1)}

    known = sorted(set().union(*map(groups, names[0])))
    assert found.features == len(known)
    train, test = ([[group in held for group in known] for held in map(groups, rows)] for rows in names)
    model = LogisticRegression(C=3.0, max_iter=300).fit(np.array(train, float), parts.train.labels)
    assert found.test == pytest.approx(model.score(np.array(test, float), parts.test.labels), abs=0.03)


def test_other_seeds_are_runs_of_their_own() -> None:
    found = whole(compute.spread(SMALL, (3, 4)))
    assert (found.seeds.tolist(), found.what) == ([3, 4], "test_accuracy")
    for seed, score in zip(found.seeds, found.scores, strict=True):
        last = [one for one in Run(SMALL.model_copy(update={"seed": int(seed)})).work() if one is not None][-1]
        assert score == float(last["test_accuracy"])


@pytest.mark.parametrize(("transform", "power"), [("none", 1), ("root", 2)])
def test_years_are_scored_by_their_error_in_spots(transform: str, power: int) -> None:
    spec = RunSpec(
        data=Sunspots(transform=transform), network=Recurrent(network="rnn", state=4), device="cpu", epochs=1
    )
    found, run = whole(compute.spread(spec, (2,))), Run(spec.model_copy(update={"seed": 2}))
    last = [one for one in run.work() if one is not None][-1]
    mean, deviation = run.splits.unit
    said = (last["test_scores"][:, 0] * deviation + mean) ** power
    assert found.what == "error"
    assert found.scores[0] == pytest.approx(np.sqrt(np.mean((said - sunspots().numbers[-62:]) ** 2)), rel=1e-5)


@pytest.mark.parametrize(
    ("data", "what", "name"),
    [
        (Recall(examples=100, delay=2), "validation_accuracy", "validation_accuracy"),
        (Writing(tongue="finnish"), "surprise", "test_loss"),
    ],
)
def test_each_part_has_a_score_of_its_own(data: object, what: str, name: str) -> None:
    spec = SMALL.model_copy(update={"data": data})
    found = whole(compute.spread(spec, (1,)))
    last = [one for one in Run(spec.model_copy(update={"seed": 1})).work() if one is not None][-1]
    assert (found.what, found.scores[0]) == (what, float(last[name]))


def test_the_usual_runs_clip_and_stop_where_validation_said() -> None:
    usual = Knobs(learning_rate=0.003, batch_size=32, gradient_clip=1.0)
    assert RECALL.knobs == usual
    falling = {"learning_rate": 0.005, "schedule": "cosine", "schedule_epochs": NAMES.epochs}
    assert NAMES.knobs == usual.model_copy(update=falling)
