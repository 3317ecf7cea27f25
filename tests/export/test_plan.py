"""A script needs what its run uses at any time, and nothing else."""

from dlviz.export.plan import plan
from dlviz.spec import Edit, Knobs, Mlp, Plane, RunSpec

POINTS = {"data": Plane(), "network": Mlp()}


def test_the_default_needs_nothing_special() -> None:
    needs = plan(RunSpec())
    assert (needs.drops, needs.augments, needs.always_augments, needs.resizes) == (False,) * 4
    assert (needs.pictures, needs.convolutional) == (True, True)


def test_what_an_edit_turns_on_is_needed() -> None:
    needs = plan(RunSpec(edits=(Edit(step=3, knobs=Knobs(dropout=0.1, rotate=5, batch_size=3)),)))
    assert (needs.drops, needs.augments, needs.always_augments, needs.resizes) == (True, True, False, True)


def test_an_edit_before_the_first_update_is_the_beginning() -> None:
    needs = plan(RunSpec(edits=(Edit(step=0, knobs=Knobs(batch_size=3)),)))
    assert (needs.first.batch_size, needs.edits, needs.resizes) == (3, (), False)


def test_points_are_not_augmented_and_raw_inputs_not_dropped() -> None:
    assert not plan(RunSpec(**POINTS, knobs=Knobs(rotate=5))).augments
    assert not plan(RunSpec(data=Plane(), network=Mlp(hidden=()), knobs=Knobs(dropout=0.5))).drops


def test_devices_are_expressions() -> None:
    assert [plan(RunSpec(device=device)).device for device in ("cpu", "cuda")] == ["", '"cuda"']
    assert "is_available" in plan(RunSpec(device="best")).device
