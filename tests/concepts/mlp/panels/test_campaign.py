"""Many runs, one after the other: what is due, what came of them, and how it is laid out."""

import math

import numpy as np

from dlviz.concepts.mlp.panels import campaign
from dlviz.concepts.mlp.panels.campaign import Campaign
from dlviz.concepts.mlp.recording import Outcome, Score
from dlviz.concepts.mlp.spec import WAVE
from dlviz.spec import Edit, Knobs

RUNS = tuple(campaign.plain(WAVE, seed) for seed in range(3))


def outcome(score: float) -> Outcome:
    """Return what came of a run with this score."""
    return Outcome(10, 2.0, {"validation": Score(score, 0, 0)}, {})


def test_what_is_alike_is_due_at_once_and_nothing_after_a_stop_or_a_failure() -> None:
    wider = [run.model_copy(update={"network": run.network.model_copy(update={"hidden": (9,)})}) for run in RUNS]
    held = Campaign("function", WAVE, (RUNS[0], wider[0], *RUNS[1:], *wider[1:]))
    assert held.due == RUNS
    held.found |= {run.digest: outcome(0.5) for run in RUNS}
    assert held.due == tuple(wider)
    held.stopped = True
    assert held.due == ()
    held.stopped, held.failure = False, "worker"
    assert held.due == ()


def test_what_is_not_through_has_no_score() -> None:
    held = Campaign("function", WAVE, RUNS, {RUNS[1].digest: outcome(0.5)})
    found = held.scores([RUNS], lambda _, one: one.best["validation"].score)
    assert found.shape == (1, 3)
    assert math.isnan(found[0, 0])
    assert found[0, 1] == 0.5


def test_seeds_differ_in_nothing_but_the_seed() -> None:
    turned = WAVE.model_copy(update={"edits": (Edit(step=5, knobs=Knobs(learning_rate=0.1)),), "device": "cuda"})
    runs = [campaign.plain(turned, seed) for seed in range(2)]
    assert [run.seed for run in runs] == [0, 1]
    assert {run.model_copy(update={"seed": 0}) for run in runs} == {runs[0]}
    assert (runs[0].knobs.learning_rate, runs[0].device, runs[0].edits) == (0.1, "cpu", ())
    assert np.isfinite(runs[0].epochs)
