"""Scripts that a page announces are the ones that it imports: the browser fetches each of them once."""

from __future__ import annotations

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
