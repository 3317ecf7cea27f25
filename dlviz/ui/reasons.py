"""Why something could not be computed, said in the visitor's language.

Those who compute say what was asked, what was given and what is allowed, in English and for
engineers. What a visitor can meet has words of its own here; the rest is quoted.
"""

from __future__ import annotations

import re

from dlviz.data.csv_table import CsvError
from dlviz.formula import FUNCTIONS, FormulaError
from dlviz.ui.language import t
from dlviz.ui.links import plain

KNOWN = {
    "no_full_mnist": re.compile(r"data: mnist-full is not in .+?, which"),
    "no_mirror": re.compile(r"data: \S+ could not be fetched"),
    "no_split": re.compile(r"split: this run has no (?P<split>\w+) digits"),
    "too_many_turns": re.compile(r"edits: the knobs of a run can be turned (?P<most>\d+) times"),
    "no_cuda": re.compile(r"device: cuda was asked for"),
    "diverged": re.compile(r".*diverged", re.DOTALL),
}


def say(reason: str, *, markdown: bool = True) -> str:
    """Return the reason as a sentence in the visitor's language; nothing quoted acts as Markdown where it is that."""
    quoted = plain if markdown else str
    for name, pattern in KNOWN.items():
        if found := pattern.match(reason):
            return t(f"reasons.{name}", **{key: quoted(value) for key, value in found.groupdict().items()})
    return t("reasons.other", reason=quoted(reason[:300]))


def say_problems(error: CsvError) -> list[str]:
    """Return what is wrong with a table, a sentence for each problem; nothing quoted acts as Markdown."""
    return [
        t(f"csv.{code}", **{name: _in_words(name, value) for name, value in values.items()})
        for code, values in error.problems
    ]


def _in_words(name: str, value: object) -> object:
    """Return what a problem is told with: a text as plain text, a count as counts are written, a line as editors do."""
    if isinstance(value, str):
        return plain(value)
    return f"{value:,}" if isinstance(value, int) and name != "line" else value


def say_formula(error: FormulaError) -> str:
    """Return what is wrong with a typed formula; nothing quoted acts as Markdown."""
    values: dict[str, object] = {"found": "", **error.values}
    takes = int(values.get("takes", 1))
    values |= {
        "place": error.place + 1,
        "found": plain(str(values["found"])[:20]),
        "variables": ", ".join(map(plain, values.get("variables", ()))),
        "functions": ", ".join(FUNCTIONS),
        "example": plain(f"{values['found']}({', '.join('xy'[:takes])})"),
    }
    return t(f"formula.{error.code}", **values)
