"""Racers: the knobs reach torch, Adam without correction is its formula, and Newton's step solves H·d = −g."""

import pytest
import torch

from dlviz.training import racers

ADAM = {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.0, "amsgrad": 0.0}


def parameter(*numbers: float) -> torch.nn.Parameter:
    """Return a parameter (1, 2) with its gradient."""
    place = torch.nn.Parameter(torch.tensor([numbers], dtype=torch.float64))
    place.grad = torch.tensor([[2.0, -0.5]], dtype=torch.float64)
    return place


@pytest.mark.parametrize(
    ("name", "knobs", "kind", "options"),
    [
        ("nesterov", {"lr": 0.1, "momentum": 0.8}, torch.optim.SGD, {"nesterov": True, "momentum": 0.8}),
        (
            "adam",
            {**ADAM, "bias_correction": 1.0, "amsgrad": 1.0},
            torch.optim.Adam,
            {"betas": (0.9, 0.99), "amsgrad": True},
        ),
        (
            "rprop",
            {"lr": 0.1, "eta_minus": 0.4, "eta_plus": 1.3, "least": 1e-5, "most": 2.0},
            torch.optim.Rprop,
            {"etas": (0.4, 1.3), "step_sizes": (1e-5, 2.0)},
        ),
        (
            "lbfgs",
            {"lr": 1.0, "history": 5, "line_search": 1.0},
            torch.optim.LBFGS,
            {"history_size": 5, "line_search_fn": "strong_wolfe", "max_iter": 1},
        ),
        (
            "adafactor",
            {"lr": 0.1, "beta2_decay": -0.5, "d": 2.0, "least_scale": 0.01, "weight_decay": 0.0},
            torch.optim.Adafactor,
            {"eps": (None, 0.01), "d": 2.0},
        ),
    ],
)
def test_knobs_reach_the_class_of_torch(name: str, knobs: dict, kind: type, options: dict) -> None:
    made = racers.build_racer(name, knobs, [parameter(1, 1)], None)
    assert type(made) is kind
    assert {key: made.param_groups[0][key] for key in options} == options


def test_every_first_order_optimizer_of_torch_is_there_but_the_one_for_sparse_gradients() -> None:
    all_of_torch = {
        kind
        for kind in vars(torch.optim).values()
        if isinstance(kind, type) and issubclass(kind, torch.optim.Optimizer) and kind is not torch.optim.Optimizer
    }
    assert all_of_torch - set(racers.CLASSES.values()) == {torch.optim.SparseAdam}


def test_adam_without_correction_is_its_formula() -> None:
    place = parameter(1.0, -1.0)
    made = racers.build_racer("adam", {**ADAM, "bias_correction": 0.0}, [place], None)
    x, m, s = place.detach().clone(), torch.zeros(1, 2), torch.zeros(1, 2)
    for _ in range(5):
        made.step()
        g = place.grad
        m, s = 0.9 * m + 0.1 * g, 0.99 * s + 0.01 * g * g
        x = x - 0.1 * m / (s.sqrt() + 1e-8)
    assert torch.allclose(place, x, atol=1e-12)


def test_without_correction_the_first_step_is_larger() -> None:
    lengths = []
    for corrected in (1.0, 0.0):
        place = parameter(0.0, 0.0)
        racers.build_racer("adam", {**ADAM, "bias_correction": corrected}, [place], None).step()
        lengths.append(float(place.detach().abs().max()))
    assert lengths == pytest.approx([0.1, 0.1 * 0.1 / 0.01**0.5])


def test_newtons_step_solves_the_linear_system() -> None:
    chance = torch.Generator().manual_seed(0)
    half = torch.randn(50, 2, 2, generator=chance, dtype=torch.float64)
    bend, slope = half @ half.mT + torch.eye(2), torch.randn(50, 2, generator=chance, dtype=torch.float64)
    assert torch.allclose(racers.newton_step(slope, bend), torch.linalg.solve(bend, -slope))


def test_on_a_saddle_newton_goes_to_it_and_saddle_free_newton_away_from_it() -> None:
    bend, place = torch.diag(torch.tensor([2.0, -1.0])), torch.tensor([3.0, 0.5])
    slope = bend @ place
    assert (place + racers.newton_step(slope, bend)).tolist() == pytest.approx([0, 0])
    assert (place + racers.newton_step(slope, bend, positive=True)).tolist() == pytest.approx([0, 1])


def test_where_nothing_bends_newton_stays_and_where_nothing_is_known_it_is_lost() -> None:
    assert racers.newton_step(torch.ones(2), torch.zeros(2, 2)).tolist() == [0, 0]
    assert racers.newton_step(torch.ones(2), torch.full((2, 2), torch.nan)).isnan().all()


def test_the_closed_form_is_that_of_the_eigenvectors() -> None:
    chance = torch.Generator().manual_seed(1)
    half = torch.randn(200, 2, 2, generator=chance, dtype=torch.float64)
    bend, slope = half + half.mT, torch.randn(200, 2, generator=chance, dtype=torch.float64)
    bends, axes = torch.linalg.eigh(bend)
    wanted = -torch.einsum("nij,nj,nkj,nk->ni", axes, 1 / bends.abs(), axes, slope)
    assert torch.allclose(racers.newton_step(slope, bend, positive=True), wanted, rtol=1e-6)


@pytest.mark.parametrize("positive", [False, True])
def test_where_only_one_direction_bends_newton_goes_along_it(positive: bool) -> None:
    bend, slope = torch.tensor([[4.0, 0.0], [0.0, 0.0]]), torch.tensor([2.0, 0.0])
    assert racers.newton_step(slope, bend, positive).tolist() == pytest.approx([-0.5, 0])
