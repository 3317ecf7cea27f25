"""Names are drawn from the probabilities that they say, and counting is counting."""

from collections import Counter

import numpy as np
import pytest

from dlviz.concepts.rnn import writing
from dlviz.data.letters import codes
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.spec import Recurrent, RunSpec, Writing

SPEC = RunSpec(data=Writing(tongue="finnish"), network=Recurrent(network="gru", embedding=4, state=8))
NAMES = [codes(name) for name in ("rossi", "russo", "rota")]


def test_without_smoothing_it_is_the_share_that_was_counted() -> None:
    counts = writing.Counts(NAMES, 1, 1e-9)
    found = counts(codes("r"))
    assert found[codes("o")[0]] == pytest.approx(2 / 3)
    assert found[codes("u")[0]] == pytest.approx(1 / 3)
    assert writing.Counts(NAMES, 2, 1e-9)(codes("ro"))[codes("s")[0]] == pytest.approx(1 / 2)


def test_what_was_never_seen_is_told_from_fewer_letters() -> None:
    counts = writing.Counts(NAMES, 2, 1.0)
    np.testing.assert_allclose(counts(codes("xy")), writing.Counts(NAMES, 0, 1.0)([]))
    for letters in ([], codes("r"), codes("ros"), codes("zz")):
        assert counts(letters).sum() == pytest.approx(1)
        assert (counts(letters) > 0).all()


def test_the_networks_surprise_is_its_loss() -> None:
    network, splits = build_for(SPEC).eval(), load(SPEC.data, 0)
    names = [row[row > 0].tolist() for row in splits.test.inputs]
    letter_by_letter = writing.surprise(writing.network_writer(network), names)
    assert writing.network_surprise(network, splits.test.inputs) == pytest.approx(letter_by_letter, abs=1e-5)


def test_temperature_and_top_k() -> None:
    found = np.array([0.5, 0.25, 0.125, 0.125])
    np.testing.assert_allclose(writing.chosen_from(found, 1, 0), found)
    squared = found**2 / (found**2).sum()
    np.testing.assert_allclose(writing.chosen_from(found, 0.5, 0), squared)
    np.testing.assert_allclose(writing.chosen_from(found, 1, 2), [2 / 3, 1 / 3, 0, 0])
    assert writing.chosen_from(found, 0.1, 0)[0] > 0.99


def test_letters_are_drawn_as_often_as_they_are_probable() -> None:
    def writer(letters: list[int]) -> np.ndarray:
        shares = np.zeros(30)
        shares[[1, 2] if not letters else [0]] = [0.7, 0.3] if not letters else [1]
        return shares

    chance = np.random.default_rng(0)
    drawn = Counter(writing.name_by(writer, [], 1, 0, chance) for _ in range(2000))
    assert set(drawn) == {"a", "b"}
    assert drawn["a"] / 2000 == pytest.approx(0.7, abs=0.03)


def test_a_name_ends_at_twenty_letters_and_keeps_its_beginning() -> None:
    always = np.eye(30)[5]
    found = writing.name_by(lambda letters: always, codes("ko"), 1, 0, np.random.default_rng(0))
    assert found == "ko" + "e" * 18


def test_names_in_the_list_are_known() -> None:
    found = writing.written(build_for(SPEC).eval(), SPEC.data, 0, codes("kor"), 0.5, 3, 8, 1)
    again = writing.written(build_for(SPEC).eval(), SPEC.data, 0, codes("kor"), 0.5, 3, 8, 1)
    assert found.names == again.names
    splits = load(SPEC.data, 0)
    known = {writing.spelt(row) for part in (splits.train, splits.validation, splits.test) for row in part.inputs}
    for names, listed in zip(found.names, found.known, strict=True):
        assert len(names) == 8
        assert all(name.startswith("kor") for name in names)
        assert [name in known for name in names] == list(listed)
    assert (found.following > 0).sum() == 3


def test_the_validation_names_choose() -> None:
    splits = load(SPEC.data, 0)
    train, validation = ([row[row > 0].tolist() for row in part.inputs] for part in (splits.train, splits.validation))
    chosen = writing.best_counts(train, validation)
    best = writing.surprise(chosen, validation)
    assert best < 2.5
    assert best <= writing.surprise(writing.Counts(train, 2, 10.0), validation)
