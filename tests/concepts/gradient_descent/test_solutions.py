"""Solutions of a real network: their sharpness is what the slope shows, and the line begins and ends at the runs."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy, mse_loss

from dlviz.concepts.gradient_descent.solutions import between, edge
from dlviz.concepts.gradient_descent.spec import STARTS, Real, started
from dlviz.models.build import build_for
from dlviz.probes.landscape import loss_about
from dlviz.spec import Knobs, Linear, Mlp, Plane, Points, RunSpec
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


# ----------------------------------------------------------------------- networks of the model zoo


def from_the_zoo(home: str, data: str, epochs: int = 8) -> tuple[Run, Run]:
    """Two short runs of a network of the model zoo, at their ends."""
    runs = [
        Run(one.model_copy(update={"epochs": epochs, "device": "cpu"})) for one in Real(**started(home, data, 1)).runs
    ]
    for run in runs:
        run.moments = [moment for moment in run.work() if moment is not None]
    return runs[0], runs[1]


def exact(run: Run, row: np.ndarray) -> np.ndarray:
    """The exact Hessian of the run's training loss, by its formula for linear models, by autograd for others."""
    known, weights = run.splits.train, row.astype(np.float64)
    design = np.column_stack([known.inputs.astype(np.float64), np.ones(len(known))])
    if isinstance(run.spec.network, Linear) and run.spec.data.about == "number":
        return 2 / len(known) * design.T @ design
    if isinstance(run.spec.network, Linear) and run.spec.outputs == 1:
        share = 1 / (1 + np.exp(-design @ weights))
        return (design * (share * (1 - share))[:, None]).T @ design / len(known)
    network = build_for(run.spec).double()
    labels, shapes = torch.tensor(known.labels), {name: one.shape for name, one in network.named_parameters()}

    def loss(flat: torch.Tensor) -> torch.Tensor:
        parts = zip(shapes.items(), flat.split([shape.numel() for shape in shapes.values()]), strict=True)
        values = {name: part.view(shape) for (name, shape), part in parts}
        scores = torch.func.functional_call(network, values, (torch.tensor(known.inputs).double(),))
        numbers = run.spec.data.about == "number"
        return mse_loss(scores[:, 0], labels.double()) if numbers else cross_entropy(scores, labels)

    return torch.autograd.functional.hessian(loss, torch.tensor(weights)).numpy()


@pytest.mark.parametrize(("home", "data"), [(home, data) for home, all_data in STARTS.items() for data in all_data])
def test_the_sharpness_of_the_zoos_networks_is_that_of_the_exact_hessian(home: str, data: str) -> None:
    run = from_the_zoo(home, data)[0]
    last = run.moments[-1]
    found = edge(run.spec, np.array([last.step]), last["weights"][None]).values[0]
    wanted = np.linalg.eigvalsh(exact(run, last["weights"]))[::-1][:3]
    assert found == pytest.approx(wanted, rel=1e-4, abs=1e-6 * wanted[0])


@pytest.mark.parametrize(("home", "data"), [(home, data) for home, all_data in STARTS.items() for data in all_data])
def test_the_line_between_networks_of_the_zoo_ends_at_their_own_losses_and_scores(home: str, data: str) -> None:
    runs = from_the_zoo(home, data)
    spec = runs[0].spec
    found = between(spec, *(run.moments[-1]["weights"] for run in runs))
    score = "accuracy" if spec.data.about == "class" else "r2"
    for place, run in zip(found.shares.searchsorted([0, 1]), runs, strict=True):
        for part, name in enumerate(("train", "validation")):
            assert found.losses[part, place] == pytest.approx(run.moments[-1][f"{name}_loss"].item(), rel=1e-5)
            assert found.scores[part, place] == pytest.approx(run.moments[-1][f"{name}_{score}"].item(), abs=1e-5)
    assert found.maps.shape == ((61, 48, 48) if spec.on_plane else (61, 0, 0))
    if isinstance(spec.network, Linear):  # its loss has one lowest place
        assert found.hills[0][1] <= 1e-6


def test_one_sum_for_two_classes_has_a_map_of_its_sigmoid() -> None:
    runs = from_the_zoo("logistic_regression", "gauss")
    rows = [run.moments[-1]["weights"].astype(float) for run in runs]
    found, middle = between(runs[0].spec, *rows), (rows[0] + rows[1]) / 2
    middles = (np.arange(48) + 0.5) / 48 * 12 - 6
    x, y = np.meshgrid(middles, -middles)
    share = 255 / (1 + np.exp(-(middle[0] * x + middle[1] * y + middle[2])))
    assert np.abs(found.maps[30].astype(float) - share).max() <= 0.51
