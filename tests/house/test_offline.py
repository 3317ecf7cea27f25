"""The product works with the network cable out: nothing in it fetches from outside."""

import ast
import re

import pytest

from tests.house.source import ROOT, imports, product_files, tree, without_comments

NETWORK_MODULES = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "websockets"}
# Files that may reach out, and why.
ALLOWED = {
    "dlviz/visitors.py": "visits a running app, only when a developer measures it",
    "dlviz/data/digits.py": "fetches all 60,000 digits, only when the user asks for that",
}

# Names of XML vocabularies look like addresses, but nobody fetches them.
OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[\w-]+(?:\.[\w-]+)+""")
FETCHED_BY_PROSE = re.compile(r"""!\[[^\]]*\]\((?:https?:)?//|\bsrc=["']?(?:https?:)?//|@import""")
ASSETS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("dlviz/components/**/*"), *ROOT.glob("dlviz/**/*.css"), *ROOT.glob("dlviz/**/*.js")]
    if path.suffix in (".js", ".mjs", ".css", ".html", ".svg")
)
PROSE = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("dlviz/words/**/*.md"))


def outside(text: str) -> list[str]:
    """Return the addresses of other hosts in a script or a style sheet, comments left out."""
    return OUTSIDE.findall(without_comments(text))


@pytest.mark.parametrize("path", sorted(set(ASSETS)))
def test_components_fetch_nothing_from_outside(path: str) -> None:
    assert outside((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PROSE)
def test_prose_shows_nothing_from_outside(path: str) -> None:
    assert FETCHED_BY_PROSE.findall((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", product_files())
def test_code_opens_no_connection(path: str) -> None:
    modules = {module for module, _, _ in imports(tree(path))} & NETWORK_MODULES
    assert path in ALLOWED or modules == set()


def test_settings_fetch_nothing_from_outside() -> None:
    lines = (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if OUTSIDE.search(line.partition("#")[0])] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('fetch("https://cdn.example.org/plot.js")', 1),
        ("@import url(//fonts.example.com/a.css);", 1),
        ('import x from "https://esm.example.sh/x"', 1),
        ("// see https://example.org/paper", 0),
        ("let a = 1; // see https://example.org/paper", 0),
        ("/* https://example.org */ let a = 1", 0),
        ('document.createElementNS("http://www.w3.org/2000/svg", "g")', 0),
        ('new URL("../plotly/plotly.min.js", import.meta.url)', 0),
    ],
)
def test_a_planted_address_is_found(text: str, count: int) -> None:
    assert len(outside(text)) == count


def test_a_planted_connection_is_found() -> None:
    code = ast.parse("def f():\n    from urllib.request import urlopen")
    assert {module for module, _, _ in imports(code)} & NETWORK_MODULES
