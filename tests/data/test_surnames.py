"""The surnames of eight languages: real ones, each of one language only, and telling them apart is possible."""

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

from dlviz.data.letters import folded, spells, spelt
from dlviz.data.surnames import LANGUAGES, TABLE, padded, surnames

COUNTS = {"irish": 2310, "italian": 1155, "dutch": 1016, "english": 836}
COUNTS |= {"german": 1162, "polish": 3793, "finnish": 398, "zulu": 784}


def table() -> pd.DataFrame:
    return pd.read_csv(TABLE, dtype=str, keep_default_na=False)


def names_of(language: str) -> set[str]:
    known = surnames(10**6)
    return {spelt(row) for row in known.letters[known.labels == LANGUAGES.index(language)]}


def test_every_name_is_of_one_language_and_spelt_with_the_alphabet() -> None:
    names = table()
    assert names["surname"].is_unique
    assert names["language"].value_counts().to_dict() == COUNTS
    assert all(spells(name) and folded(name) == name and len(name) <= 20 for name in names["surname"])


@pytest.mark.parametrize(
    ("language", "some"),
    [
        ("irish", ["o suilleabhain", "mac an bhaird"]),
        ("italian", ["abatantuono", "schiaparelli"]),
        ("dutch", ["van der meer", "de vries"]),
        ("english", ["o'brien", "washington"]),
        ("german", ["wechselberger", "schrittwieser"]),
        ("polish", ["kaczmarkiewicz", "bartlomiejczyk"]),
        ("finnish", ["virtanen", "jaaskelainen"]),
        ("zulu", ["ntshalintshali", "dube"]),
    ],
)
def test_well_known_names_are_there(language: str, some: list[str]) -> None:
    assert set(some) <= names_of(language)


@pytest.mark.parametrize("name", ["smith", "meyer", "martinez", "nguyen", "wang", "auch schlauchin"])
def test_names_of_two_languages_or_of_none_of_the_eight_are_not(name: str) -> None:
    assert name not in set(table()["surname"])


def test_at_most_so_many_of_each_language_are_given() -> None:
    usual = surnames()
    assert np.bincount(usual.labels).tolist() == [min(count, 1000) for count in COUNTS.values()]
    assert usual.classes == tuple(COUNTS)
    assert np.bincount(surnames(3).labels).tolist() == [3] * 8
    everything = surnames(10**6)
    assert [spelt(row) for row in everything.letters] == table()["surname"].tolist()
    with pytest.raises(ValueError, match="at least 1"):
        surnames(0)


def test_fewer_names_reach_over_the_whole_alphabet() -> None:
    polish = LANGUAGES.index("polish")
    few, every = surnames(100), surnames(10**6)
    first = [np.bincount(one.letters[one.labels == polish, 0], minlength=30) for one in (few, every)]
    shares = [counts / counts.sum() for counts in first]
    assert np.abs(shares[0] - shares[1]).max() < 0.02


def test_letters_fill_their_length_and_zeros_the_rest() -> None:
    names = surnames()
    assert (names.letters.dtype, names.letters.shape) == (np.uint8, (len(names), 20))
    within = np.arange(20) < names.lengths[:, None]
    assert (names.letters[within] > 0).all() and (names.letters[~within] == 0).all()
    assert names.letters.max() < len(names.symbols)
    for array in (names.letters, names.lengths, names.labels):
        assert not array.flags.writeable


def test_names_are_padded_to_the_longest() -> None:
    letters, lengths = padded(["Åb", "z"])
    assert letters.tolist() == [[1, 2], [26, 0]]
    assert lengths.tolist() == [2, 1]
    assert padded([])[0].shape == (0, 0)
    with pytest.raises(ValueError, match="holds '王'"):
        padded(["Li", "王"])


def test_pairs_of_letters_tell_the_languages_apart() -> None:
    """What is known to be feasible: counting letters finds the language of four names in five."""
    known = surnames()
    names = np.array([f" {spelt(row)} " for row in known.letters])
    order = np.random.default_rng(0).permutation(len(names))
    train, test = order[1400:], order[:1400]
    judge = make_pipeline(CountVectorizer(analyzer="char", ngram_range=(1, 3)), MultinomialNB())
    assert judge.fit(names[train], known.labels[train]).score(names[test], known.labels[test]) > 0.78
