"""Scripts that a page announces are the ones that it needs as it opens, and no others: each is fetched once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dlviz.ui import announcing

FETCHED = """() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname)
    .filter((path) => path.includes("/dlviz.") && path.endsWith(".js")).map((path) => path.split("/dlviz.")[1])"""


@pytest.mark.parametrize("slug", ["", "playground", "gradient_descent"])
def test_each_announced_script_is_fetched_once(visit: Callable[..., Page], slug: str) -> None:
    page = visit(slug)
    page.wait_for_function(f"count => ({FETCHED})().length >= count", arg=len(announcing.scripts(slug)))
    page.wait_for_load_state("networkidle")
    fetched = Counter(page.evaluate(FETCHED))
    assert set(announcing.scripts(slug)) <= set(fetched)
    assert set(fetched.values()) == {1}


OWN = """() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname)
    .filter((path) => path.includes("/static/js/")).map((path) => path.split("/").at(-1))"""


def names(pattern: str) -> set[str]:
    """Return the names of Streamlit's scripts that are called so, and of all that they need."""
    found = [file.name for file in (announcing.STATIC / announcing.SCRIPTS).glob(pattern)]
    imports = {one for name in found for one in announcing.CHUNK.findall(script(name))}
    return {*found, *imports, *(one for name in imports for one in announcing.CHUNK.findall(script(name)))}


def script(name: str) -> str:
    """Return one of Streamlit's scripts."""
    return (announcing.STATIC / announcing.SCRIPTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", announcing.PAGES)
def test_streamlits_kinds_of_elements_that_are_announced_are_on_the_page_and_no_script_of_another_is_asked_for(
    visit: Callable[..., Page], slug: str
) -> None:
    page = visit(slug)
    page.locator("[role=tablist], .st-key-hero canvas").first.wait_for()
    for kind in (*announcing.EVERYWHERE, *announcing.WIDGETS.get(slug, ())):
        page.locator(f'[data-testid^="st{kind}" i]').first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    named = set(re.findall(r"static/js/([^\"]+)", (announcing.STATIC / "index.html").read_text(encoding="utf-8")))
    formulas = names("rehype-katex.*.js")  # asked for at the first formula, which stands below the figures
    assert set(page.evaluate(OWN)) - named - formulas - set(announcing.chunks(slug)) == set()


def test_a_page_looks_for_its_server_in_the_right_place_at_once(visit: Callable[..., Page]) -> None:
    page = visit("playground")
    page.locator(".st-key-network canvas").first.wait_for()
    asked = page.evaluate("() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
    assert [path for path in asked if path.startswith("/playground/")] == []
