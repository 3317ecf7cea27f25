"""The line between two solutions: its ends are the runs themselves, its middle a network mixed by hand."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlviz.models.build import build_for
from dlviz.probes.landscape import loss_about
from dlviz.probes.line import accuracy, along_line, hill, mixtures, r2
from dlviz.spec import Knobs, Mlp, Plane, RunSpec
from dlviz.training.run import Run

SHARES = np.linspace(-0.25, 1.25, 13)


def trained(data: str, **knobs: object) -> tuple[Run, object]:
    spec = RunSpec(data=Plane(data=data, points=100), network=Mlp(hidden=(6,)), device="cpu", epochs=4)
    run = Run(spec.model_copy(update={"knobs": Knobs(**knobs)}))
    *_, last = [moment for moment in run.work() if moment is not None]
    return run, last


@pytest.mark.parametrize(("data", "score", "name"), [("circle", accuracy, "accuracy"), ("hills", r2, "r2")])
def test_the_ends_are_what_the_two_runs_recorded(data, score, name):
    (run, first), (_, second) = trained(data), trained(data, optimizer="sgd", learning_rate=0.02)
    parts = {
        part: (getattr(run.splits, part).inputs, getattr(run.splits, part).labels) for part in ("train", "validation")
    }
    measures = {"loss": loss_about(run.spec.data.about), name: score}
    found = along_line(build_for(run.spec), first["weights"], second["weights"], SHARES, parts, measures)
    for part in parts:
        for measure in measures:
            for place, end in ((2, first), (10, second)):
                value = found[f"{part}_{measure}"][place]
                assert value == pytest.approx(end[f"{part}_{measure}"].item(), abs=1e-6)


def test_the_middle_is_the_network_with_the_mean_of_all_weights():
    (run, first), (_, second) = trained("circle"), trained("circle", optimizer="sgd", learning_rate=0.02)
    points, labels = run.splits.train.inputs, run.splits.train.labels
    network = build_for(run.spec).eval()
    both = along_line(
        network, first["weights"], second["weights"], SHARES, {"train": (points, labels)}, {"loss": cross_entropy}
    )
    nn.utils.vector_to_parameters(torch.tensor((first["weights"] + second["weights"]) / 2), network.parameters())
    expected = cross_entropy(network(torch.tensor(points)), torch.tensor(labels)).item()
    assert both["train_loss"][6] == pytest.approx(expected, rel=1e-5)


def test_a_part_without_examples_has_no_numbers():
    run, last = trained("circle")
    nothing = np.zeros((0, 2), np.float32), np.zeros(0, int)
    found = along_line(
        build_for(run.spec), last["weights"], last["weights"], SHARES, {"validation": nothing}, {"loss": cross_entropy}
    )
    assert np.isnan(found["validation_loss"]).all()


def test_mixtures_go_on_beyond_both_ends():
    assert mixtures(np.zeros(2), np.array([2.0, 4.0]), np.array([-0.25, 0, 0.5, 1.25])).tolist() == [
        [-0.5, -1], [0, 0], [1, 2], [2.5, 5],
    ]  # fmt: skip


def test_solutions_that_do_not_fit_or_have_run_away_are_refused():
    with pytest.raises(ValueError, match="same length"):
        mixtures(np.zeros(2), np.zeros(3), SHARES)
    with pytest.raises(ValueError, match="diverged"):
        mixtures(np.zeros(2), np.array([0, np.inf]), SHARES)


def test_a_hill_is_how_much_the_way_rises_above_its_higher_end():
    shares = np.array([-0.5, 0, 0.25, 0.5, 0.75, 1, 1.5])
    assert hill(shares, np.array([99, 1.0, 2, 5, 4, 3, 99])) == (0.5, 2)
    assert hill(shares, np.array([99, 1.0, 2, np.nan, 4, 3, 99])) == (0.5, np.inf)


def test_a_way_that_only_falls_has_no_hill():
    assert hill(np.array([0, 0.5, 1]), np.array([3.0, 2, 1])) == (0, 0)


def test_without_its_ends_a_way_has_no_height():
    with pytest.raises(ValueError, match="0 and 1"):
        hill(np.array([0.1, 1]), np.array([1.0, 1]))


def test_one_score_alone_speaks_for_class_1_where_it_is_above_0() -> None:
    assert float(accuracy(torch.tensor([[0.5], [-1.0], [2.0], [-3.0]]), torch.tensor([1, 0, 0, 0]))) == 0.75
