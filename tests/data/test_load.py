"""Loading gives the splits that a spec and a seed decide."""

from pathlib import Path

import numpy as np
import pytest

from dlviz.data.digits import all_digits, embedded_digits
from dlviz.data.examples import Splits
from dlviz.data.load import load
from dlviz.rows import rows_text
from dlviz.spec import Mnist5k, MnistFull, Plane, Points


def parts(splits: Splits) -> list:
    return [splits.train, splits.validation, splits.test]


@pytest.mark.parametrize("data", [Mnist5k(), Mnist5k(validation_share=0.25, test_share=0.02), Plane(points=101)])
def test_parts_share_no_example_and_hold_them_all(data: Mnist5k | Plane) -> None:
    indices = np.concatenate([part.indices for part in parts(load(data, 3))])
    assert sorted(indices) == list(range(getattr(data, "points", 5000)))


def test_the_usual_split() -> None:
    splits = load(Mnist5k(), 0)
    assert [len(part) for part in parts(splits)] == [4000, 500, 500]
    assert [set(np.bincount(part.labels)) for part in parts(splits)] == [{400}, {50}, {50}]
    assert splits.classes == tuple("0123456789")


def test_indices_lead_back_to_the_table() -> None:
    for part in parts(load(Mnist5k(), 1)):
        assert (embedded_digits().inputs[part.indices] == part.inputs).all()
        assert (embedded_digits().labels[part.indices] == part.labels).all()


def test_fewer_training_examples_change_nothing_else() -> None:
    few, all_of_them = load(Mnist5k(train_share=0.1), 2), load(Mnist5k(), 2)
    assert (few.train.indices == all_of_them.train.indices[:400]).all()
    assert (few.validation.indices == all_of_them.validation.indices).all()
    assert (few.test.indices == all_of_them.test.indices).all()


def test_the_seed_decides() -> None:
    assert (load(Mnist5k(), 1).test.indices != load(Mnist5k(), 2).test.indices).any()
    assert (load(Plane(), 1).train.inputs != load(Plane(), 2).train.inputs).any()


def test_points_have_no_test_examples() -> None:
    splits = load(Plane(points=200, validation_share=0.3), 0)
    assert [len(part) for part in parts(splits)] == [140, 60, 0]
    assert splits.input_shape == (2,)
    assert splits.train.inputs.dtype == np.float32


def test_all_digits_keep_their_own_test_examples(small_mnist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    splits = load(MnistFull(validation_share=0.1, train_share=0.5), 0)
    assert [len(part) for part in parts(splits)] == [90, 20, 50]
    known, test = all_digits(small_mnist)
    assert (known.inputs[splits.validation.indices] == splits.validation.inputs).all()
    assert (splits.test.inputs == test.inputs).all()
    assert splits.test.indices.tolist() == list(range(200, 250))


def test_all_digits_without_validation(small_mnist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    assert [len(part) for part in parts(load(MnistFull(), 0))] == [200, 0, 50]


def test_missing_digits_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(tmp_path / "nothing"))
    monkeypatch.setattr("dlviz.data.digits.urlopen", lambda *_, **__: pytest.fail("something was fetched"))
    with pytest.raises(ValueError, match="mnist-full is not in"):
        load(MnistFull(), 0)


def test_ones_own_points_are_those_that_were_written() -> None:
    rows = [(-6, 1.5, 2), (0, 0, 0), (3, -3, 1), (6, 6, 2)]
    splits = load(Points(rows=rows_text(rows, "class"), validation_share=0.25), 0)
    assert splits.classes == ("0", "1", "2")
    found = [(*point, label) for part in parts(splits) for point, label in zip(part.inputs, part.labels, strict=True)]
    assert sorted(found) == [pytest.approx(row, abs=0.002) for row in sorted(rows)]
    numbers = load(Points(rows=rows_text([(0, 0, 0.5), (1, 1, -1)], "number"), label="number", validation_share=0), 0)
    assert (numbers.classes, numbers.train.labels.dtype) == ((), np.float32)
    assert sorted(numbers.train.labels.tolist()) == [-1, pytest.approx(0.5, abs=3e-4)]
    assert len(numbers.validation) == 0


def test_numbers_stay_numbers_and_classes_have_names() -> None:
    assert load(Plane(data="hills"), 0).train.labels.dtype == np.float32
    assert load(Plane(data="arms"), 0).classes == ("0", "1", "2")
