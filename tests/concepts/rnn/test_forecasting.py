"""What is foretold is what each model says of the right years, and nobody sees a year before it is foretold."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from dlviz.concepts.rnn import forecasting
from dlviz.concepts.rnn.spec import SUNSPOTS
from dlviz.data.load import load
from dlviz.data.sunspots import scale_of, sunspots
from dlviz.models.build import build_for
from dlviz.spec import RunSpec, Sunspots

ROOTS = SUNSPOTS.model_copy(update={"data": Sunspots(transform="root")})
NUMBERS = SUNSPOTS.model_copy(update={"data": Sunspots()})
SPLITS = load(NUMBERS.data, 0)


def foretold(run: RunSpec) -> forecasting.Forecast:
    """Return what is foretold with the first weights."""
    network = build_for(run).eval()
    return forecasting.forecast(network, load(run.data, 0), scale_of(run.data), 1950)


@pytest.fixture(scope="module", params=[NUMBERS, ROOTS], ids=["numbers", "roots"])
def found(request: pytest.FixtureRequest) -> forecasting.Forecast:
    """Return what is foretold by who reads the numbers, and by who reads their square roots."""
    return foretold(request.param)


@pytest.mark.parametrize(("run", "power"), [(NUMBERS, 1), (ROOTS, 2)], ids=["numbers", "roots"])
def test_the_linear_model_is_scikit_learns(run: RunSpec, power: int) -> None:
    """Fitted to what the network reads, and judged in spots."""
    read = sunspots().numbers ** (1 / power)
    windows, following = np.lib.stride_tricks.sliding_window_view(read, 20)[:-1], read[20:]
    model = LinearRegression().fit(windows[:181], following[:181])
    miss = model.predict(windows[-62:]).clip(0 if power == 2 else None) ** power - sunspots().numbers[-62:]
    assert foretold(run).error["test"][1] == pytest.approx(np.sqrt(np.mean(miss**2)), rel=1e-4)


def test_as_last_year_is_off_by_how_much_years_differ(found: forecasting.Forecast) -> None:
    known = sunspots()
    differences = np.diff(known.numbers)
    wanted = np.sqrt(np.mean(differences[known.years[1:] >= 1947] ** 2))
    assert found.error["test"][2] == pytest.approx(wanted, rel=1e-4)
    assert found.error["test"][2] == pytest.approx(33.3, abs=0.1)


@pytest.mark.parametrize("steps", [1, 5, 22])
def test_as_so_many_years_ago(found: forecasting.Forecast, steps: int) -> None:
    """On its own, "as last year" says the last year that is known, whatever comes."""
    known = sunspots()
    test = np.flatnonzero(known.years >= 1947)
    wanted = np.sqrt(np.mean((known.numbers[test] - known.numbers[test - steps]) ** 2))
    assert found.ahead[2, steps - 1] == pytest.approx(wanted, rel=1e-4)


def test_one_year_ahead_is_the_error_of_the_table(found: forecasting.Forecast) -> None:
    np.testing.assert_allclose(found.ahead[:, 0], found.error["test"], rtol=1e-6)


def test_every_year_stands_at_its_place(found: forecasting.Forecast) -> None:
    known = sunspots()
    assert (found.years[0], found.years[-1]) == (1720, 2008)
    np.testing.assert_allclose(found.truth, known.numbers[20:], atol=1e-3)
    np.testing.assert_allclose(found.next[2], known.numbers[19:-1], atol=1e-3)
    assert (found.path_years[0], found.path.shape) == (1950, (3, 59))
    np.testing.assert_allclose(found.path[:, 0], found.next[:, found.years == 1950][:, 0], atol=1e-3)


def test_what_is_foretold_alone_does_not_see_what_came() -> None:
    model = forecasting.linear_model(SPLITS.train.inputs, SPLITS.train.labels)
    window = SPLITS.test.inputs[:1]
    found = forecasting.onward(model, window, 3)[0]
    seen = [*window[0].astype(float)]
    for value in found:
        assert value == pytest.approx(model(np.array([seen[-20:]]))[0])
        seen.append(value)
