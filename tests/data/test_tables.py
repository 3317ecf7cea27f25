"""The embedded tables are small, and each is the one whose origin and licence are told."""

import hashlib
import re
from pathlib import Path

import pytest

from dlviz.data.surnames import TABLE

FOLDER = TABLE.parent
TABLES = sorted(path for path in FOLDER.iterdir() if path.suffix not in (".py", ".md", ".pyc") and path.is_file())


def told() -> dict[str, str]:
    """Return what is told of each table, by the name of its file."""
    _, *sections = re.split(r"^## ", (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {section.partition("\n")[0]: section for section in sections}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_a_table_is_the_one_whose_origin_is_told(table: Path) -> None:
    about = told()[table.name]
    assert f"| SHA-256 | `{hashlib.sha256(table.read_bytes()).hexdigest()}` |" in about
    for row in ("What", "Origin", "Taken from", "Licence", "How made"):
        assert f"\n| {row} | " in about
    assert f"make_{table.stem}.py" in about and (FOLDER / f"make_{table.stem}.py").exists()


def test_all_tables_together_stay_small() -> None:
    assert len(TABLES) >= 5
    assert sum(table.stat().st_size for table in TABLES) < 8e6
