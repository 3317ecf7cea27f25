"""Source text: functions of our own, printed as they are.

An exported script holds the very lines that ran, cut out of our files as text. Nothing is imported
for that, so that the app can print scripts without loading torch.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


@cache
def cut(module: str, *names: str) -> str:
    """Return the functions, classes and constants of these names in a file of ours, two lines apart.

    module: the file's path inside the package, such as "data/split.py".
    Raises: ValueError where the file does not define one of them.
    """
    text = (PACKAGE / module).read_text(encoding="utf-8")
    found = {name: _lines(text, node) for node in ast.parse(text).body for name in _names(node)}
    missing = [name for name in names if name not in found]
    if missing:
        raise ValueError(f"{module} defines no {', '.join(missing)}; it defines {', '.join(found)}")
    return "\n\n\n".join(found[name] for name in names)


@cache
def body(module: str) -> str:
    """Return all that a file of ours defines, without its docstring and its imports."""
    text = (PACKAGE / module).read_text(encoding="utf-8")
    kept = [node for node in ast.parse(text).body if _names(node)]
    return "\n\n\n".join(_lines(text, node) for node in kept)


@cache
def outside_imports(module: str) -> tuple[str, ...]:
    """Return the lines by which a file of ours imports other people's work, such as "import math"."""
    text = (PACKAGE / module).read_text(encoding="utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    sources = [getattr(node, "module", None) or node.names[0].name for node in found]
    ours = ("dlviz", "__future__")
    return tuple(
        ast.unparse(node) for node, source in zip(found, sources, strict=True) if source.partition(".")[0] not in ours
    )


def merged_imports(lines: Iterable[str]) -> list[str]:
    """Return the import lines in the usual order, with one line for all that comes from one module."""
    plain, taken = set(), {}
    for line in lines:
        source, _, names = line.removeprefix("from ").partition(" import ")
        if line.startswith("from "):
            taken.setdefault(source, set()).update(names.split(", "))
        else:
            plain.add(line)
    return sorted(plain) + [
        f"from {source} import {', '.join(sorted(names))}" for source, names in sorted(taken.items())
    ]


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    return (
        [target.id for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else []
    )


def _lines(text: str, node: ast.stmt) -> str:
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
