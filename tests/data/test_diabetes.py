"""The people with diabetes: as many as were published, in their units or on one scale, and nobody can change them."""

import numpy as np
import pytest

from dlviz.data.diabetes import patients, progression


def test_there_are_442_people_on_one_scale() -> None:
    features, targets = patients()
    assert (features.shape, targets.shape) == ((442, 2), (442,))
    for part in (features, targets):
        assert part.mean(axis=0) == pytest.approx(np.zeros(part.shape[1:]), abs=1e-12)
        assert part.std(axis=0) == pytest.approx(np.ones(part.shape[1:]))
        assert not part.flags.writeable


def test_both_measurements_say_something_of_the_progression() -> None:
    features, targets = patients()
    assert (features.T @ targets / len(targets)).round(2).tolist() == [0.59, 0.57]


def test_ten_measurements_stand_in_their_own_units() -> None:
    people = progression()
    assert people.values.shape == (442, 10) and np.isfinite(people.values).all()
    first = dict(zip(people.columns, people.values[0].tolist(), strict=True))  # the first line of the published table
    assert (first["age"], first["body_mass_index"], first["blood_pressure"], first["glucose"]) == (59, 32.1, 101, 87)
    assert people.labels[:3].tolist() == [151, 75, 141]
    ratio = people.values[:, people.columns.index("cholesterol")] / people.values[:, people.columns.index("hdl")]
    assert np.median(people.values[:, people.columns.index("cholesterol_ratio")] / ratio) == pytest.approx(1, abs=0.01)


def test_both_scales_are_of_the_same_people() -> None:
    people, (features, targets) = progression(), patients()
    chosen = [people.columns.index(name) for name in ("body_mass_index", "log_triglycerides")]
    assert people.standardised[:, chosen] == pytest.approx(features, abs=1e-6)
    assert (people.labels - people.labels.mean()) / people.labels.std() == pytest.approx(targets)
