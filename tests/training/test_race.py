"""Races: closed forms on bowls, equality with torch.optim step by step, and walkers who do not know of each other."""

import math
from collections.abc import Callable

import pytest
import torch

from dlviz.formula import read_formula
from dlviz.models.surface import Surface
from dlviz.training.race import HESSIAN, LOST, Course, Plateau, arrive, run
from dlviz.training.racers import CLASSES, options

KNOBS = {
    "sgd": {"lr": 0.01, "weight_decay": 0.1},
    "momentum": {"lr": 0.005, "momentum": 0.9, "dampening": 0.1, "weight_decay": 0.0},
    "nesterov": {"lr": 0.005, "momentum": 0.8, "weight_decay": 0.01},
    "asgd": {"lr": 0.01, "lambd": 0.01, "alpha": 0.75, "t0": 50.0, "weight_decay": 0.0},
    "adagrad": {"lr": 0.5, "lr_decay": 0.01, "eps": 1e-10, "weight_decay": 0.0},
    "adadelta": {"lr": 10.0, "rho": 0.9, "eps": 1e-6, "weight_decay": 0.0},
    "rmsprop": {"lr": 0.05, "alpha": 0.9, "eps": 1e-8, "momentum": 0.5, "centered": 1.0, "weight_decay": 0.0},
    "rprop": {"lr": 0.1, "eta_minus": 0.5, "eta_plus": 1.2, "least": 1e-6, "most": 50.0},
    "adam": {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.01, "amsgrad": 1.0},
    "adamw": {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.1, "amsgrad": 0.0},
    "adamax": {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.0},
    "nadam": {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "momentum_decay": 0.004, "weight_decay": 0.0},
    "radam": {"lr": 0.01, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.0},
    "adafactor": {"lr": 0.1, "beta2_decay": -0.8, "d": 1.0, "least_scale": 1e-3, "weight_decay": 0.0},
    "muon": {"lr": 0.1, "momentum": 0.95, "weight_decay": 0.0},
    "lbfgs": {"lr": 1.0, "history": 10, "line_search": 1.0},
}
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
STARTS = torch.tensor([[-0.6, -0.8], [2.0, 1.0], [-3.0, 3.5]], dtype=torch.float64)


def course(formula: str, starts: torch.Tensor = STARTS, steps: int = 100, sigma: float = 0.0) -> Course:
    """Return a course on the surface of a formula."""
    noise = sigma * torch.randn(steps, 1, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return Course(Surface([read_formula(formula, ("x", "y"))]), starts, noise.expand(-1, len(starts), -1))


def alone(name: str, knobs: dict, start: torch.Tensor, ground: Course) -> torch.Tensor:
    """Return the places (T+1, 2) that torch's own optimizer reaches from one start, in the plainest of loops."""
    shape = (2,) if name == "adafactor" else (1, 2)
    place = torch.nn.Parameter(start.clone().reshape(shape))
    optimizer = CLASSES[name]([place], **options(name, knobs))
    path = [start]

    def loss(step: int) -> torch.Tensor:
        optimizer.zero_grad()
        x, y = place.reshape(2)
        height = (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
        height.backward()
        place.grad += ground.noise[step, 0].reshape(shape)
        return height

    for step in range(ground.steps):
        optimizer.step(lambda step=step: loss(step))
        path.append(place.detach().reshape(2).clone())
    return torch.stack(path)


@pytest.mark.parametrize("name", CLASSES)
def test_every_walker_goes_as_torchs_own_optimizer_would_alone_for_100_steps(name: str) -> None:
    ground = course(HIMMELBLAU, sigma=0.5 if name != "lbfgs" else 0.0)
    way = run(ground, name, KNOBS[name])
    for start, path in zip(STARTS, way.path, strict=True):
        assert torch.allclose(path, alone(name, KNOBS[name], start, ground), rtol=1e-9, atol=1e-9)


# ----------------------------------------------------------------------------------- closed forms


@pytest.mark.parametrize("bend", [1.0, 20.0])
@pytest.mark.parametrize("rate", [0.01, 0.09])
def test_gradient_descent_on_a_bowl_shrinks_by_one_minus_rate_times_bend(bend: float, rate: float) -> None:
    way = run(course(f"(x^2 + {bend}*y^2)/2"), "sgd", {"lr": rate, "weight_decay": 0.0})
    shrink = torch.tensor([1 - rate, 1 - rate * bend], dtype=torch.float64) ** 100
    assert torch.allclose(way.path[:, -1], STARTS * shrink, rtol=1e-9)


@pytest.mark.parametrize(("share", "grows"), [(0.99, False), (1.01, True)])
def test_above_two_over_the_sharpest_bend_it_diverges_and_below_it_does_not(share: float, grows: bool) -> None:
    ground = course("x^2 + 10*y^2")
    limit = 2 / ground.surface.sharpest(STARTS[0])
    assert limit == pytest.approx(0.1)
    way = run(ground, "sgd", {"lr": share * limit, "weight_decay": 0.0})
    assert (way.path[:, -1, 1].abs() > STARTS[:, 1].abs()).all() == grows


def test_momentum_on_a_bowl_is_its_linear_recurrence() -> None:
    rate, memory, bend = 0.05, 0.9, 7.0
    way = run(course(f"{bend}*x^2/2"), "momentum", {"lr": rate, "momentum": memory, "dampening": 0, "weight_decay": 0})
    step = torch.tensor([[1 - rate * bend, -rate * memory], [bend, memory]], dtype=torch.float64)  # of (x, v)
    there = torch.linalg.matrix_power(step, 60) @ torch.tensor([STARTS[1, 0], 0.0], dtype=torch.float64)
    assert float(way.path[1, 60, 0]) == pytest.approx(float(there[0]), rel=1e-9)


def test_newton_is_in_a_bowl_in_one_step() -> None:
    way = run(course("(x - 1)^2 + 3*(y + 2)^2 + x*y", steps=2), "newton", {"lr": 1.0, "positive": 0.0})
    there = torch.linalg.solve(torch.tensor([[2.0, 1.0], [1.0, 6.0]]), torch.tensor([2.0, -12.0])).double()
    assert torch.allclose(way.path[:, 1], there.expand(3, 2))
    assert torch.allclose(way.path[:, 2], way.path[:, 1])


def test_lbfgs_is_in_a_bowl_in_a_few_steps() -> None:
    way = run(course("x^2 + 30*y^2", steps=12), "lbfgs", {"lr": 1.0, "history": 10, "line_search": 1.0})
    assert way.path[:, -1].abs().max() < 1e-4


# ---------------------------------------------------------------------------------- what is recorded


def test_slopes_moments_and_squares_are_those_of_the_first_walker() -> None:
    ground = course(HIMMELBLAU, steps=3)
    way = run(ground, "adam", {**KNOBS["adam"], "weight_decay": 0.0})
    slopes = ground.surface.slope(way.path[0, :-1])
    assert torch.allclose(way.slopes, slopes)
    assert torch.allclose(way.moments[1], 0.9 * 0.1 * slopes[0] + 0.1 * slopes[1])
    assert torch.allclose(way.squares[1], 0.99 * 0.01 * slopes[0] ** 2 + 0.01 * slopes[1] ** 2)
    assert run(ground, "sgd", KNOBS["sgd"]).moments.isnan().all()


def test_evaluations_are_counted() -> None:
    ground = course(HIMMELBLAU, steps=5)
    assert run(ground, "sgd", KNOBS["sgd"]).evaluations.tolist() == [0, 1, 2, 3, 4, 5]
    newton = run(ground, "newton", {"lr": 1.0, "positive": 1.0})
    assert newton.evaluations[-1] == 5 * (1 + HESSIAN)
    searched = run(ground, "lbfgs", KNOBS["lbfgs"])
    assert searched.evaluations[-1] > 5
    assert (searched.seconds.diff() > 0).all()


def test_whoever_goes_too_far_is_lost_and_the_others_go_on() -> None:
    starts = torch.tensor([[0.0, 0.0], [0.1, 0.0]], dtype=torch.float64)
    way = run(course("-(x^2)", starts, steps=100), "sgd", {"lr": 1.0, "weight_decay": 0.0})
    assert way.path[0].isfinite().all()
    gone = int(way.path[1, :, 0].isnan().int().argmax())
    assert gone == math.ceil(math.log(LOST / 0.1) / math.log(3))
    assert way.path[1, gone:].isnan().all()


def test_walls_stop_everybody_and_parts_take_turns() -> None:
    parts = [read_formula(text, ("x", "y")) for text in ("3*x", "-x", "-x")]
    starts = torch.tensor([[0.5, 0.0]], dtype=torch.float64)
    ground = Course(Surface(parts), starts, torch.zeros(4, 1, 2, dtype=torch.float64), (-1.0, 1.0))
    way = run(ground, "sgd", {"lr": 0.1, "weight_decay": 0.0})
    assert way.path[0, :, 0].tolist() == pytest.approx([0.5, 0.2, 0.3, 0.4, 0.1])
    far = run(ground, "sgd", {"lr": 1.0, "weight_decay": 0.0})
    assert far.path[0, :, 0].tolist() == pytest.approx([0.5, -1, 0, 1, -1])


def test_factors_multiply_the_learning_rate_in_turn() -> None:
    ground = course("x^2/2", steps=3)
    way = run(ground, "sgd", {"lr": 0.1, "weight_decay": 0.0}, lambda step, height: [1.0, 0.0, 2.0][step])
    assert way.rates.tolist() == pytest.approx([0.1, 0, 0.2, 0.2])
    assert (way.path[1, :, 0] / STARTS[1, 0]).tolist() == pytest.approx([1, 0.9, 0.9, 0.72])


@pytest.mark.parametrize("name", ["sgd", "adam", "rprop", "adadelta"])
def test_who_only_arrives_arrives_where_the_whole_way_leads(name: str) -> None:
    ground = course(HIMMELBLAU, steps=40, sigma=0.3)
    assert torch.equal(arrive(ground, name, KNOBS[name]), run(ground, name, KNOBS[name]).path[:, -1])


@pytest.mark.parametrize("formula", [HIMMELBLAU, "x^2 + y^2 + 3*sin(2*x)*cos(3*y)", "sqrt(x^2 + y^2)"])
@pytest.mark.parametrize("positive", [0.0, 1.0])
@pytest.mark.parametrize("sigma, factor", [(0.0, None), (0.1, None), (0.0, lambda step, _: 0.9**step)])
def test_who_stands_still_for_good_is_looked_at_no_more_and_nothing_else_changes(
    formula: str, positive: float, sigma: float, factor: Callable | None
) -> None:
    across = torch.linspace(-4, 4, 25, dtype=torch.float64)
    ground = course(formula, torch.cartesian_prod(across, across), steps=60, sigma=sigma)
    knobs = {"lr": 1.0, "positive": positive}
    whole = run(ground, "newton", knobs, factor).path[:, -1]
    torch.testing.assert_close(arrive(ground, "newton", knobs, factor), whole, rtol=1e-9, atol=1e-9, equal_nan=True)


def test_who_cannot_share_a_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="muon"):
        arrive(course(HIMMELBLAU, steps=2), "muon", KNOBS["muon"])


def test_on_a_plateau_the_rate_falls_when_torchs_own_plan_says_so() -> None:
    plan = Plateau(0.5, 2)
    heights = [5.0, 4.0, 4.0, 4.0, 4.0, 4.0, 3.0, 3.0]
    place = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([place], lr=1.0)
    wanted, own = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=2), []
    for step, height in enumerate(heights):
        if step:
            wanted.step(height)
        own.append(optimizer.param_groups[0]["lr"])
    assert [plan(step, height) for step, height in enumerate(heights)] == own
    assert own[0] == 1.0 and own[-1] < 1.0
