"""Our browser components: small pieces of page that draw at the screen's own rate.

Each is a folder under `dlviz/components/` that holds `<name>.js`, and, where it needs them,
`<name>.css` and `<name>.html` (what stands there until the script has come). They are served as
files, so that a message to the browser carries data and nothing else. Streamlit finds such files
only for installed packages with a manifest; we run from a checkout as well, so we hand it the
manifest ourselves, to every runtime that asks (a server has one, every AppTest another).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

import dlviz.components

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer, ComponentResult

FOLDER = Path(dlviz.components.__file__).parent
PROJECT = "dlviz"

_registering = Lock()


@cache
def names() -> tuple[str, ...]:
    """Return the names of our components: the folders that hold a script of their own name."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if (folder / f"{folder.name}.js").is_file()))


def register() -> None:
    """Tell the running Streamlit where our files are; does nothing where it knows."""
    manager = get_bidi_component_manager()
    with _registering:
        if manager.get_component_asset_root(f"{PROJECT}.player") is None:
            parts = [ComponentConfig(name, name) for name in names()]
            manager.register_from_manifest(ComponentManifest(PROJECT, "0", parts), package_root=FOLDER)


@cache
def _renderer(name: str) -> ComponentRenderer:
    folder = FOLDER / name
    style, before = folder / f"{name}.css", folder / f"{name}.html"
    return st.components.v2.component(
        f"{PROJECT}.{name}",
        js=f"{name}.js",
        css=style.name if style.is_file() else None,
        html=before.read_text(encoding="utf-8") if before.is_file() else None,
    )


def mount(
    name: str,
    *,
    key: str,
    data: bytes | Mapping[str, object] | None = None,
    default: Mapping[str, object] | None = None,
    on_change: Mapping[str, Callable[[], None]] | None = None,
    height: int | str = "content",
) -> ComponentResult:
    """Return the state of the component `name`, put on the page under `key`.

    `data` is one packed buffer (`dlviz.recording.pack`) or plain JSON values. `default` gives
    states a value before the browser has said one; `on_change` maps a state to what is called
    when it changes. `height` is "content", "stretch" or pixels.
    Raises: ValueError where there is no such component.
    """
    if name not in names():
        raise ValueError(f"component: there is no {name!r}; there are {', '.join(names())}")
    register()
    heard = dict.fromkeys(default or {}, _nothing) | dict(on_change or {})
    return _renderer(name)(
        key=key,
        # Streamlit looks for data frames among the values of a mapping, but not of a list, and for that it imports
        # pandas and pyarrow: half a second of the first page, and sixty megabytes. instances.js takes the list off.
        data=[dict(data)] if isinstance(data, Mapping) else data,
        default=dict(default) if default else None,
        height=height,
        **{f"on_{state}_change": call for state, call in heard.items()},
    )


def _nothing() -> None:
    """Streamlit keeps a default only for states that somebody listens to."""
