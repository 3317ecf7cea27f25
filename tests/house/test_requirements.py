"""Every library that the product imports is named in requirements.txt, with a floor and a ceiling that admit it."""

import sys
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement

from tests.house.source import ROOT, imports, product_files, tree

DISTRIBUTIONS = {"sklearn": "scikit-learn", "streamlit_drawable_canvas": "streamlit-drawable-canvas"}
# Libraries that another one stands on, and so brings along in the version that fits it.
PARTS = {"dask": "distributed", "uvicorn": "streamlit", "starlette": "streamlit", "PIL": "streamlit"}
MAKERS_OF_TABLES = "dlviz/data/tables/"  # never run by the product


def requirements(path: str) -> dict[str, Requirement]:
    """Return the requirements in a file by their names."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / path).read_text(encoding="utf-8").splitlines())
    found = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {requirement.name: requirement for requirement in found}


def imported() -> set[str]:
    """Return the distributions that the product imports."""
    files = [path for path in product_files() if not path.startswith(MAKERS_OF_TABLES)]
    names = {module.partition(".")[0] for path in files for module, _, _ in imports(tree(path))}
    outside = {name for name in names if name not in sys.stdlib_module_names and name not in ("dlviz", "")}
    return {PARTS.get(name, DISTRIBUTIONS.get(name, name)) for name in outside}


def test_every_import_is_a_requirement() -> None:
    assert imported() - set(requirements("requirements.txt")) == set()


@pytest.mark.parametrize("path", ["requirements.txt", "tests/requirements.txt"])
def test_requirements_have_floor_and_ceiling(path: str) -> None:
    for requirement in requirements(path).values():
        assert {"<", ">="} == {limit.operator for limit in requirement.specifier}, str(requirement)


@pytest.mark.parametrize("path", ["requirements.txt", "tests/requirements.txt"])
def test_requirements_admit_what_these_tests_run_on(path: str) -> None:
    for requirement in requirements(path).values():
        assert requirement.specifier.contains(version(requirement.name)), str(requirement)
