"""Every import of every file keeps to the table of rooms, and the check does see a fault."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.rooms import ROOMS, faults, room_of
from tests.house.source import ROOT, file_of, imports, product_files, tree

SERVED = ["app.py", "dlviz/ui/frame.py", *(path for path in product_files() if path.startswith("pages/"))]


@pytest.mark.parametrize("path", product_files())
def test_every_import_keeps_to_the_rooms(path: str) -> None:
    assert faults(path, tree(path)) == []


def test_rooms_name_only_rooms() -> None:
    named = {other for room in ROOMS.values() for other in room.rooms}
    assert named <= set(ROOMS)


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        ("dlviz/spec.py", "import numpy as np", "may not import numpy"),
        ("dlviz/figures/curves.py", "from dlviz.training.run import Run", "may not import dlviz.training"),
        ("dlviz/figures/curves.py", "def f():\n    import torch", "may not import torch"),
        ("dlviz/ui/bench.py", "from torch import nn", "may not import torch"),
        ("dlviz/words/en.py", "import numpy", "may not import numpy"),
        ("dlviz/models/__init__.py", "import torch", "may not import torch"),
        ("dlviz/probes/maps.py", "from . import saliency", "relatively"),
        ("dlviz/probes/maps.py", "from dlviz.recording import *", "a star"),
        ("dlviz/probes/maps.py", "from dlviz import codec", "may not import dlviz.codec"),
        ("dlviz/probes/maps.py", "import dlviz.no_such_place.at_all", "does not exist"),
        ("pages/cnn.py", "import torch", "may not import torch"),
        ("dlviz/somewhere/new.py", "", "in no room"),
        ("dlviz/concepts/cnn/helpers.py", "", "in no room"),
    ],
)
def test_a_planted_fault_is_found(path: str, line: str, fault: str) -> None:
    found = faults(path, ast.parse(line))
    assert len(found) >= 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (
            "dlviz/figures/curves.py",
            "import json\nimport plotly.graph_objects as go\nfrom dlviz.recording import Moment",
        ),
        ("dlviz/codec.py", "from dlviz.spec import Knobs"),
        ("dlviz/figures/curves.py", "from dlviz.figures import theme"),
    ],
)
def test_a_good_file_has_no_fault(path: str, line: str) -> None:
    assert faults(path, ast.parse(line)) == []


def test_one_concept_may_not_import_another(monkeypatch: pytest.MonkeyPatch) -> None:
    line = ast.parse("from dlviz.concepts.rnn import figures")
    monkeypatch.setattr("tests.house.rooms.file_of", lambda module: module.replace(".", "/") + ".py")
    assert any("another concept" in fault for fault in faults("pages/cnn.py", line))
    assert not any("another concept" in fault for fault in faults("pages/rnn.py", line))


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("dlviz/data/digits.py", "data"),
        ("dlviz/data/tables/make_mnist_5k.py", "tables"),
        ("dlviz/data/__init__.py", "doors"),
        ("dlviz/concepts/cnn/compute.py", "concept compute"),
        ("dlviz/__main__.py", "main"),
        ("elsewhere.py", None),
    ],
)
def test_a_file_is_in_the_most_particular_room(path: str, room: str | None) -> None:
    assert room_of(path) == room


def reached_at_start(path: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (file, library) for everything that importing the file at `path` imports, near and far."""
    seen.add(path)
    for module, _, at_start in imports(tree(path)):
        target = file_of(module)
        if at_start and target and target not in seen:
            yield from reached_at_start(target, seen)
        elif at_start:
            yield path, module.partition(".")[0]


@pytest.mark.parametrize("path", [path for path in SERVED if (ROOT / path).exists()])
def test_what_streamlit_serves_never_reaches_torch(path: str) -> None:
    reached = [
        (file, library) for file, library in reached_at_start(path, set()) if library in ("torch", "torchvision")
    ]
    assert reached == []


def test_reaching_torch_would_be_seen() -> None:
    makers = [path for path in product_files() if path.startswith(("dlviz/models/", "dlviz/training/"))]
    reached = {library for path in makers for _, library in reached_at_start(path, set())}
    assert "torch" in reached
