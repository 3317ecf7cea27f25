"""A part of a page draws before it has the page run: what it does not draw is missing in the browser until then."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "dlviz"
FILES = sorted([*ROOT.glob("concepts/*/panels/*.py"), *ROOT.glob("ui/*.py")])
DRAWN = {"markdown", "caption", "header", "latex", "button", "container", "columns", "warning", "expander", "pills"}


def calls(function: ast.FunctionDef) -> list[tuple[int, str]]:
    """Return the line and the name of everything that the function calls, in the order of the lines."""
    found = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    return sorted((one.lineno, ast.unparse(one.func)) for one in found)


def too_early(source: str) -> list[int]:
    """Return the lines that have the page run although the same function still draws below them."""
    early = []
    for function in (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)):
        named = calls(function)
        drawn = [line for line, name in named if name == "mount" or name.removeprefix("st.") in DRAWN]
        early += [line for line, name in named if name == "st.rerun" and any(below > line for below in drawn)]
    return early


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_part_has_the_page_run_before_it_has_drawn(file: Path) -> None:
    assert too_early(file.read_text(encoding="utf-8")) == []


def test_a_run_before_the_drawing_would_be_seen() -> None:
    assert too_early("def show():\n    if heard():\n        st.rerun()\n    mount('chart')\n") == [3]
    assert too_early("def show():\n    mount('chart')\n    if heard():\n        st.rerun()\n") == []
