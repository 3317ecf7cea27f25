"""Our components reach the page as files, in every runtime, and again after an upgrade of Streamlit."""

from __future__ import annotations

import inspect
import re

import numpy as np
import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.testing.v1 import AppTest

from dlviz.recording import unpack
from dlviz.ui import components

SCRIPTS = sorted(components.FOLDER.rglob("*.js"))
STYLES = sorted(components.FOLDER.rglob("*.css"))


def page() -> None:
    import numpy as np
    import streamlit as st

    from dlviz.recording import pack
    from dlviz.ui.components import mount

    buffer = pack({"player": "p", "sequence": 1}, {"x": np.arange(3.0)})
    said = mount("bench", key="bench", data=buffer, default={"bench": {"at": 7}})
    mount("curves", key="curves", data={"player": "p", "series": []}, height=300)
    st.text(f"at {said.bench['at']}")


def protos(test: AppTest) -> list:
    return [block.proto for block in test.get("bidi_component")]


def test_a_message_carries_data_and_names_files_but_holds_no_code() -> None:
    bench, curves = protos(AppTest.from_function(page).run())
    header, arrays = unpack(bench.bytes)
    assert header == {"player": "p", "sequence": 1}
    np.testing.assert_array_equal(arrays["x"], [0, 1, 2])
    assert curves.json == '[{"player": "p", "series": []}]'
    for proto, name in ((bench, "bench"), (curves, "curves")):
        assert proto.component_name == f"dlviz.{name}"
        assert (proto.js_source_path, proto.css_source_path) == (f"{name}.js", f"{name}.css")
        assert (proto.js_content, proto.css_content) == ("", "")
        assert "min-height" in proto.html_content  # its place is kept until the script has come


def test_a_second_run_and_a_second_runtime_find_the_files_again() -> None:
    for _ in range(2):
        test = AppTest.from_function(page).run()
        first = [proto.js_source_path for proto in protos(test)]
        assert [proto.js_source_path for proto in protos(test.run())] == first == ["bench.js", "curves.js"]
        assert not test.exception


def test_a_default_holds_until_the_browser_says_something() -> None:
    test = AppTest.from_function(page).run()
    assert test.text[0].value == "at 7"
    test.session_state["bench"] = {"bench": {"at": 9}}
    assert test.run().text[0].value == "at 9"


def test_every_folder_with_a_script_of_its_name_is_a_component() -> None:
    assert {"player", "bench", "curves", "matrix", "pictures", "filters"} <= set(components.names())
    assert "__pycache__" not in components.names()


def test_an_unknown_component_is_named_together_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no 'benhc'; there are .*bench"):
        components.mount("benhc", key="x")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_script_imports_is_there_and_exports_it(script) -> None:
    text = script.read_text(encoding="utf-8")
    for wanted, path in re.findall(r'(?:import|export) \{([^}]+)\} from "([^"]+)"', text):
        target = (script.parent / path.replace("../dlviz.", "../")).resolve()
        assert target.is_file(), path
        source = target.read_text(encoding="utf-8")
        for name in (part.split(" as ")[0].strip() for part in wanted.split(",")):
            if name:
                exported = rf"export (?:const|function|class|async function) {name}\b|export \{{[^}}]*\b{name}\b"
                assert re.search(exported, source), f"{path} does not export {name}"


@pytest.mark.parametrize("style", STYLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_style_imports_is_there(style) -> None:
    for path in re.findall(r'@import url\("([^"]+)"\)', style.read_text(encoding="utf-8")):
        assert (style.parent / path.replace("../dlviz.", "../")).resolve().is_file(), path


def test_streamlit_still_takes_a_manifest_from_us() -> None:
    """The way we register is half private: here an upgrade that changes it is noticed first."""
    assert list(inspect.signature(BidiComponentManager.register_from_manifest).parameters) == [
        "self",
        "manifest",
        "package_root",
    ]
    manager = BidiComponentManager()
    assert manager.get_component_asset_root("dlviz.bench") is None
    manager.register_from_manifest(
        ComponentManifest("dlviz", "0", [ComponentConfig("bench", "bench")]), package_root=components.FOLDER
    )
    assert manager.get_component_asset_root("dlviz.bench") == (components.FOLDER / "bench").resolve()
