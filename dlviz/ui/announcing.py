"""A page's answer announces what will draw it, and where its server is, so that the browser asks for both at once.

Otherwise it learns of a component only when the page's script has put it there, of what that imports only when it has
read it, and of each of Streamlit's own kinds of widget when the first of its kind is to be drawn: a wait each time.
And it would look for its server in the page's own folder first. Announced are the scripts of the components and
widgets that a page shows as it opens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from pathlib import Path

import streamlit
from streamlit import config

import dlviz.components

FOLDER = Path(dlviz.components.__file__).parent
ROUTE = "./_stcore/bidi-components"  # seen from any page, all of which lie side by side
STATIC = Path(streamlit.__file__).parent / "static"
SCRIPTS = "static/js"  # in there, and as the browser asks for it
PAGES = {
    "": ("chrome", "plane", "bench"),
    "home": ("chrome", "plane", "bench"),
    "playground": ("chrome", "network", "bench", "curves"),
    "activations": ("chrome", "functions", "gallery"),
    "forward_loss": ("chrome", "anatomy", "ledger", "losses"),
    "backprop": ("chrome", "graph"),
    "gradient_descent": ("chrome", "descent"),
    "model_zoo": ("chrome", "zoo"),
    "linear_regression": ("chrome", "fit", "bowl", "bench", "curves"),
    "logistic_regression": ("chrome", "sigmoid", "bench", "curves", "judge"),
    "mlp": ("chrome", "units", "bench", "curves"),
    "cnn": ("chrome", "answer", "bench", "curves", "heat", "paper"),
    "rnn": ("chrome", "unrolled", "bench", "curves"),
}
"""The components on each page as it opens, by its slug."""

EVERYWHERE = ("BidiComponent", "PageLink", "ButtonGroup", "Html")
WIDGETS = {
    "playground": ("Selectbox", "Slider", "NumberInput", "Button"),
    "activations": ("TextInput",),
    "forward_loss": ("Selectbox", "Checkbox", "NumberInput", "Button"),
    "backprop": ("TextArea", "Slider", "Selectbox", "Checkbox", "Button"),
    "gradient_descent": ("Selectbox", "Slider", "Multiselect", "Button"),
    "linear_regression": ("Selectbox", "Slider", "Button"),
    "logistic_regression": ("Selectbox", "Slider", "Button"),
    "mlp": ("Selectbox", "Slider", "Button"),
    "cnn": ("Selectbox", "Slider", "Button"),
    "rnn": ("Slider", "Button"),
}
"""Streamlit's kinds of elements on every page, and on each as it opens, as its scripts are called."""

LOOK = "player/look.css"  # of all components
IMPORT = re.compile(r"""(?:^|\n)\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["']""")
CHUNK = re.compile(r"""(?:from|import)\s*"\./([^"]+\.js)\"""")
ENTRY = re.compile(r"""(?:src|href)="\./static/js/([^"]+\.js)\"""")

Asgi = Callable[[dict, Callable, Callable], Awaitable[None]]


@cache
def scripts(slug: str) -> tuple[str, ...]:
    """Return our scripts that a page needs as it opens, as component/file, what they import included."""
    return _with_imports((f"{name}/{name}.js" for name in PAGES.get(slug, ())), imports)


@cache
def chunks(slug: str) -> tuple[str, ...]:
    """Return the scripts of Streamlit's own that a page needs as it opens and that Streamlit's page does not name."""
    named = set(ENTRY.findall(_page()))  # with all that they import
    kinds = (*EVERYWHERE, *WIDGETS.get(slug, ()))
    found = (file.name for kind in kinds for file in (STATIC / SCRIPTS).glob(f"{kind}.*.js"))
    return tuple(one for one in _with_imports(found, _chunk_imports) if one not in named)


def _with_imports(wanted: Iterable[str], imports: Callable[[str], list[str]]) -> tuple[str, ...]:
    """Return the scripts and all that they import, each once."""
    found: dict[str, None] = {}
    left = list(wanted)
    while left:
        one = left.pop(0)
        if one not in found:
            found[one] = None
            left += imports(one)
    return tuple(found)


def imports(script: str) -> list[str]:
    """Return the scripts that a script of ours imports, each as component/file."""
    text = (FOLDER / script).read_text(encoding="utf-8")
    return [_resolved(script, path) for path in IMPORT.findall(text)]


@cache
def _chunk_imports(chunk: str) -> list[str]:
    """Return the scripts that one of Streamlit's needs before it can run."""
    return CHUNK.findall((STATIC / SCRIPTS / chunk).read_text(encoding="utf-8"))


def _page() -> str:
    return (STATIC / "index.html").read_text(encoding="utf-8")


def _resolved(script: str, path: str) -> str:
    """Return the script that is meant by a path in another one; the browser has dlviz.x for the folder x."""
    whole = (FOLDER / script).parent.joinpath(path.replace("../dlviz.", "../"))
    return whole.resolve().relative_to(FOLDER.resolve()).as_posix()


@cache
def announced(slug: str) -> bytes:
    """Return what is said in the head of a page, empty where it is none of ours."""
    if slug not in PAGES:
        return b""
    ours = [f"{ROUTE}/dlviz.{one}" for one in scripts(slug)]
    theirs = [f"./{SCRIPTS}/{one}" for one in chunks(slug)]
    links = "".join(f'<link rel="modulepreload" href="{one}">' for one in (*theirs, *ours))
    styles = "".join(f'<link rel="preload" as="style" href="{ROUTE}/{one}">' for one in _styles(slug))
    return f"<script>{_server()}</script>{links}{styles}".encode()


def _styles(slug: str) -> list[str]:
    """Return the style sheets of a page's components, and the one that they all import, as the browser has them."""
    own = (f"{name}/{name}.css" for name in PAGES[slug])
    return [f"dlviz.{one}" for one in (LOOK, *own) if (FOLDER / one).exists()]


def _server() -> str:
    """Return the statement that lets Streamlit's page connect at once, to the folder in which all pages lie.

    What it would ask for first is what it is told here; a host that has said all this already is not contradicted.
    """
    host = {"allowedOrigins": list(config.get_option("client.allowedOrigins")), "useExternalAuthToken": False}
    text = json.dumps(host).replace("<", "\\u003c")
    return f'window.__streamlit ??= {{BACKEND_BASE_URL: new URL(".", location.href).href, HOST_CONFIG: {text}}}'


class Announcing:
    """Wraps the server: the answer with which a page opens says what will be needed."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Answer one request, with more in its head where it asks for a page."""
        more = b""
        if scope["type"] == "http" and scope["method"] == "GET":
            more = announced(scope["path"].rpartition("/")[2])
        if not more:
            await self.app(scope, receive, send)
            return
        await self.app({**scope, "headers": _whole(scope["headers"])}, receive, Answer(send, more))


def _whole(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request without those that let a page come packed, in part or not at all."""
    left = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"}
    return [(name, value) for name, value in headers if name.lower() not in left]


class Answer:
    """Sends one answer on; where it is a page, with more at the end of its head."""

    def __init__(self, send: Callable, more: bytes):
        self.send, self.more = send, more
        self.start: dict | None = None
        self.body = b""

    async def __call__(self, message: dict) -> None:
        """Send a message on, or keep it until the page is whole."""
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page()

    async def _send_page(self) -> None:
        body = self.body.replace(b"</head>", self.more + b"</head>", 1)
        headers = [(name, value) for name, value in self.start["headers"] if name.lower() != b"content-length"]
        await self.send({**self.start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})


def _is_page(message: dict) -> bool:
    """Return whether an answer begins a page that was found."""
    kinds = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
    return message["status"] == 200 and any(kind.startswith(b"text/html") for kind in kinds)
