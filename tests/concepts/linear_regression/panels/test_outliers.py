"""Three lines through one cloud: the stage's own where it has points far off, else a cloud that was given some."""

from dataclasses import replace

import numpy as np

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import outliers
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.recording import unpack
from dlviz.spec import Curve, Pairs, Table


def test_whose_points_are_shown() -> None:
    given = outliers.subject(LINE)
    assert given.data == LINE.data.model_copy(update={"outliers": outliers.SHARE})
    assert isinstance(outliers.subject(CARS).data, Curve)
    for data in (Pairs(), Table(columns=("weight",)), Curve(outliers=0.1)):
        own = LINE.model_copy(update={"data": data})
        assert outliers.subject(own) == own


def test_three_lines_and_a_row_for_each(quiet_engine: object) -> None:
    run = outliers.subject(LINE)
    known, found = compute.sample(run.data, 0), compute.faults(run.data, 0, run.network, run.knobs)
    header, arrays = unpack(outliers.picture(View(run=run), known, found))
    assert [one["weights"] for one in header["lines"]] == found.weights.tolist()
    assert len(arrays["x"]) == (known.split == 0).sum()
    assert header["player"] is None
    rows = outliers.table(View(run=run), found).splitlines()
    assert len(rows) == 5
    assert f"{found.weights[0, 0]:.3g}" in rows[2]
    level = replace(found, misses=np.full_like(found.misses, 0.11))  # three digits, as in the table of the scores
    assert outliers.table(View(run=run), level).splitlines()[2].endswith("| 0.110 | 0.110 |")
    assert not np.isnan(found.misses).any()
