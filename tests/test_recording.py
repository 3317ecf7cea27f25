"""What is packed comes out as it was: every kind of number, any shape, any order; and a recording finds its moments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from dlviz.recording import (
    ALIGNMENT,
    Curves,
    Moment,
    Recording,
    pack,
    pack_moments,
    read_only,
    unpack,
    unpack_moments,
)
from dlviz.spec import RunSpec

KINDS = ("float16", "float32", "float64", "int8", "uint8", "int16", "uint16", "int32", "uint32")
LARGEST = 2**31 - 1


def any_array() -> some.SearchStrategy[np.ndarray]:
    """Return any array of a kind that stays as it is, with up to three axes, some of them empty."""
    shapes = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)
    return some.sampled_from(KINDS).flatmap(lambda kind: arrays.arrays(kind, shapes))


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays have one kind, one shape and the same bits."""
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


# ------------------------------------------------------------------------------------------ buffers


@given(some.dictionaries(some.text(max_size=12), any_array(), max_size=6))
def test_any_arrays_come_out_as_they_went_in(given: dict[str, np.ndarray]) -> None:
    header, found = unpack(pack({"player": "零", "arrays_of": None}, given))
    assert header == {"player": "零", "arrays_of": None}
    assert list(found) == list(given)
    assert all(same(found[name], np.ascontiguousarray(given[name]).reshape(given[name].shape)) for name in given)


@given(some.lists(any_array(), max_size=6))
def test_every_array_starts_where_a_browser_can_read_it(given: list[np.ndarray]) -> None:
    buffer = pack({}, {str(i): array for i, array in enumerate(given)})
    start = 4 + int.from_bytes(buffer[:4], "little")
    assert start % ALIGNMENT == 0
    assert len(buffer) % ALIGNMENT == 0
    for array in unpack(buffer)[1].values():
        where = array.__array_interface__["data"][0] - np.frombuffer(buffer, np.uint8).__array_interface__["data"][0]
        assert array.size == 0 or where % ALIGNMENT == 0


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (np.array([[1, -2], [LARGEST, -LARGEST]], np.int64), "int32"),
        (np.array([True, False]), "uint8"),
        (np.int64(7), "int32"),
        (3, "int32"),
        (2.5, "float64"),
        (True, "uint8"),
        ([], "float64"),
    ],
)
def test_what_a_browser_cannot_read_becomes_what_it_can(given: object, kind: str) -> None:
    _, found = unpack(pack({}, {"a": given}))
    assert found["a"].dtype == kind
    assert found["a"].shape == np.shape(given)
    assert np.array_equal(found["a"], given)


def test_a_picture_turned_over_is_packed_as_it_is_seen() -> None:
    turned = np.arange(6, dtype=np.float32).reshape(2, 3).T[::-1]
    assert np.array_equal(unpack(pack({}, {"a": turned}))[1]["a"], turned)


def test_numbers_that_are_none_survive() -> None:
    odd = np.array([np.nan, np.inf, -np.inf, -0.0], np.float32)
    assert same(unpack(pack({}, {"a": odd}))[1]["a"], odd)


def test_a_header_with_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        pack({"loss": float("nan")}, {})


def test_what_comes_out_cannot_be_written_to() -> None:
    found = unpack(pack({}, {"a": np.zeros(3)}))[1]["a"]
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1


@pytest.mark.parametrize(
    "buffer", [b"", b"\1\0\0\0{", b"\4\0\0\0null", b"\2\0\0\0{}", pack({}, {"a": np.ones(9)})[:-16]]
)
def test_a_buffer_that_is_none_is_refused(buffer: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(buffer)


# ------------------------------------------------------------------------------------------ moments


@given(
    some.lists(
        some.builds(
            Moment,
            some.integers(0, 10**9),
            some.floats(0, 1e6),
            some.dictionaries(some.text(max_size=8), any_array(), max_size=3),
        ),
        max_size=5,
    )
)
def test_moments_come_out_in_order_with_all_they_measured(moments: list[Moment]) -> None:
    header, found = unpack_moments(pack_moments(moments, run="a"))
    assert header == {"run": "a"}
    assert [(row.step, row.epoch) for row in found] == [(row.step, row.epoch) for row in moments]
    for before, after in zip(moments, found, strict=True):
        assert list(after.arrays) == list(before.arrays)
        assert all(np.array_equal(after[name], before[name], equal_nan=True) for name in before.arrays)


def recording() -> Recording:
    """Return five moments, of which every second one holds a validation loss."""
    rows = [
        Moment(10 * i, i / 2, {"loss": np.array(1 / (i + 1)), **({"validation": np.array(i)} if i % 2 else {})})
        for i in range(5)
    ]
    return Recording(RunSpec(), tuple(rows))


def test_a_series_leaves_out_moments_that_do_not_hold_it() -> None:
    epochs, values = recording().series("validation")
    assert epochs.tolist() == [0.5, 1.5]
    assert values.tolist() == [1, 3]
    assert all(len(part) == 0 for part in recording().series("no such thing"))


@pytest.mark.parametrize(("step", "found"), [(-1, None), (0, 0), (9, 0), (10, 10), (39, 30), (10**9, 40)])
def test_the_moment_at_a_step_is_the_newest_before_it(step: int, found: int | None) -> None:
    moment = recording().at(step)
    assert (moment.step if moment else None) == found


def test_a_recording_knows_its_steps() -> None:
    assert recording().steps.tolist() == [0, 10, 20, 30, 40]
    assert len(recording()) == 5
    assert len(Recording(RunSpec())) == 0
    assert Recording(RunSpec()).steps.dtype == np.int64


def test_read_only_protects_without_touching_what_others_hold() -> None:
    whole = np.arange(6.0)
    part = read_only(whole[1:3])
    assert not part.flags.writeable
    whole[1] = 100  # the owner of the whole may go on writing
    assert part.tolist() == [1, 2]
    assert read_only(part) is part


def test_solved_is_said_of_validation_points_where_there_are_any() -> None:
    empty, score = np.full((2, 3), np.nan), np.array([[0.1, 0.9, 0.96], [1, 1, 0.94]])
    assert Curves(np.arange(3), empty, empty, 1 - score, score).solved().tolist() == [True, False]
    assert Curves(np.arange(3), empty, empty, score, empty).solved(0.95).tolist() == [True, False]


def test_a_band_holds_the_middle_of_those_that_still_have_numbers() -> None:
    chance = np.random.default_rng(0)
    loss = chance.lognormal(size=(11, 4)).astype(np.float32)
    loss[2, 2:], loss[:, 3] = [np.inf, np.nan], np.nan  # one diverges, and then all
    curves = Curves(np.arange(4), loss, loss, loss, loss)
    band = curves.band("train_loss")
    for epoch in (0, 1):
        ranked = sorted(loss[:, epoch].tolist())
        assert band[:, epoch] == pytest.approx([ranked[1], ranked[5], ranked[9]])  # of eleven: 1, 5 and 9 are below
    assert band[1, 2] == pytest.approx(np.median(np.delete(loss[:, 2], 2)))
    assert np.isnan(band[:, 3]).all()


def test_parts_are_joined_one_after_the_other() -> None:
    rows = np.arange(10, dtype=np.float32).reshape(2, 5)
    whole = Curves(np.arange(5), rows, rows + 1, rows + 2, rows + 3)
    parts = [Curves(*(column[..., some] for column in whole)) for some in (slice(2), slice(2, 5))]
    for one, other in zip(Curves.joined(parts), whole, strict=True):
        assert np.array_equal(one, other)
