"""Races computed for the page: what is measured is what it is called, and every ground can be run on by everybody."""

from functools import cache
from typing import get_args

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy, mse_loss
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from dlviz import codec
from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.recording import LOST, NOWHERE, LossMap
from dlviz.concepts.gradient_descent.spec import (
    BATCHED,
    OPTIMIZERS,
    STARTS,
    SURFACES,
    USUAL,
    Cut,
    Race,
    Real,
    Sampling,
    Schedule,
    started,
)
from dlviz.data.diabetes import patients
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.models.surface import Surface
from dlviz.probes.landscape import WeightPlane, on_plane
from dlviz.recording import Moment
from dlviz.training.racers import ALONE
from dlviz.training.run import Run


@pytest.mark.parametrize("name", SURFACES)
def test_everybody_can_run_on_every_ground(name: str) -> None:
    kinds = list(OPTIMIZERS)
    for some in (kinds[:6], kinds[6:12], kinds[12:]):
        trace = compute.race(Race(surface=name, racers=";".join(some), steps=12))
        assert trace.path.shape == (len(some), 13, 2)
        assert (
            trace.losses.shape == trace.norms.shape == trace.distances.shape == trace.seconds.shape == (len(some), 13)
        )
        assert trace.slopes.shape == trace.moments.shape == trace.squares.shape == (len(some), 12, 2)
        assert np.isfinite(trace.losses[:, 0]).all()
        assert (trace.path[:, 0] == Race(surface=name).start).all()


def test_losses_norms_and_distances_are_those_of_the_path() -> None:
    race = Race(surface="himmelblau", racers="sgd;adam", steps=30)
    trace, ground = compute.race(race), Surface(race.formulas)
    x, y = trace.path[..., 0], trace.path[..., 1]
    assert trace.losses == pytest.approx((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2)
    slopes = ground.slope(torch.tensor(trace.path)).norm(dim=-1).numpy()
    assert trace.norms == pytest.approx(slopes)
    known = np.array([(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)])
    wanted = np.linalg.norm(trace.path[:, :, None] - known, axis=-1).min(-1)
    assert trace.distances == pytest.approx(wanted, abs=1e-5)
    assert trace.sharpest == pytest.approx(ground.sharpest(torch.tensor(trace.path[0, 0])))


def test_heights_are_those_of_the_formula_over_the_box() -> None:
    trace = compute.race(Race(condition=50, steps=1))
    x, y = np.meshgrid(trace.across, trace.upwards)
    assert trace.heights == pytest.approx((x**2 + 50 * y**2) / 2)
    assert (trace.across[0], trace.across[-1], trace.upwards[0], trace.upwards[-1]) == (-5, 5, -3, 3)
    assert trace.minima == pytest.approx(np.zeros((1, 2)), abs=1e-9)
    assert trace.largest_stable == pytest.approx(2 / 50)


def test_noise_is_the_same_for_all_and_another_with_another_seed() -> None:
    race = Race(surface="noisy", racers="sgd;sgd", steps=20)
    one, other = compute.race(race), compute.race(race.model_copy(update={"seed": 1}))
    assert np.array_equal(one.path[0], one.path[1])
    assert not np.array_equal(one.path[0, 1:], other.path[0, 1:])
    quiet = compute.race(race.model_copy(update={"noise": 0.0}))
    assert np.abs(quiet.slopes[0, 0] - one.slopes[0, 0]).max() > 0.1


def test_the_noise_has_the_strength_that_was_asked_for() -> None:
    noise = compute.course_of(Race(noise=2.0, steps=1000)).noise
    assert float(noise.std()) == pytest.approx(2.0, rel=0.05)
    assert compute.course_of(Race(surface="parabola", noise=2.0)).noise[..., 1].abs().max() == 0


def test_the_same_race_twice_has_the_same_bits_but_for_the_clock() -> None:
    race = Race(racers="adam;lbfgs;newton;muon", noise=0.3)
    one, other = compute.race(race), compute.race(race)
    for name in ("path", "losses", "slopes", "squares", "evaluations"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)


def test_whoever_is_lost_is_told_with_the_step() -> None:
    trace = compute.race(Race(racers="sgd(lr=1);sgd", steps=60))
    assert trace.lost[1] == -1
    step = int(trace.lost[0])
    assert np.isfinite(trace.losses[0, :step]).all() and np.isnan(trace.losses[0, step:]).all()


def test_between_walls_the_lowest_place_counts_as_the_minimum() -> None:
    trace = compute.race(Race(surface="reddi", steps=3))
    assert trace.minima.tolist() == [[-1, 0]]


def test_where_there_is_no_minimum_there_is_no_distance() -> None:
    assert np.isnan(compute.race(Race(surface="monkey", steps=3)).distances).all()


# ----------------------------------------------------------------------------------------- basins


def test_from_every_start_a_basin_names_the_minimum_that_a_race_from_there_reaches() -> None:
    race = Race(surface="himmelblau", racers="sgd;adam", steps=150)
    found = compute.basins(race, 0)
    assert found.reached.shape == (200, 200)
    box = race.ground.box
    for row, column in ((20, 30), (150, 40), (190, 170), (30, 180), (100, 100)):
        x = box[0] + (box[1] - box[0]) * column / 199
        y = box[2] + (box[3] - box[2]) * row / 199
        path = compute.race(race.model_copy(update={"x": x, "y": y})).path[0]
        if np.isnan(path[-1]).any():
            assert found.reached[row, column] == LOST
        else:
            away = np.linalg.norm(found.minima - path[-1], axis=-1)
            assert found.reached[row, column] in (int(away.argmin()), NOWHERE)
    assert found.shares.sum() > 0.5


@pytest.mark.parametrize("name", ["sgd", "adam"])
def test_all_starts_of_a_basin_walk_at_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    looks: list[int] = []
    part = Surface.part
    monkeypatch.setattr(Surface, "part", lambda self, *given: looks.append(given[0].numel()) or part(self, *given))
    found = compute.basins(Race(surface="himmelblau", racers=name, steps=30), 0)
    assert looks.count(2 * 200 * 200) == 30  # whatever the number of starts, a step looks at the surface once
    assert len(found.minima) == len(found.shares) == 4


def test_newton_has_basins_too_and_what_cannot_be_batched_has_none() -> None:
    race = Race(surface="himmelblau", racers="newton(positive=1);muon", steps=20)
    assert compute.basins(race, 0).shares.sum() > 0.9
    with pytest.raises(ValueError, match="muon"):
        compute.basins(race, 1)
    assert set(BATCHED) == set(OPTIMIZERS) - ALONE


def test_what_is_far_from_every_minimum_has_reached_none() -> None:
    ends, minima = np.array([[0, 0.1], [5, 5], [np.nan, 0]]), np.array([[0.0, 0.0], [2.0, 0.0]])
    assert compute.reached(ends, minima, (-5, 5, -5, 5)).tolist() == [0, NOWHERE, LOST]
    assert compute.reached(ends, minima[:0], (-5, 5, -5, 5)).tolist() == [NOWHERE, NOWHERE, LOST]


# ----------------------------------------------------------------------------------- learning rates


def test_plain_descent_diverges_exactly_above_the_limit_that_the_bend_sets() -> None:
    found = compute.rates(Race(racers="sgd", steps=200), 0)
    assert found.limits == pytest.approx((0.1, 0.1))
    stable = found.rates < 0.1
    assert (found.ends[stable] < found.start).all()
    assert not (found.ends[~stable] < found.start).any()


def test_every_end_is_that_of_a_race_with_that_rate() -> None:
    found = compute.rates(Race(surface="himmelblau", racers="sgd;adam", steps=30), 1)
    for place in (0, 20, 40):
        rate = float(found.rates[place])
        way = compute.run(
            compute.course_of(Race(surface="himmelblau", steps=30)),
            "adam",
            {**Race(racers="adam").who[0].knobs(Race().ground), "lr": rate},
        )
        x, y = way.path[0, -1].tolist()
        assert found.ends[place] == pytest.approx((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2, rel=1e-6, abs=1e-9)


def test_in_a_range_test_the_rate_grows_evenly_on_a_logarithmic_scale() -> None:
    found = compute.rates(Race(steps=10), 0)
    growth = found.growing[1:-1] / found.growing[:-2]
    assert growth == pytest.approx(growth[0])
    assert found.growing[0] == pytest.approx(found.rates[0])
    assert found.growing[-1] == pytest.approx(found.rates[-1])
    assert found.tested[0] == pytest.approx(found.start)


@pytest.mark.parametrize("schedule", get_args(Schedule))
def test_a_schedule_multiplies_everybodys_rate(schedule: str) -> None:
    trace = compute.race(Race(schedule=schedule, racers="sgd(lr=0.02);adam(lr=0.4)", steps=40))
    shares = trace.rates / [[0.02], [0.4]]
    assert shares.shape == (2, 41)
    if schedule != "plateau":  # which looks at each racer's own heights
        assert shares[0] == pytest.approx(shares[1])
    firsts = {"one_cycle": 1 / 25, "warm_up": 0.01}
    assert shares[0, 0] == pytest.approx(firsts.get(schedule, 1.0))
    assert (shares[0] == 1).all() == (schedule == "constant" or (schedule == "plateau" and (shares[0] == 1).all()))


# ------------------------------------------------------------------------------------------- noise


def test_the_best_weights_are_those_of_least_squares() -> None:
    features, targets = patients()
    found = compute.sampling(Sampling())
    assert found.best == pytest.approx(np.linalg.lstsq(features, targets, rcond=None)[0])
    assert found.path[0, -1] == pytest.approx(found.best, abs=1e-3)
    assert found.true == pytest.approx(features.T @ (features @ compute.BEGIN - targets) / 442)


def test_gradients_of_few_scatter_as_theory_says() -> None:
    found = compute.sampling(Sampling(batch=16))
    assert found.single.shape == (442, 2)
    assert found.measured == pytest.approx(found.expected, rel=0.15)
    assert found.expected[0] / found.expected[2] == pytest.approx(2, rel=0.01)  # four times as many, half as far


def test_whoever_looks_at_everybody_sees_the_true_slope() -> None:
    found = compute.sampling(Sampling(batch=442))
    assert np.abs(found.batches - found.true).max() < 1e-12
    assert found.path[0] == pytest.approx(found.path[1])


def test_a_smaller_rate_has_a_lower_floor() -> None:
    floors = [compute.sampling(Sampling(batch=4, batch_rate=rate)).floors[1] for rate in (0.05, 0.4)]
    assert floors[0] < floors[1]


# ------------------------------------------------------------------------------------------- crowd


@pytest.mark.parametrize("names", ["sgd;momentum;adam;rprop", "muon;adafactor", "lbfgs;newton"])
def test_everybody_in_a_crowd_walks_as_if_alone(names: str) -> None:
    race = Race(surface="himmelblau", racers=names, steps=15, crowd="few", schedule="cosine")
    found, starts = compute.crowd(race), compute.crowd_starts(race)
    assert found.paths.shape == (len(race.who), 9, 16, 2)
    for place in (0, 4, 8):
        x, y = starts[place].tolist()
        alone = compute.race(race.model_copy(update={"crowd": "none", "x": x, "y": y})).path
        np.testing.assert_allclose(found.paths[:, place], alone, rtol=1e-5, atol=1e-6)


def test_a_crowd_starts_on_a_grid_within_the_box_and_on_a_curve_in_a_row() -> None:
    starts = compute.crowd_starts(Race(surface="bowl", crowd="many")).numpy()
    assert len(np.unique(starts[:, 0])) == len(np.unique(starts[:, 1])) == 5
    assert (np.abs(starts) < (5, 3)).all() and np.abs(starts).max(axis=0) == pytest.approx((4.2, 2.52))
    row = compute.crowd_starts(Race(surface="parabola", crowd="few")).numpy()
    assert len(np.unique(row[:, 0])) == 9 and not row[:, 1].any()


def test_where_a_crowd_ends_is_the_nearest_minimum() -> None:
    race = Race(surface="double_well", racers="sgd;sgd(lr=3)", steps=200, crowd="many")
    found = compute.crowd(race)
    starts = compute.crowd_starts(race)[:, 0].numpy()
    hill = 0.1260  # between the wells, where x³ − 2x + 1/4 = 0; west of it the deeper one
    assert (found.ends[0] == np.where(starts < hill, 0, 1)).all()
    assert found.deepest[0] == (starts < hill).sum()
    assert (found.ends[1] == LOST).any()


def test_of_equally_deep_minima_each_counts_as_the_deepest() -> None:
    found = compute.crowd(Race(surface="himmelblau", racers="sgd", steps=80, crowd="many"))
    assert set(found.ends[0]) == {0, 1, 2, 3}
    assert found.deepest[0] == 25


# ------------------------------------------------------------------------------------ a real network

SHORT = Real(trained="hidden=5,4|epochs=3|points=60|device=cpu", batch_b=7)


@cache
def trained(given: Real) -> tuple[list[Moment], list[Moment]]:
    """Return the moments of both runs."""
    return tuple([moment for moment in Run(run).work() if moment is not None] for run in given.runs)


def mapped(given: Real, **cut: object) -> tuple[LossMap, tuple[list[Moment], list[Moment]]]:
    """Return the map at the end of both runs, and their moments."""
    both = trained(given)
    paths = tuple(np.stack([moment["weights"] for moment in one]) for one in both)
    return compute.loss_map(given.runs[0], paths, tuple(path[-1] for path in paths), Cut(**cut)), both


CUTS = ("main", "chance", "ends")


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(("ground", "name"), [("train", "train_loss"), ("validation", "validation_loss")])
def test_the_loss_of_both_networks_is_the_one_on_show(cut: str, ground: str, name: str) -> None:
    found, both = mapped(SHORT, cut=cut, ground=ground)
    assert found.here.shape == (1, 2)
    assert found.here[0] == pytest.approx([float(one[-1][name]) for one in both], rel=1e-5)


@pytest.mark.parametrize("about", ["circle", "hills"])
@pytest.mark.parametrize("cut", CUTS)
def test_every_height_is_the_loss_of_the_network_at_its_place(cut: str, about: str) -> None:
    given = SHORT.model_copy(update={"trained": f"{SHORT.trained}|data={about}"})
    found, both = mapped(given, cut=cut)
    splits, spec = load(given.run.data, given.run.seed), given.run
    for row, column in [(0, 0), (50, 3), (25, 40)]:
        weights = found.origin + np.array([found.across[column], found.along[row]]) @ found.directions
        network = build_for(spec).eval()
        vector_to_parameters(torch.tensor(weights, dtype=torch.float32), network.parameters())
        with torch.no_grad():
            scores, labels = network(torch.tensor(splits.train.inputs)), torch.tensor(splits.train.labels)
            loss = cross_entropy(scores, labels) if about == "circle" else mse_loss(scores[:, 0], labels)
        assert found.heights[0, row, column] == pytest.approx(float(loss), rel=1e-5)
    assert both[0][0]["weights"] == pytest.approx(both[1][0]["weights"])  # both begin alike


def test_a_mini_batch_has_the_examples_that_the_run_took_and_their_loss() -> None:
    run = SHORT.runs[1]
    splits = load(run.data, run.seed)
    taken = compute.mini_batches(len(splits.train), run.knobs.batch_size, run.seed)
    assert sorted(np.concatenate(taken)) == list(range(len(splits.train)))
    assert [len(rows) for rows in taken] == [7, 7, 7, 7, 2]
    network = build_for(run)
    update = torch.optim.Adam(network.parameters(), lr=run.knobs.learning_rate)
    for rows in taken:
        update.zero_grad()
        inputs, labels = torch.tensor(splits.train.inputs[rows]), torch.tensor(splits.train.labels[rows])
        cross_entropy(network(inputs), labels).backward()
        update.step()
    known = next(moment for moment in trained(SHORT)[1] if moment.step == len(taken))
    assert parameters_to_vector(network.parameters()).detach().numpy() == pytest.approx(known["weights"], abs=1e-6)


@pytest.mark.parametrize("cut", CUTS)
def test_the_mean_of_all_mini_batch_surfaces_is_the_whole_surface(cut: str) -> None:
    whole, _ = mapped(SHORT, cut=cut)
    parts, _ = mapped(SHORT, cut=cut, ground="batch", ground_size=5)
    assert parts.heights.shape == (6, *whole.heights.shape[1:])
    assert parts.heights.mean(axis=0) == pytest.approx(whole.heights[0], rel=1e-4, abs=1e-6)
    assert parts.here.mean(axis=0) == pytest.approx(whole.here[0], rel=1e-6)
    assert np.ptp(parts.here[:, 0]) > 0.05  # and they are not all alike


def test_of_many_mini_batches_the_first_are_mapped_and_all_are_counted() -> None:
    found, _ = mapped(
        SHORT.model_copy(update={"trained": "hidden=3|epochs=1|points=100|device=cpu"}), ground="batch", ground_size=1
    )
    assert (len(found.heights), found.batches) == (compute.MOST_BATCHES, 50)


def test_the_plane_through_the_ends_holds_the_start_and_both_networks() -> None:
    found, both = mapped(SHORT, cut="ends")
    rows = np.stack([both[0][0]["weights"], both[0][-1]["weights"], both[1][-1]["weights"]])
    seen = on_plane(WeightPlane(found.origin, found.directions), rows)
    assert seen.distances == pytest.approx(np.zeros(3), abs=1e-6)
    assert np.allclose(found.measures, np.linalg.pinv(found.directions).T)
    places = seen.points
    assert (found.across[0] < places[:, 0]).all() and (places[:, 0] < found.across[-1]).all()
    assert (found.along[0] < places[:, 1]).all() and (places[:, 1] < found.along[-1]).all()


def test_along_random_directions_every_unit_moves_by_its_own_length() -> None:
    found, both = mapped(SHORT, cut="chance")
    network = build_for(SHORT.run)
    for row in found.directions:
        vector_to_parameters(torch.tensor(row, dtype=torch.float32), network.parameters())
        moved = [part.detach().clone() for part in network.parameters()]
        vector_to_parameters(torch.tensor(both[0][-1]["weights"]), network.parameters())
        for one, other in zip(moved, network.parameters(), strict=True):
            wanted = other.detach().norm(dim=1) if other.dim() > 1 else torch.zeros(len(other))
            assert torch.allclose(one.norm(dim=1) if one.dim() > 1 else one.abs(), wanted, atol=1e-5)


def test_of_a_large_network_fewer_places_are_looked_at() -> None:
    assert compute._places(100 * 250) == 51
    assert 15 <= compute._places(265_218 * 250) < 20


# ----------------------------------------------------------------------- a network of the model zoo

ZOO = [(home, data) for home, all_data in STARTS.items() for data in all_data]


def from_the_zoo(home: str, data: str, epochs: int = 4, **knobs: float) -> Real:
    """Return two short runs of a network of the model zoo."""
    real = Real(**started(home, data, 3))
    run = real.run.model_copy(update={"epochs": epochs, "device": "cpu"})
    run = run.model_copy(update={"knobs": run.knobs.model_copy(update=knobs)})
    return real.model_copy(update={"trained": codec.line(run, USUAL)})


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(("home", "data"), ZOO)
def test_the_height_where_a_network_of_the_zoo_stands_is_its_own_loss(home: str, data: str, cut: str) -> None:
    for ground in ("train", "validation"):
        found, both = mapped(from_the_zoo(home, data), cut=cut, ground=ground)
        assert found.here[0] == pytest.approx([float(one[-1][f"{ground}_loss"]) for one in both], rel=1e-5)


@pytest.mark.parametrize("knobs", [{"fault": "huber", "huber_delta": 0.5}, {"fault": "absolute"}])
def test_the_height_counts_a_miss_as_the_run_does(knobs: dict) -> None:
    found, both = mapped(from_the_zoo("linear_regression", "auto-mpg", **knobs))
    assert found.here[0] == pytest.approx([float(one[-1]["train_loss"]) for one in both], rel=1e-5)


@pytest.mark.parametrize("data", STARTS["linear_regression"])
def test_the_loss_of_linear_regression_is_a_paraboloid_that_bends_as_its_closed_form_says(data: str) -> None:
    given = from_the_zoo("linear_regression", data, epochs=20)
    found = mapped(given)[0]
    known = load(given.run.data, given.run.seed).train
    design = np.column_stack([known.inputs.astype(np.float64), np.ones(len(known))])
    hessian = 2 / len(known) * design.T @ design  # of the mean of squares, in the weights and the bias
    best = np.linalg.lstsq(design, known.labels.astype(np.float64), rcond=None)[0]
    least = np.mean((design @ best - known.labels) ** 2)
    across, along = np.meshgrid(found.across, found.along)
    weights = found.origin + across[..., None] * found.directions[0] + along[..., None] * found.directions[1]
    away = weights - best
    wanted = least + 0.5 * np.einsum("hgi,ij,hgj->hg", away, hessian, away)
    np.testing.assert_allclose(found.heights[0], wanted, rtol=2e-4)
    step = found.across[1] - found.across[0]
    bends = np.diff(found.heights[0].astype(np.float64), 2, axis=1) / step**2
    assert np.median(bends) == pytest.approx(found.directions[0] @ hessian @ found.directions[0], rel=1e-2)


def test_the_mean_of_all_mini_batches_of_cars_is_the_surface_over_all_of_them() -> None:
    given = from_the_zoo("linear_regression", "auto-mpg")
    batches, _ = mapped(given, ground="batch", ground_size=59)  # of 236 cars
    whole, _ = mapped(given)
    assert batches.batches == len(batches.heights) == 4
    np.testing.assert_allclose(batches.heights.mean(axis=0), whole.heights[0], rtol=1e-4)
