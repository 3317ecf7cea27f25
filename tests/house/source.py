"""The product read as text: its files, and what each of them imports, calls and defines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Import(NamedTuple):
    """One imported module by its full dotted name; `at_start` where it happens when the file is imported."""

    module: str
    line: int
    at_start: bool


def product_files(root: Path = ROOT) -> list[str]:
    """Return the paths, relative to the root, of every Python file of the product: app.py, pages and dlviz."""
    found = [root / "app.py", *root.glob("pages/*.py"), *root.glob("dlviz/**/*.py")]
    return sorted(path.relative_to(root).as_posix() for path in found if path.exists())


def tree(path: str, root: Path = ROOT) -> ast.Module:
    """Return the syntax tree of a file of the product."""
    return ast.parse((root / path).read_text(encoding="utf-8"), path)


def file_of(module: str, root: Path = ROOT) -> str | None:
    """Return the file that holds `module`, or None where it is none of ours."""
    place = root / module.replace(".", "/")
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.exists():
            return path.relative_to(root).as_posix()
    return None


def imports(code: ast.Module) -> Iterator[Import]:
    """Yield every import, also those inside functions; `from a import b` counts as a.b as well as a."""
    late = set(_late_nodes(code))
    for node in ast.walk(code):
        at_start = node not in late
        if isinstance(node, ast.Import):
            yield from (Import(name.name, node.lineno, at_start) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield Import(base, node.lineno, at_start)
            yield from (Import(f"{base}.{name.name}", node.lineno, at_start) for name in node.names)


def _late_nodes(code: ast.Module) -> Iterator[ast.AST]:
    """Yield what stands inside functions, or is for type checkers only."""
    for node in ast.walk(code):
        for_types_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or for_types_only:
            yield from (inside for inside in ast.walk(node) if inside is not node)


def functions(code: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, nested ones too."""
    yield from (node for node in ast.walk(code) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def without_comments(script: str) -> str:
    """Return a JavaScript or CSS text without its comments, so that only what acts is judged."""
    comment = r"/\*.*?\*/|^\s*//[^\n]*|(?<=[\s;{}),])//\s[^\n]*"
    return re.sub(comment, "", script, flags=re.DOTALL | re.MULTILINE)
