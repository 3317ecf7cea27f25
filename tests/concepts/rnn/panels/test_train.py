"""The knobs of each part: those that matter there, and no other."""

import pytest

from dlviz.concepts.rnn.panels import train
from dlviz.concepts.rnn.spec import RUNS
from dlviz.spec import Knobs, Recurrent, RunSpec


@pytest.mark.parametrize("part", list(RUNS))
def test_every_field_is_one_of_the_run(part: str) -> None:
    known = {*Knobs.model_fields, *Recurrent.model_fields, *RunSpec.model_fields, *type(RUNS[part].data).model_fields}
    groups = train.groups(part)
    assert {name for names in groups.values() for name in names} <= known
    assert "teacher_forcing" in groups["more"] or part != "writing"


def test_teacher_forcing_stands_where_one_writes_alone() -> None:
    assert [part for part in RUNS if "teacher_forcing" in train.groups(part)["more"]] == ["writing"]
