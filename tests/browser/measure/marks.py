"""When something was on the screen first: the page itself notes the time, in the frame in which it is painted.

A mark is a JavaScript condition. Times are milliseconds since the browser was sent to the address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from playwright.sync_api import Browser, Page

from dlviz.words import catalogue
from tests.browser.digit_lab import LOOK

SETTLING = 500  # milliseconds that a browser just started is left alone

_NOTE = """(() => {
if (window !== window.top) return;
%(look)s
const isSeen = (node) => {
  if (!node || getComputedStyle(node).visibility !== "visible") return false;
  const { width, height } = node.getBoundingClientRect();
  return width > 0 && height > 0;
};
const all = (selector) => [...document.querySelectorAll(selector)];
const isQuiet = () => Boolean(document.querySelector(
  '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'));
const left = new Map(Object.entries({ %(conditions)s }));
window.marks = {};
const note = () => {
  for (const [name, holds] of left) {
    if (!holds()) continue;
    window.marks[name] = performance.now();
    left.delete(name);
  }
  if (left.size) requestAnimationFrame(note);
};
requestAnimationFrame(note);
})()"""

TITLE = "all('h1').some((node) => isSeen(node) && node.textContent.trim())"
LINE = "all('.js-plotly-plot .scatterlayer path.js-line').some((node) => isSeen(node) && node.getAttribute('d'))"
CANVAS = "under('drawing', 'canvas').some((node) => node.width >= 280 && isSeen(node))"
DIGIT = "all('.st-key-answer').some((node) => isSeen(node) && /^\\s*\\d\\s*$/.test(node.textContent))"
"""A network's answer stands there, large."""

CURVES = """['cnn-loss', 'cnn-accuracy'].every((key) => under(key, 'canvas').some(isSeen)
  && under(key, 'td').some((node) => /\\d/.test(node.textContent)))"""
"""Both charts hold a run: the numbers under them are written after the lines are drawn, in one go."""

_CAPTION = "under('home-plane', 'p.caption').some((node) => isSeen(node) && %s)"
PLANE = _CAPTION % "node.textContent" + " && under('home-plane', 'canvas').some(isSeen)"
"""The network stands there, with or without what it has learnt."""

LEARNING = _CAPTION % f"node.textContent === {json.dumps(catalogue.text('home.plane.output', 'en'))}"
"""A recorded moment of the network is drawn: the caption of the large map is written after the map."""

PLAYS = "under('home', 'button.play').some((node) => isSeen(node) && !node.disabled)"
MENU = "all('.st-key-menu a').filter(isSeen).length > 1"
NAVIGATION = "all('[data-testid=stSidebarNavLink]').filter(isSeen).length > 1"

BARE = {"useful": LINE}
HOME = {"title": TITLE, "useful": f"{TITLE} && {LEARNING}"}
CNN = {
    "title": TITLE,
    "canvas": CANVAS,
    "digit": DIGIT,
    "curves": CURVES,
    "useful": " && ".join((TITLE, CANVAS, DIGIT, CURVES)),
}
_MEASURED = "under('network', '.output dd').some((node) => isSeen(node) && /\\d/.test(node.textContent))"
"""The network is drawn from a recorded moment: its losses are written after its maps are painted."""

PLAYGROUND = {"title": TITLE, "useful": f"{TITLE} && {_MEASURED}"}


def _reads(key: str, wanted: str) -> str:
    """Return the condition that under the key a piece of what the component draws is seen, with a number in it."""
    return f"under('{key}', '{wanted}').some((node) => isSeen(node) && /\\d/.test(node.textContent))"


def _seen(key: str) -> str:
    """Return the condition that under the key a canvas is seen."""
    return f"under('{key}', 'canvas').some(isSeen)"


PAGES = {
    "activations": _reads("activations-stage", ".cards .value"),
    "forward_loss": _reads("anatomy", ".part.loss .value"),
    "backprop": _reads("graph", ".node"),
    "gradient_descent": _reads("descent", ".racer") + " && under('descent', '.ground canvas').some(isSeen)",
    "model_zoo": _reads("model_zoo-zoo", ".cell .figures"),
    "linear_regression": _seen("linear_regression-fit") + " && " + _reads("linear_regression-loss", "td"),
    "logistic_regression": _seen("logistic_regression-picture") + " && " + _reads("logistic_regression-loss", "td"),
    "mlp": _reads("mlp-units", ".said.figures") + " && " + _reads("mlp-function-loss", "td"),
    "rnn": _reads("rnn-unrolled", ".title") + " && " + _reads("rnn-loss", "td"),
}
"""Of the other pages: their figure is there, numbers and all, and where they train, a run with its curve."""

HELLO_INTERACTIVE = {"title": TITLE, "interactive": f"{TITLE} && {NAVIGATION} && isQuiet()"}
HOME_INTERACTIVE = {
    "title": TITLE,
    "interactive": f"{TITLE} && {MENU} && {PLANE} && {PLAYS} && isQuiet()",
    "learning": LEARNING,
}


def window(browser: Browser, marks: Mapping[str, str]) -> Page:
    """Return a fresh window, with nothing kept from earlier ones, that notes the marks wherever it is sent."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US").new_page()
    conditions = ", ".join(f"{name}: () => {condition}" for name, condition in marks.items())
    page.add_init_script(_NOTE % {"look": LOOK, "conditions": conditions})
    page.goto("about:blank")
    page.wait_for_timeout(SETTLING)
    return page


def visit(page: Page, address: str, marks: Mapping[str, str], seconds: float = 60) -> dict[str, float]:
    """Return the milliseconds from opening the address to each mark. Raises: TimeoutError where one stays away."""
    page.goto(address, wait_until="commit")
    page.wait_for_function(
        "count => Object.keys(window.marks ?? {}).length === count",
        arg=len(marks),
        polling=100,
        timeout=seconds * 1000,
    )
    return page.evaluate("window.marks")


def opened_at(page: Page) -> float:
    """Return when the page was opened, in seconds since 1970."""
    return page.evaluate("performance.timeOrigin") / 1000
