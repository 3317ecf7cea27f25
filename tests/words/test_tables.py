"""Every column and every class of the real data sets has its words, and there are none of what does not exist."""

import pytest

from dlviz.data import auto_mpg, breast_cancer, diabetes, sunspots, surnames, wine
from dlviz.words.catalogue import text, words

RECORDS = {
    "auto_mpg": auto_mpg.cars(),
    "diabetes": diabetes.progression(),
    "breast_cancer": breast_cancer.lumps(),
    "wine": wine.wines(),
}
NAMES = {table: {*records.columns, *records.classes} for table, records in RECORDS.items()}
NAMES["auto_mpg"] |= {*auto_mpg.ORIGINS}
NAMES |= {"surnames": {*surnames.LANGUAGES}, "sunspots": {"year"}, "recall": set()}
ALWAYS = {"", "source", "target"}


@pytest.mark.parametrize("table", NAMES)
def test_a_set_its_columns_and_classes_have_words(table: str) -> None:
    found = {name.partition(".")[2].removesuffix(".unit") for name in words("tables") if name.split(".")[0] == table}
    assert found == NAMES[table] | ALWAYS


def test_there_are_words_of_these_sets_only() -> None:
    assert {name.split(".")[0] for name in words("tables")} == {*NAMES}


def test_columns_of_a_set_are_called_differently() -> None:
    for language in ("en", "zh"):
        for table, names in NAMES.items():
            called = [text(f"tables.{table}.{name}", language) for name in names]
            assert len({*called}) == len(called)


def test_the_number_of_rows_told_is_that_of_the_set() -> None:
    for table, records in RECORDS.items():
        for language in ("en", "zh"):
            assert f" {len(records.labels)} " in text(f"tables.{table}.source", language).replace("：", ": ")
    years = sunspots.sunspots().years
    assert f"{years[0]} to {years[-1]}" in text("tables.sunspots.source", "en")
    assert f"{years[0]} 至 {years[-1]}" in text("tables.sunspots.source", "zh")


def test_forms_of_a_measurement_are_told_apart() -> None:
    assert text("tables.breast_cancer.worst_concave_points", "en") == "worst concave points"
    assert text("tables.breast_cancer.error_radius", "zh") == "半径标准误"
