"""What stands beside a stage is in a drawer on a phone."""

import ast
from pathlib import Path

from tests.house.source import ROOT

FILES = sorted([*ROOT.glob("pages/*.py"), *ROOT.glob("dlviz/concepts/*/panels/*.py")])


def assigned(tree: ast.AST) -> set[str]:
    """Return the names of the places that columns are given."""
    found = [one for one in ast.walk(tree) if isinstance(one, ast.Assign) and "st.columns" in ast.unparse(one.value)]
    return {name.id for one in found for name in ast.walk(one.targets[0]) if isinstance(name, ast.Name)}


def without_drawer(files: list[Path]) -> list[str]:
    """Return the files with a place beside a stage that hold no drawer."""
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    with_controls = [file for file, source in sources.items() if "beside" in assigned(ast.parse(source))]
    assert len(with_controls) > 10
    return [str(file.relative_to(ROOT)) for file in with_controls if "drawer(" not in sources[file]]


def test_controls_beside_a_stage_are_in_a_drawer() -> None:
    assert without_drawer(FILES) == []
