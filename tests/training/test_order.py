"""Every example once an epoch, whatever the batch size does."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from dlviz.training.order import Order


def order(count: int, seed: int = 0) -> Order:
    return Order(count, torch.Generator().manual_seed(seed))


@given(st.integers(1, 40), st.lists(st.integers(1, 17), min_size=1, max_size=20))
def test_an_epoch_holds_every_example_once(count: int, sizes: list[int]) -> None:
    row = order(count)
    taken: list[int] = []
    while row.seen < 3 * count:
        batch = row.take(sizes[len(taken) % len(sizes)])
        assert len(batch) > 0
        taken += batch.tolist()
    for epoch in range(3):
        assert sorted(taken[epoch * count : (epoch + 1) * count]) == list(range(count))


def test_the_order_does_not_depend_on_the_batch_size() -> None:
    small, large = order(20), order(20)
    assert (
        torch.cat([small.take(3) for _ in range(14)]).tolist() == torch.cat([large.take(7) for _ in range(6)]).tolist()
    )


def test_epochs_differ() -> None:
    row = order(50)
    assert row.take(50).tolist() != row.take(50).tolist()


def test_the_last_batch_is_what_is_left() -> None:
    row = order(10)
    assert [len(row.take(4)) for _ in range(4)] == [4, 4, 2, 4]
    assert (row.seen, row.place) == (14, 4)


def test_parts_of_an_epoch_end_where_they_should() -> None:
    row, ends = order(64), []
    for step in range(1, 33):
        row.take(4)
        ends += [step] if row.due(4, 8) else []
    assert ends == list(range(2, 33, 2))


def test_a_part_that_is_smaller_than_a_batch_is_due_once() -> None:
    row = order(10)
    assert [row.due(len(row.take(6)), 8) for _ in range(4)] == [True] * 4
    assert [order(10).due(0, 8)] == [False]
