"""A visitor sorts and narrows the models, asks for one seed more, and opens one on its own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
ZOO = ".st-key-model_zoo-zoo"
PLACES = """async () => {
  const { placeOf } = await import('/_stcore/bidi-components/dlviz.zoo/scatter.js');
  const marks = [[300, 100], [330, 104], [310, 110], [440, 100]];
  const taken = marks.map(([x, y]) => ({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 }));
  const area = { left: 40, right: 460, top: 0, bottom: 200, size: 14 };
  for (const [x, y] of marks) taken.push(placeOf(90, x, y, taken, area));
  return taken.slice(marks.length);
}"""
ORDER = """async () => {
  const { inOrder } = await import('/_stcore/bidi-components/dlviz.zoo/order.js');
  const row = (name, seconds, mean) => ({ name, task: "cars", seconds, score: mean === null ? null : { mean } });
  const rows = [row("a", null, null), row("b", 3, -0.2), row("c", 1, 0.9), row("d", null, null), row("e", 2, 0.5)];
  const named = (sort, falling) => inOrder(rows, { task: "all", sort, falling }).map((one) => one.name).join("");
  const both = ["seconds", "score"].flatMap((one) => [named(one, false), named(one, true)]);
  return [named("model", true), ...both];
}"""
WINES = {"task": "wines", "seeds": "1"}  # one small model, so that little is computed


def names(page: Page) -> list[str]:
    """Return the models in the order in which they stand."""
    return page.locator(f"{ZOO} .body .row").evaluate_all("rows => rows.map((row) => row.dataset.name)")


def wait_for_link(page: Page, name: str, pattern: str) -> None:
    """Wait until the address says so (a regular expression)."""
    page.wait_for_url(lambda url: re.fullmatch(pattern, dict(parse_qsl(urlsplit(url).query)).get(name, "")))


def test_a_model_is_trained_and_trained_once_more(visit: Visit) -> None:
    page = visit("model_zoo", link=WINES)
    row = page.locator(f"{ZOO} .row[data-name=softmax_wines]")
    expect(row.locator(".cell.score b")).to_have_text(re.compile(r"^\d+\.\d.% ?$"), timeout=90_000)
    expect(row.locator(".cell.parameters b")).to_have_text("42")
    row.locator("button.more").click()
    wait_for_link(page, "extra", "softmax_wines")
    expect(row.locator(".state")).to_have_text("2 seeds", timeout=90_000)
    expect(row.locator(".cell.score b")).to_contain_text("±")


def test_models_are_sorted_and_narrowed(visit: Visit) -> None:
    page = visit("model_zoo", link=WINES)
    expect(page.locator(f"{ZOO} .body .row")).to_have_count(1)
    page.locator(f"{ZOO} .chip", has_text="Digits").first.click()
    wait_for_link(page, "task", "digits")
    expect(page.locator(f"{ZOO} .body .row")).to_have_count(5)
    page.locator(f"{ZOO} .heads .parameters button").click()
    wait_for_link(page, "sort", "parameters")
    assert names(page)[0] == "softmax_digits"
    page.locator(f"{ZOO} .heads .parameters button").click()
    wait_for_link(page, "falling", "1")
    assert names(page)[0] == "cnn_digits"
    expect(page.locator(f"{ZOO} .heads .parameters")).to_have_attribute("aria-sort", "descending")


def test_a_model_of_which_nothing_is_measured_yet_stands_last_whichever_way_is_sorted(visit: Visit) -> None:
    assert visit("home").evaluate(ORDER) == ["edcba", "cebad", "becad", "becad", "cebad"]


def test_a_row_says_its_sizes_and_sets_its_formula(visit: Visit) -> None:
    page = visit("model_zoo", link={"task": "cars", "seeds": "1"})
    row = page.locator(f"{ZOO} .row[data-name=squares_cars]")
    expect(row.locator(".sizes")).to_have_text("7 →\u00a014 →\u00a01")
    expect(row.locator(".formula sup")).to_have_text(["T", "2"])
    assert not re.search(r"[_^{}]", row.locator(".formula").inner_text())


def test_names_in_a_chart_never_cover_one_another(visit: Visit) -> None:
    boxes = visit("home").evaluate(PLACES)
    for place, one in enumerate(boxes):
        assert 40 <= one["left"] < one["right"] <= 460
        for other in boxes[place + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


def test_it_fits_a_phone_in_chinese(visit: Visit) -> None:
    page = visit("model_zoo", link=WINES, width=360, locale="zh-CN", theme="dark")
    expect(page.locator(f"{ZOO} .body .row")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_model_opens_on_its_own_page(visit: Visit) -> None:
    page = visit("model_zoo", link={"task": "digits", "seeds": "1"})
    page.locator(f"{ZOO} .row[data-name=cnn_deep_digits] a.name").click()
    page.wait_for_url(re.compile(r"/cnn\?"))
    expect(page.locator(".st-key-bench")).to_be_visible()
    wait_for_link(page, "blocks", "16k3p1m2,32k3p1m2")
