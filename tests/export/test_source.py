"""Source is cut as it stands in the file."""

import ast

import pytest

from dlviz.export.source import body, cut, merged_imports, outside_imports


def test_what_is_cut_is_the_text_of_the_file() -> None:
    text = cut("data/split.py", "stratified_order")
    assert text.startswith("def stratified_order(labels, seed):\n")
    assert ast.parse(text).body[0].name == "stratified_order"


def test_several_names_come_in_the_order_asked_for() -> None:
    names = [node.name for node in ast.parse(cut("data/plane.py", "scatter", "circle")).body]
    assert names == ["scatter", "circle"]


def test_constants_and_decorators_come_along() -> None:
    assert cut("data/plane.py", "EXTENT").startswith("EXTENT = 6.0")
    assert cut("export/source.py", "cut").startswith("@cache\ndef cut(")


def test_a_body_has_no_docstring_and_no_imports() -> None:
    tree = ast.parse(body("data/plane.py"))
    assert not ast.get_docstring(tree)
    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)][-1] == "survey"
    assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_imports_of_other_peoples_work_are_named() -> None:
    assert outside_imports("data/plane.py") == ("import numpy as np",)
    assert "from functools import cache" in outside_imports("export/source.py")


def test_imports_from_one_module_share_a_line() -> None:
    lines = [
        "from torch import nn",
        "import torch",
        "from json import dumps",
        "from torch import Tensor",
        "import math",
    ]
    assert merged_imports(lines) == [
        "import math",
        "import torch",
        "from json import dumps",
        "from torch import Tensor, nn",
    ]


def test_a_name_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match=r"data/split.py defines no nothing; it defines stratified_order, cut"):
        cut("data/split.py", "nothing")
