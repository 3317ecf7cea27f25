"""Solutions of a real network: their sharpness is what the slope shows, and the line begins and ends at the runs."""

import numpy as np
import pytest
import torch

from dlviz.concepts.gradient_descent.solutions import between, edge
from dlviz.models.build import build_for
from dlviz.probes.landscape import loss_about
from dlviz.spec import Knobs, Mlp, Plane, Points, RunSpec
from dlviz.training.run import Run


def trained(data: str, optimizer: str, rate: float, epochs: int = 6, hidden: tuple[int, ...] = (5,)) -> Run:
    """A small network that has learnt for a moment, all points at a time."""
    knobs = Knobs(optimizer=optimizer, learning_rate=rate, batch_size=1024, momentum=0.5)
    network = Mlp(hidden=hidden, activation="tanh")
    run = Run(RunSpec(data=Plane(data=data, points=100), network=network, device="cpu", epochs=epochs, knobs=knobs))
    run.moments = [moment for moment in run.work() if moment is not None]
    return run


@pytest.mark.parametrize("data", ["circle", "hills"])
def test_the_sharpness_is_the_largest_curvature_that_the_slope_shows(data):
    run = trained(data, "sgd", 0.05)
    row = run.moments[-1]["weights"]
    found = edge(run.spec, np.array([run.moments[-1].step]), row[None])
    network, known = build_for(run.spec).double(), run.splits.train
    points, labels = torch.tensor(known.inputs).double(), torch.tensor(known.labels)
    labels = labels.double() if labels.is_floating_point() else labels

    def slope(weights: np.ndarray) -> np.ndarray:
        torch.nn.utils.vector_to_parameters(torch.tensor(weights), network.parameters())
        network.zero_grad()
        loss_about(run.spec.data.about)(network(points), labels).backward()
        return torch.cat([one.grad.flatten() for one in network.parameters()]).numpy()

    row = row.astype(np.float64)
    bent = np.stack([(slope(row + 1e-5 * way) - slope(row - 1e-5 * way)) / 2e-5 for way in np.eye(len(row))])
    assert found.values[0] == pytest.approx(np.linalg.eigvalsh((bent + bent.T) / 2)[::-1][:3], rel=1e-4, abs=1e-5)


def test_the_limit_is_that_of_the_optimizer_and_the_rate_in_force():
    rows, steps = np.zeros((2, 22), np.float32), np.array([0, 3])
    run = RunSpec(
        data=Plane(points=100), network=Mlp(hidden=(4,)), device="cpu", knobs=Knobs(optimizer="sgd", learning_rate=0.1)
    )
    assert edge(run, steps, rows).limits == pytest.approx([20, 20])
    turned = run.fork(2, learning_rate=0.2)
    assert edge(turned, steps, rows).limits == pytest.approx([20, 10])
    momentum = run.model_copy(update={"knobs": run.knobs.model_copy(update={"optimizer": "momentum", "momentum": 0.5})})
    assert edge(momentum, steps, rows).limits == pytest.approx([30, 30])
    assert np.isnan(edge(run.model_copy(update={"knobs": Knobs()}), steps, rows).limits).all()


@pytest.mark.parametrize(("data", "score"), [("circle", "accuracy"), ("hills", "r2")])
def test_the_line_begins_and_ends_with_what_the_two_runs_show(data, score):
    runs = trained(data, "sgd", 0.05), trained(data, "adam", 0.01)
    found = between(runs[0].spec, *(run.moments[-1]["weights"] for run in runs))
    for place, run in zip(found.shares.searchsorted([0, 1]), runs, strict=True):
        last = run.moments[-1]
        for part, name in enumerate(("train", "validation")):
            assert found.losses[part, place] == pytest.approx(last[f"{name}_loss"].item(), abs=1e-6)
            assert found.scores[part, place] == pytest.approx(last[f"{name}_{score}"].item(), rel=1e-6)
        assert found.maps.shape == (61, 48, 48)


def test_the_two_ends_have_their_own_sharpness_and_the_hill_is_above_the_higher_of_them():
    runs = trained("circle", "sgd", 0.05), trained("circle", "adam", 0.05, epochs=40)
    rows = [run.moments[-1]["weights"] for run in runs]
    found = between(runs[0].spec, *rows)
    assert found.sharpness == pytest.approx(edge(runs[0].spec, np.zeros(2), np.stack(rows)).values[:, 0], rel=1e-3)
    inside = found.losses[0, (found.shares >= 0) & (found.shares <= 1)]
    assert found.hills[0][1] == pytest.approx(inside.max() - max(inside[0], inside[-1]))
    assert found.distance == pytest.approx(np.linalg.norm(rows[0].astype(float) - rows[1]))


def test_what_the_middle_answers_is_what_that_network_answers():
    runs = trained("circle", "sgd", 0.05), trained("circle", "adam", 0.05)
    rows = [run.moments[-1]["weights"] for run in runs]
    found, network = between(runs[0].spec, *rows), build_for(runs[0].spec).eval()
    torch.nn.utils.vector_to_parameters(torch.tensor((rows[0] + rows[1]) / 2), network.parameters())
    middles = torch.tensor((np.arange(48) + 0.5) / 48 * 12 - 6, dtype=torch.float32)
    places = torch.stack([middles.repeat(48), -middles.repeat_interleave(48)], dim=1)
    share = network(places).softmax(dim=1)[:, 1].detach().numpy() * 255
    assert np.abs(found.maps[30].astype(float).ravel() - share).max() <= 0.51


def test_without_hidden_layers_the_loss_is_convex_and_no_line_has_a_hill() -> None:
    runs = trained("xor", "sgd", 1.0, hidden=()), trained("xor", "adam", 0.3, hidden=())
    found = between(runs[0].spec, *(run.moments[-1]["weights"] for run in runs))
    assert found.distance > 0.1
    assert (np.diff(found.losses[0], 2) > -1e-6).all()
    assert found.hills[0][1] <= 1e-6


def test_without_validation_points_the_line_has_a_hill_on_training_points_only():
    spec = RunSpec(data=Points(validation_share=0), network=Mlp(hidden=(3,)), device="cpu")
    rows = np.random.default_rng(0).standard_normal((2, spec.parameters)).astype(np.float32)
    found = between(spec, *rows)
    assert np.isfinite(found.losses[0]).all() and np.isnan(found.losses[1]).all()
    assert np.isfinite(found.hills[0]).all() and np.isnan(found.hills[1]).all()
