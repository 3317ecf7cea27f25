"""What is read step by step is split so that no part tells of another."""

import numpy as np
import pytest

from dlviz.data.load import load
from dlviz.data.sunspots import sunspots
from dlviz.data.surnames import LANGUAGES, surnames
from dlviz.spec import Recall, Sunspots, Surnames, Writing


def test_names_are_split_with_every_language_in_its_share() -> None:
    splits = load(Surnames(), 0)
    counts = [np.bincount(part.labels, minlength=8) for part in (splits.train, splits.validation, splits.test)]
    assert [count.sum() for count in counts] == [2558, 320, 320]
    for count, share in zip(counts, (0.8, 0.1, 0.1), strict=True):
        assert np.abs(count - share * np.bincount(surnames(400).labels)).max() <= 2
    indices = np.concatenate([part.indices for part in (splits.train, splits.validation, splits.test)])
    assert sorted(indices) == list(range(3198))
    assert splits.classes == LANGUAGES
    assert splits.input_shape == (20,)


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_name_of_a_language_is_there_to_write(tongue: str) -> None:
    splits = load(Writing(tongue=tongue), 0)
    names = {bytes(row) for part in (splits.train, splits.validation, splits.test) for row in part.inputs}
    wanted = surnames(10_000)
    rows = wanted.letters[wanted.labels == LANGUAGES.index(tongue)]
    assert len(names) == len(rows)
    assert {bytes(row[row > 0]) for row in rows} == {name.rstrip(b"\0") for name in names}
    assert (splits.train.labels == (splits.train.inputs > 0).sum(1)).all()


@pytest.mark.parametrize(("transform", "power"), [("none", 1), ("root", 2)])
@pytest.mark.parametrize("window", [2, 20, 60])
def test_years_to_come_are_never_seen(window: int, transform: str, power: int) -> None:
    splits = load(Sunspots(window=window, transform=transform), 0)
    parts, known = (splits.train, splits.validation, splits.test), sunspots()
    years = [known.years[part.indices] for part in parts]
    assert [(row[0], row[-1]) for row in years[1:]] == [(1901, 1946), (1947, 2008)]
    assert (years[0][0], years[0][-1]) == (1700 + window, 1900)
    mean, deviation = splits.unit
    training = known.numbers[known.years <= 1900] ** (1 / power)
    assert (mean, deviation) == pytest.approx((training.mean(), training.std()))
    for part in parts:
        np.testing.assert_allclose((part.labels * deviation + mean) ** power, known.numbers[part.indices], atol=1e-4)
        before = known.numbers[part.indices[:, None] + np.arange(-window, 0)]
        np.testing.assert_allclose((part.inputs * deviation + mean) ** power, before, atol=1e-4)


def test_signs_and_blanks() -> None:
    splits = load(Recall(delay=5, signs=3), 1)
    assert [len(part) for part in (splits.train, splits.validation, splits.test)] == [800, 200, 0]
    assert (splits.train.inputs[:, 0] == splits.train.labels + 1).all()
    assert not splits.train.inputs[:, 1:].any()
    assert splits.classes == ("A", "B", "C")
