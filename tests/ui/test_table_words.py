"""Columns have names in both languages, and the units that they were noted in."""

import pytest
import streamlit as st

from dlviz.spec import COLUMNS, Table
from dlviz.ui.table_words import column, column_with_unit


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_column_of_every_table_has_a_name_of_its_own(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language.before": lang})
    for table, names in COLUMNS.items():
        called = [column(Table(data=table), name) for name in names]
        assert len(set(called)) == len(names)


def test_a_unit_stands_behind_the_name_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})
    assert column_with_unit(Table(), "weight") == "weight (lb)"
    assert column_with_unit(Table(), "cylinders") == "cylinders"
    assert column_with_unit(Table(data="diabetes"), "blood_pressure") == "mean blood pressure (mmHg)"
