"""Logistic regression in a real browser: measures are scikit-learn's; a threshold, a row and a point can be had."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from scipy.special import expit, softmax
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    multilabel_confusion_matrix,
    precision_recall_fscore_support,
    recall_score,
    roc_auc_score,
    roc_curve,
)

from dlviz.concepts.logistic_regression.spec import CANCER, usual
from dlviz.data.load import load
from dlviz.rows import count_rows
from dlviz.training.run import Run

FOLDER = "/_stcore/bidi-components"
MEASURES = f"""async ([sums, labels, threshold]) => {{
  const m = await import('{FOLDER}/dlviz.judge/measures.js');
  const all = m.sweep(sums, labels);
  return {{
    roc: m.roc(all), pr: m.precisionRecall(all), counts: m.counts(sums, labels, threshold),
    reliability: m.reliability(sums, labels),
  }};
}}"""
CLASSES = f"""async ([sums, labels]) => {{
  const m = await import('{FOLDER}/dlviz.judge/measures.js');
  const flat = Float64Array.from(sums.flat());
  const each = m.eachClass(flat, labels, 3);
  return {{ each, macro: m.macro(each), against: [0, 1, 2].map((one) => [...m.against(flat, 3, one)]) }};
}}"""
LINES = f"""async () => {{
  const {{ contour }} = await import('{FOLDER}/dlviz.sigmoid/contours.js');
  const side = 81;
  const grid = (f) => Float64Array.from({{ length: side * side }}, (_, i) => f(i % side, Math.floor(i / side)));
  const at = (f) => contour(grid(f), side, 0);
  return [at((x, y) => x + 0.7137 * y - 60.2913), at((x, y) => (x - 40) ** 2 + (y - 40) ** 2 - 400.123)];
}}"""
SLUG = "logistic_regression"
SHORT = CANCER.model_copy(update={"epochs": 10})
LINK = {"data": "breast-cancer", "l2": "0.01", "epochs": "10"}
PICTURE, JUDGE = f".st-key-{SLUG}-picture", f".st-key-{SLUG}-judge"


@pytest.fixture(scope="module")
def judged() -> tuple[np.ndarray, np.ndarray]:
    """Return the sums and the truth of the validation rows at the end of the run."""
    run = Run(SHORT)
    for _ in run.work():
        pass
    return run.moment()["validation_scores"][:, 0], load(SHORT.data, 0).validation.labels


def opened(visit: Callable[..., Page], link: dict[str, str], **look: object) -> Page:
    """Return the page with its run at the end."""
    page = visit(SLUG, link, **look)
    expect(page.locator(f".st-key-{SLUG} .state")).to_contain_text(re.compile("finished|已完成"))
    expect(page.locator(f"{JUDGE} td b").first).not_to_have_text("–")
    expect(page.locator(f"{PICTURE} .sigmoid")).not_to_have_attribute("data-rows", "0")
    return page


def at_the_end(page: Page) -> None:
    """Show the newest moment."""
    page.evaluate(f"async () => (await import('{FOLDER}/dlviz.player/player.js')).player('{SLUG}').live()")


def said_by(page: Page) -> dict[str, str]:
    """Return what the address says."""
    return dict(parse_qsl(urlsplit(page.url).query))


def cells(page: Page) -> list[int]:
    """Return the counts of the table: TN, FP, FN, TP."""
    return [int(text) for text in page.locator(f"{JUDGE} td b").all_inner_texts()]


@pytest.mark.parametrize("seed", range(4))
def test_measures_are_those_of_scikit_learn(visit: Callable[..., Page], seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, 150)
    sums = np.round(random.normal(0, 2, 150) + truth, 1 if seed % 2 else 6)  # some are equal
    shares = 1 / (1 + np.exp(-sums))
    found = visit("home").evaluate(MEASURES, [sums.tolist(), truth.tolist(), 0.3])
    assert found["roc"]["area"] == pytest.approx(roc_auc_score(truth, sums), abs=1e-12)
    assert found["pr"]["area"] == pytest.approx(average_precision_score(truth, sums), abs=1e-12)
    false_alarms, recall, _ = roc_curve(truth, sums, drop_intermediate=False)
    assert [[one["x"], one["y"]] for one in found["roc"]["points"]] == pytest.approx(
        np.stack([false_alarms, recall], axis=1)
    )
    (tn, fp), (fn, tp) = confusion_matrix(truth, shares > 0.3)
    assert found["counts"] == {"tp": tp, "fp": fp, "tn": tn, "fn": fn}
    rows = [row for row in found["reliability"]["rows"] if row["count"]]
    came_true, said = calibration_curve(truth, shares, n_bins=10)
    assert [[row["x"], row["y"]] for row in rows] == pytest.approx(np.stack([said, came_true], axis=1))
    assert sum(row["count"] for row in rows) == 150


def test_of_three_classes_each_is_judged_as_scikit_learn_does(visit: Callable[..., Page]) -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 3, 120)
    sums = random.normal(0, 2, (120, 3)) + np.eye(3)[truth]
    found = visit("home").evaluate(CLASSES, [sums.tolist(), truth.tolist()])
    for one, (count, z) in enumerate(zip(found["each"], found["against"], strict=True)):
        (tn, fp), (fn, tp) = multilabel_confusion_matrix(truth, sums.argmax(axis=1))[one]
        assert count == {"tp": tp, "fp": fp, "tn": tn, "fn": fn}
        np.testing.assert_allclose(expit(z), softmax(sums, axis=1)[:, one], rtol=1e-12)
    names = ("precision", "recall", "f1")
    wanted = precision_recall_fscore_support(truth, sums.argmax(axis=1), average="macro")[:3]
    assert found["macro"] == pytest.approx(dict(zip(names, wanted, strict=True)), abs=1e-12)


def test_a_class_that_is_never_the_answer_counts_as_zero_in_the_mean(visit: Callable[..., Page]) -> None:
    truth, sums = [0, 1, 2, 1], [[3, 1, 0], [0, 2, 1], [2, 1, 0], [0, 4, 1]]
    found = visit("home").evaluate(CLASSES, [sums, truth])["macro"]
    wanted = precision_recall_fscore_support(truth, np.argmax(sums, axis=1), average="macro", zero_division=0)[:3]
    assert [found[name] for name in ("precision", "recall", "f1")] == pytest.approx(wanted, abs=1e-12)


def test_a_row_for_each_class_is_clicked_and_judged_against_the_rest(visit: Callable[..., Page]) -> None:
    spec = usual("wine").model_copy(update={"epochs": 2})
    run = Run(spec)
    for _ in run.work():
        pass
    truth, shares = load(spec.data, 0).validation.labels, softmax(run.moment()["validation_scores"], axis=1)
    page = opened(visit, {"data": "wine", "l2": "0.01", "epochs": "2"})
    at_the_end(page)
    recall = recall_score(truth, shares.argmax(axis=1), average=None)
    for one in range(3):
        row = page.locator(f"{JUDGE} .ranks tbody tr").nth(one)
        row.locator("button").click()
        expect(row.locator("td").nth(1)).to_contain_text(f"{100 * recall[one]:.1f}")
        area = f"{roc_auc_score(truth == one, shares[:, one]):.3f}"
        expect(row.locator("td").last).to_have_text(area)
        expect(page.locator(f"{JUDGE} figcaption span").first).to_have_text(f"area {area}")
        wanted = confusion_matrix(truth == one, shares[:, one] > 0.5).ravel().tolist()
        expect(page.locator(f"{JUDGE} td b")).to_have_text([str(count) for count in wanted])
    page.wait_for_url(re.compile("against=2"))
    means = page.locator(f"{JUDGE} .ranks tfoot td")
    scores = precision_recall_fscore_support(truth, shares.argmax(axis=1), average="macro")[:3]
    area = roc_auc_score(truth, shares, multi_class="ovr", average="macro")
    for cell, wanted in zip(means.all(), [*(f"{100 * one:.1f}" for one in scores), f"{area:.3f}"], strict=True):
        expect(cell).to_contain_text(wanted)
    said = page.locator(f"{JUDGE} .ranks + .below")  # in words, and in sight: a phone has nothing to point with
    expect(said).to_be_visible()
    expect(said).to_contain_text("plain mean of the rows above")


def test_lines_run_where_the_numbers_say_in_one_piece(visit: Callable[..., Page]) -> None:
    straight, ring = visit("home").evaluate(LINES)
    assert (len(straight), len(ring)) == (1, 1)
    x, y = np.array(straight[0]).T
    np.testing.assert_allclose(x + 0.7137 * y, 60.2913, atol=1e-9)
    assert np.ptp(y) == pytest.approx(80)
    x, y = np.array(ring[0]).T
    np.testing.assert_allclose(np.hypot(x - 40, y - 40), 400.123**0.5, atol=0.02)


def test_the_page_shows_the_areas_and_counts_of_its_run(
    visit: Callable[..., Page], judged: tuple[np.ndarray, np.ndarray]
) -> None:
    sums, truth = judged
    page = opened(visit, LINK)
    at_the_end(page)
    areas = page.locator(f"{JUDGE} figcaption span")
    expect(areas.first).to_have_text(f"area {roc_auc_score(truth, sums):.3f}")
    assert float(areas.nth(0).get_attribute("data-value")) == pytest.approx(roc_auc_score(truth, sums), abs=1e-9)
    assert float(areas.nth(1).get_attribute("data-value")) == pytest.approx(
        average_precision_score(truth, sums), abs=1e-9
    )
    assert cells(page) == confusion_matrix(truth, sums > 0).ravel().tolist()


def test_the_threshold_changes_answers_at_once_and_goes_into_the_link(
    visit: Callable[..., Page], judged: tuple[np.ndarray, np.ndarray]
) -> None:
    sums, truth = judged
    page = opened(visit, LINK)
    at_the_end(page)
    slider: Locator = page.locator(f"{JUDGE} input")
    slider.fill("0.1")
    wanted = confusion_matrix(truth, sums > np.log(0.1 / 0.9)).ravel().tolist()
    expect(page.locator(f"{JUDGE} td b")).to_have_text([str(count) for count in wanted])
    page.wait_for_url(re.compile("threshold=0.1"))
    page.locator(f"{JUDGE} .parts button", has_text="training").click()
    expect(page.locator(f"{JUDGE} .note")).to_contain_text(str(len(load(SHORT.data, 0).train)))
    page.wait_for_url(re.compile("part=train"))
    assert said_by(page) == {**LINK, "threshold": "0.1", "part": "train"}


def test_a_row_that_is_pointed_at_is_read_out_with_what_each_column_adds(visit: Callable[..., Page]) -> None:
    page = opened(visit, LINK)
    at_the_end(page)
    curve = page.locator(f"{PICTURE} .picture").nth(1)
    curve.focus()
    page.keyboard.press("ArrowRight")
    said = page.locator(f"{PICTURE} .said")
    expect(said).to_contain_text(re.compile(r"Row \d+, (training|validation): z = −\d"))
    expect(said).to_contain_text("the answer is benign")
    before = said.inner_text()
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(before)


def test_a_click_on_the_plane_adds_a_point_of_the_chosen_class(visit: Callable[..., Page]) -> None:
    page = opened(visit, {"data": "points", "validation_share": "0", "part": "train", "epochs": "5"})
    before = count_rows(said_by(page).get("rows", ""), "class")
    page.locator(f"{PICTURE} .tools button", has_text="blue").click()
    box = page.locator(f"{PICTURE} .picture canvas").first.bounding_box()
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    page.wait_for_url(re.compile("rows="))
    rows = said_by(page)["rows"]
    assert count_rows(rows, "class") == max(before, 12) + 1
    assert rows[-1] == "1"


def test_a_run_that_diverges_is_said_and_nothing_breaks(visit: Callable[..., Page]) -> None:
    wild = {"optimizer": "momentum", "momentum": "0.999", "learning_rate": "10.0", "l2": "10.0", "epochs": "300"}
    page = visit(SLUG, wild)
    expect(page.locator(f".st-key-{SLUG} .state")).to_contain_text("diverged")
    at_the_end(page)
    expect(page.locator(f"{JUDGE} .note")).to_contain_text("no numbers")
    expect(page.locator(f"{JUDGE} td b").first).to_have_text("–")


def test_it_fits_a_phone(visit: Callable[..., Page]) -> None:
    page = opened(visit, LINK, width=360, height=800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(f"{JUDGE} dd.how").first).to_be_visible()  # nothing can be pointed at to ask for it
    assert page.locator(f"{PICTURE} .picture").first.bounding_box()["width"] <= 360
