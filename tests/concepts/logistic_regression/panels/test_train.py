"""Which fields are beside the stage depends on the data."""

import pytest

from dlviz.concepts.logistic_regression.panels import train
from dlviz.concepts.logistic_regression.spec import DEFAULT, SETS, usual
from dlviz.spec import Knobs, RunSpec


@pytest.mark.parametrize("name", SETS)
def test_every_field_beside_the_stage_is_one_of_the_run(name: str) -> None:
    run = usual(name)
    known = {*RunSpec.model_fields, *Knobs.model_fields, *type(run.data).model_fields, *type(run.network).model_fields}
    groups = train._groups(DEFAULT.model_copy(update={"run": run}))
    assert {field for fields in groups.values() for field in fields} <= known
    assert ("network" in groups) == run.on_plane  # powers of the inputs are for the plane
