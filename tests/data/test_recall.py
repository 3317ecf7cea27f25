"""The recall task: the first symbol is the answer, and nothing after it gives it away."""

import numpy as np
import pytest

from dlviz.data.recall import recall


@pytest.mark.parametrize(("count", "delay", "kinds"), [(100, 40, 4), (7, 0, 2), (1, 3, 26)])
def test_the_first_symbol_is_the_answer_and_blanks_follow(count: int, delay: int, kinds: int) -> None:
    task = recall(count, delay, kinds, 0)
    assert (task.letters.dtype, task.letters.shape, len(task)) == (np.uint8, (count, 1 + delay), count)
    said = [task.symbols[code] for code in task.letters[:, 0]]
    assert said == [task.classes[label] for label in task.labels]
    assert (task.letters[:, 1:] == 0).all()
    assert set(task.lengths.tolist()) == {1 + delay}
    assert not any(array.flags.writeable for array in (task.letters, task.lengths, task.labels))


def test_symbols_are_equally_frequent_and_the_seed_decides_their_order() -> None:
    assert np.bincount(recall(101, 5, 4, 3).labels).tolist() == [26, 25, 25, 25]
    assert (recall(101, 5, 4, 3).labels == recall(101, 9, 4, 3).labels).all()
    assert (recall(101, 5, 4, 3).labels != recall(101, 5, 4, 4).labels).any()


@pytest.mark.parametrize(("count", "delay", "kinds"), [(0, 5, 4), (10, -1, 4), (10, 5, 1), (10, 5, 27)])
def test_impossible_tasks_are_refused(count: int, delay: int, kinds: int) -> None:
    with pytest.raises(ValueError, match=f"{count} sequences of {kinds} kinds with a delay of {delay}"):
        recall(count, delay, kinds, 0)
