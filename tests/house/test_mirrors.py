"""Every module that does something has its tests in the mirrored place."""

import pytest

from tests.house.source import ROOT, functions, product_files, tree

# Modules without a test file of their own name, and why.
ELSEWHERE = {
    "app.py": "only a server runs it: tests/browser and tests/house/test_process.py do",
}
MAKERS_OF_TABLES = "dlviz/data/tables/"  # run once, by hand; the tests of the data check what they made


def mirror_of(path: str) -> str:
    """Return where the tests of the product's file at `path` belong."""
    folder, _, name = path.removeprefix("dlviz/").rpartition("/")
    return "/".join(filter(None, ("tests", folder, f"test_{name.strip('_')}" if "__" not in name else "test_main.py")))


def has_functions(path: str) -> bool:
    """Return whether there is anything in the file that can be called."""
    return any(True for _ in functions(tree(path)))


def needs_tests(path: str) -> bool:
    """Return whether the file does something that the product runs."""
    return path not in ELSEWHERE and not path.startswith(MAKERS_OF_TABLES) and has_functions(path)


@pytest.mark.parametrize("path", list(filter(needs_tests, product_files())))
def test_every_module_with_functions_has_its_tests(path: str) -> None:
    assert (ROOT / mirror_of(path)).exists(), f"{mirror_of(path)} is missing"


@pytest.mark.parametrize("path", [path for path in product_files() if path.startswith("pages/")])
def test_every_page_has_its_tests(path: str) -> None:
    assert (ROOT / mirror_of(path)).exists(), f"{mirror_of(path)} is missing"


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("dlviz/spec.py", "tests/test_spec.py"),
        ("dlviz/probes/saliency.py", "tests/probes/test_saliency.py"),
        ("dlviz/__main__.py", "tests/test_main.py"),
        ("pages/cnn.py", "tests/pages/test_cnn.py"),
    ],
)
def test_the_mirror(path: str, tests: str) -> None:
    assert mirror_of(path) == tests


def test_exceptions_are_still_needed() -> None:
    assert [path for path in ELSEWHERE if not (ROOT / path).exists() or (ROOT / mirror_of(path)).exists()] == []
