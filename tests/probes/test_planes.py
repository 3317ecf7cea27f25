"""Planes of two paths: against scikit-learn's principal components, by hand, and example by example."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from dlviz.probes.landscape import measures, on_plane
from dlviz.probes.planes import over_paths, through

CHANCE = np.random.default_rng(3)


def test_the_main_plane_is_that_of_the_principal_components_of_both_paths_together() -> None:
    paths = [CHANCE.standard_normal((rows, 9)).cumsum(axis=0) for rows in (12, 30)]
    plane = over_paths(paths[0][-1], paths)
    known = PCA(2).fit(np.concatenate(paths))
    overlap = np.abs(plane.directions @ known.components_.T)
    assert np.allclose(overlap, np.eye(2), atol=1e-9)
    seen = on_plane(plane, np.concatenate(paths))
    assert np.allclose(seen.explained, known.explained_variance_ratio_, atol=1e-9)
    assert np.array_equal(plane.at(np.zeros((1, 2)))[0], paths[0][-1])


def test_a_path_that_ran_away_has_no_plane() -> None:
    with pytest.raises(ValueError, match="not finite"):
        over_paths(np.zeros(3), [np.array([[0, 0, 0], [1, np.inf, 0]])])


def test_the_plane_through_three_networks_holds_them_all() -> None:
    start, one, other = CHANCE.standard_normal((3, 9))
    plane = through(start, one, other)
    seen = on_plane(plane, np.stack([start, one, other]))
    assert np.allclose(seen.distances, 0, atol=1e-12)
    assert np.allclose(seen.points[0], 0)
    assert np.allclose(seen.points[1], [np.linalg.norm(one - start), 0])
    assert seen.points[2, 1] > 0
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2))
    assert np.allclose(measures(plane), plane.directions)


@pytest.mark.parametrize("step", [0.0, 1.0])
def test_three_on_one_line_still_have_a_plane(step: float) -> None:
    start, way = CHANCE.standard_normal((2, 9))
    plane = through(start, start + step * way, start + 2 * step * way)
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2))
    assert np.allclose(on_plane(plane, np.stack([start + 2 * step * way])).distances, 0, atol=1e-12)
