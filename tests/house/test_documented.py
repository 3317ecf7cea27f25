"""Every module opens with its concept, every public function says what comes back, doors hold nothing else."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.rooms import room_of
from tests.house.source import product_files, tree

VALIDATORS = {"model_validator", "field_validator", "field_serializer", "model_serializer"}
CALLED_BY_TORCH = {"forward", "backward", "extra_repr"}  # the class says what they do


def undocumented(code: ast.Module) -> list[str]:
    """Return the names of public classes, functions and methods without a docstring; "module" for the module."""
    missing = [] if ast.get_docstring(code) else ["module"]
    return missing + [name for name, node in _public(code.body) if not ast.get_docstring(node)]


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") or node.name in CALLED_BY_TORCH:
            continue
        if VALIDATORS & _decorators(node):  # never called by name
            continue
        yield inside + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{node.name}.")


def _decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """Return the decorators' last names; @overload and setters repeat a name that is documented elsewhere."""
    names = (decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list)
    return {ast.unparse(name).rpartition(".")[2] for name in names}


@pytest.mark.parametrize("path", product_files())
def test_everything_public_is_documented(path: str) -> None:
    assert undocumented(tree(path)) == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("x = 1", ["module"]),
        ('"""A."""\ndef f(): pass', ["f"]),
        ('"""A."""\nclass A:\n    """B."""\n    def f(self): pass\n    def _g(self): pass', ["A.f"]),
        ('"""A."""\ndef _f(): pass\ndef g():\n    """Return."""\n    def inner(): pass', []),
        ('"""A."""\nclass A:\n    """B."""\n    @model_validator(mode="after")\n    def f(self): pass', []),
    ],
)
def test_a_missing_docstring_is_found(source: str, missing: list[str]) -> None:
    assert undocumented(ast.parse(source)) == missing


@pytest.mark.parametrize("path", [path for path in product_files() if room_of(path) == "doors"])
def test_doors_hold_only_a_docstring(path: str) -> None:
    assert len(tree(path).body) == 1
    assert ast.get_docstring(tree(path))
