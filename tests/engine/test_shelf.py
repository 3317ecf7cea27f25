"""What is filed comes back, and a fork finds its parent's past."""

import numpy as np

from dlviz.engine.shelf import Shelf
from dlviz.recording import Moment
from dlviz.spec import Mlp, Plane, RunSpec


def moment(step: int, value: float = 0.0) -> Moment:
    return Moment(step, step / 10, {"loss": np.float32(value), "map": np.full((2, 2), value, np.float32)})


def test_moments_come_back_in_order_with_their_bits(tmp_path):
    shelf, spec = Shelf(tmp_path), RunSpec(device="cpu")
    shelf.keep_moments(spec, [moment(8, 0.25), moment(16, 0.125)])
    shelf.keep_moments(spec, [moment(0, 1.5)])
    rows = shelf.moments(spec)
    assert [row.step for row in rows] == [0, 8, 16]
    assert [float(row["loss"]) for row in rows] == [1.5, 0.25, 0.125]
    assert rows[1]["map"].shape == (2, 2) and not rows[1]["map"].flags.writeable


def test_other_seeds_share_nothing(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.keep_moments(RunSpec(seed=1), [moment(8)])
    assert shelf.moments(RunSpec(seed=2)) == []


def test_a_longer_run_finds_the_past_of_a_shorter_one(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.keep_state(RunSpec(epochs=2), 126, b"state")
    assert shelf.state(RunSpec(epochs=9)) == (126, b"state")


def test_of_two_moments_after_one_step_the_one_that_measured_more_counts(tmp_path):
    shelf, spec = Shelf(tmp_path), RunSpec(epochs=2)
    tested = Moment(8, 0.8, {**moment(8).arrays, "test_loss": np.float32(0.5)})
    shelf.keep_moments(spec, [tested])
    shelf.keep_moments(RunSpec(epochs=9), [moment(0), moment(8), moment(16)])  # filed later, and read later
    assert [("test_loss" in row) for row in shelf.moments(spec)] == [False, True, False]


def test_a_fork_finds_the_past_up_to_the_fork_and_nothing_after(tmp_path):
    shelf, parent = Shelf(tmp_path), RunSpec()
    for step in (0, 8, 16, 24):
        shelf.keep_moments(parent, [moment(step)])
        shelf.keep_state(parent, step, f"parent{step}".encode())
    fork = parent.fork(16, learning_rate=0.1)
    assert [row.step for row in shelf.moments(fork)] == [0, 8, 16]
    assert shelf.state(fork) == (16, b"parent16")
    assert shelf.state(fork, at_most=15) == (8, b"parent8")
    shelf.keep_moments(fork, [moment(16), moment(20), moment(24, 9.0)])  # one file on both sides of the edit
    shelf.keep_state(fork, 24, b"fork24")
    assert [row.step for row in shelf.moments(fork)] == [0, 8, 16, 20, 24]
    assert float(shelf.moments(fork)[-1]["loss"]) == 9.0
    assert [row.step for row in shelf.moments(parent)] == [0, 8, 16, 24]
    assert float(shelf.moments(parent)[-1]["loss"]) == 0.0
    assert shelf.state(fork) == (24, b"fork24") and shelf.state(parent) == (24, b"parent24")
    grandchild = fork.fork(20, batch_size=32)
    assert [row.step for row in shelf.moments(grandchild)] == [0, 8, 16, 20]


def test_weights_set_by_hand_have_a_past_that_ends_before_them(tmp_path):
    shelf, parent = Shelf(tmp_path), RunSpec(data=Plane(), network=Mlp(hidden=(2,)), device="cpu")
    for step in (0, 8, 16, 24):
        shelf.keep_moments(parent, [moment(step)])
        shelf.keep_state(parent, step, f"parent{step}".encode())
    fork = parent.fork(16, weights=[(1, 0.5)], l2=0.1)
    assert [row.step for row in shelf.moments(fork)] == [0, 8]
    assert shelf.state(fork) == (16, b"parent16")  # the run sets its weights when it goes on from there
    shelf.keep_moments(fork, [moment(16, 7.0), moment(20, 9.0)])
    shelf.keep_state(fork, 16, b"fork16")
    assert [(row.step, float(row["loss"])) for row in shelf.moments(fork)] == [(0, 0), (8, 0), (16, 7), (20, 9)]
    assert shelf.state(fork) == (16, b"fork16") and shelf.state(parent) == (24, b"parent24")
    assert float(shelf.moments(parent)[2]["loss"]) == 0
    sibling = fork.fork(16, learning_rate=0.5)  # the same weights, other knobs: the same moment after that step
    assert [row.step for row in shelf.moments(sibling)] == [0, 8, 16]
    assert shelf.state(sibling) == (16, b"fork16")
    assert [row.step for row in shelf.moments(parent.fork(0, weights=[(0, 1)]))] == []
    assert shelf.state(parent.fork(0, weights=[(0, 1)])) == (0, b"parent0")


def test_weights_are_found_for_exactly_their_step(tmp_path):
    shelf, spec = Shelf(tmp_path), RunSpec()
    shelf.keep_weights(spec, 8, {"dense1.weight": np.eye(3, dtype=np.float32)})
    assert np.array_equal(shelf.weights(spec, 8)["dense1.weight"], np.eye(3))
    assert shelf.weights(spec, 9) is None


def test_endings_belong_to_one_spec(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.keep_ending(RunSpec(epochs=2), None)
    shelf.keep_ending(RunSpec(epochs=3), 40)
    assert shelf.ending(RunSpec(epochs=2)) == (True, None)
    assert shelf.ending(RunSpec(epochs=3)) == (True, 40)
    assert shelf.ending(RunSpec(epochs=4)) == (False, None)


def test_the_limit_is_kept_by_dropping_the_longest_unused(tmp_path):
    import os

    shelf = Shelf(tmp_path, limit=1500)
    for seed in range(3):
        shelf.keep_state(RunSpec(seed=seed), 1, bytes(1000))
        folder = tmp_path / RunSpec(seed=seed).prefix(1).digest
        os.utime(folder, (seed, seed))
    assert shelf.tidy() == 1000
    assert shelf.state(RunSpec(seed=0)) is None and shelf.state(RunSpec(seed=2)) is not None


def test_a_long_run_keeps_its_first_and_newest_states_and_ever_fewer_between(tmp_path):
    shelf, spec = Shelf(tmp_path), RunSpec()
    for step in range(500):
        shelf.keep_state(spec, step, b"state")
    kept = sorted(int(path.name[-9:]) for path in tmp_path.glob("*/state-*"))
    assert len(kept) <= 61 and kept[0] == 0 and kept[-10:] == list(range(490, 500))
    assert shelf.state(spec) == (499, b"state")
    assert shelf.state(spec, at_most=300)[0] <= 300
