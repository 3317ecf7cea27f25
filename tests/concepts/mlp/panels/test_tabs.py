"""Behind the page: the code that was just run, in each part."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import tabs
from dlviz.concepts.mlp.spec import PARTS, RUNS
from tests.lab import opened, said

Open = Callable[..., AppTest]
SHAPES = {"function": "nn.Linear(1, 8)", "digits": "nn.Linear(784, 8)", "table": "nn.Linear(7, 8)"}


@pytest.mark.parametrize("part", PARTS)
def test_the_code_is_that_of_the_run_on_the_stage(open_page: Open, part: str) -> None:
    app = opened(open_page("mlp", link={"data": RUNS[part].data.data, "hidden": "8"}), "code", "mlp")
    assert SHAPES[part] in app.code[0].value
    assert [one in said(app) for one in ("since the moment recorded before", "measured on all training examples")] == [
        part == "digits",
        part != "digits",
    ]
    assert not app.exception


@pytest.mark.parametrize("data", ["wave", "mnist-5k", "auto-mpg", "diabetes"])
def test_a_file_that_the_script_reads_is_offered_beside_it(open_page: Open, data: str) -> None:
    app = opened(open_page("mlp", link={"data": data, "hidden": "8"}), "code", "mlp")
    offered = [one.proto.label for one in app.get("download_button")]
    read = [file for file in tabs.FILES.values() if f'"{file}"' in app.code[0].value]
    assert offered[1:] == [f"Download {file}" for file in read]
    assert bool(read) == (data in ("mnist-5k", "auto-mpg"))
