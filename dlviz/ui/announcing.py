"""A page's answer announces the scripts that draw it, so that the browser fetches them beside Streamlit's own.

Otherwise it learns of a component only when the page's script has put it there, and of what that imports only when it
has read it: a third of a second, of which nothing need be waited for. Announced are the scripts of the components that
a page shows as it opens.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import dlviz.components

FOLDER = Path(dlviz.components.__file__).parent
ROUTE = "_stcore/bidi-components"  # seen from any page, all of which lie side by side
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

IMPORT = re.compile(r"""(?:^|\n)\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["']""")

Asgi = Callable[[dict, Callable, Callable], Awaitable[None]]


@cache
def scripts(slug: str) -> tuple[str, ...]:
    """Return the scripts that a page needs as it opens, as component/file, what they import included."""
    found: dict[str, None] = {}
    wanted = [f"{name}/{name}.js" for name in PAGES.get(slug, ())]
    while wanted:
        one = wanted.pop(0)
        if one not in found:
            found[one] = None
            wanted += imports(one)
    return tuple(found)


def imports(script: str) -> list[str]:
    """Return the scripts that a script imports, each as component/file."""
    text = (FOLDER / script).read_text(encoding="utf-8")
    return [_resolved(script, path) for path in IMPORT.findall(text)]


def _resolved(script: str, path: str) -> str:
    """Return the script that is meant by a path in another one; the browser has dlviz.x for the folder x."""
    whole = (FOLDER / script).parent.joinpath(path.replace("../dlviz.", "../"))
    return whole.resolve().relative_to(FOLDER.resolve()).as_posix()


@cache
def link(slug: str) -> bytes:
    """Return the header that announces a page's scripts, empty where it has none."""
    return ", ".join(f"<{ROUTE}/dlviz.{one}>; rel=modulepreload" for one in scripts(slug)).encode()


class Announcing:
    """Wraps the server: the answer with which a page opens says what will be needed."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Answer one request, with the header where it asks for a page."""
        announced = link(scope["path"].rpartition("/")[2]) if scope["type"] == "http" else b""

        async def send_on(message: dict) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message = {**message, "headers": [*message.get("headers", ()), (b"link", announced)]}
            await send(message)

        await self.app(scope, receive, send_on if announced else send)
