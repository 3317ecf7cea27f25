"""How long from a slider moved to its figure changed, in the browser: one press of an arrow key each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.browser.digit_lab import LOOK
from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish

MOVES = 60
TURN = 10  # moves of one before it is the other's turn
REST = 300  # milliseconds between two moves
AT_MOST = 1.5


class Figure(NamedTuple):
    """A slider's key, and JavaScript that tells all that is drawn by it: a list, of which everything must change."""

    slider: str
    drawn: str


Slid = tuple[Page, Figure]

LINE = Figure("power", "[document.querySelector('.js-plotly-plot path.js-line')?.getAttribute('d') || null]")
SHIFTED = Figure(
    "cnn-right",
    """[
      under('cnn-moved', '.picture canvas').map(painted).join() || null,
      under('cnn-shifted', '.level').map((one) => one.style.transform).join() || null,
    ]""",
)
"""The digit where it was moved to, and what every network reads there: the bars are a worker's answer."""

BENT = Figure("activations-elu_alpha", "[under('activations-stage', '.cards .value')[0]?.textContent || null]")
"""The value of ELU at the probe, which the drawing follows in the same frame."""

TRIED = Figure("gradient_descent-lr", "[under('descent', '.ground canvas').map(painted).join() || null]")
"""The map with the path of the race."""

FOCAL = Figure("forward_loss-gamma", "[under('losses', 'canvas').map(painted).join() || null]")
"""The curves of a loss and of its slope, which a worker computes anew."""

SAMPLED = Figure("backprop-sample", "[under('graph', '.node').map((one) => one.textContent).join() || null]")
"""All values and gradients of a network's graph."""

FIGURES = {
    "cnn": ("/cnn?section=shift", SHIFTED),
    "activations": ("/activations?functions=elu&probe=-1", BENT),
    "forward_loss": ("/forward_loss?losses=focal", FOCAL),
    "backprop": ("/backprop?scene=mlp&sample=20", SAMPLED),
    "gradient_descent": ("/gradient_descent", TRIED),
}
"""Of each page that has a slider which draws: its address, and the slider."""

_WATCH = """(() => {
%s
// What a canvas shows, as one number. As a PNG it would cost every frame 7 to 18 ms, on the thread that draws ours.
const painted = (canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width || 1, canvas.height || 1);
  return new Uint32Array(data.buffer).reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 0);
};
const drawn = () => %s;
const watch = (event) => {
  const [pressed, before] = [performance.now(), drawn()];
  const look = () => {
    if (drawn().every((one, i) => one !== null && one !== before[i])) window.took = performance.now() - pressed;
    else requestAnimationFrame(look);
  };
  if (event.key.startsWith("Arrow")) requestAnimationFrame(look);
};
window.isDrawn = () => drawn().every((one) => one !== null);
document.addEventListener("keydown", watch, true);
})()"""


def slider(wish: Wish) -> Iterator[Comparison]:
    """Slider moved to figure changed: one of every page that has one against one slider and one Plotly line."""
    with servers.app(wish.shelf) as ours, servers.bare("bare_slider.py") as bare, sync_playwright() as playwright:
        servers.wait_until_quiet(ours)
        for name, (address, figure) in FIGURES.items():
            browser = servers.browser(playwright)
            page = _opened(marks.window(browser, {}), ours.url + address, figure)
            line = _opened(marks.window(browser, {}), bare.url, LINE)
            took = _in_turns((page, figure), (line, LINE), wish.times or MOVES)
            browser.close()
            yield Comparison(f"{name}: slider to figure", *took, at_most=AT_MOST, of="p95")


def _in_turns(one: Slid, other: Slid, moves: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of so many moves of one slider and of the other, some of one, then some of the other."""
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(-1, moves // TURN):
        key = "ArrowRight" if turn % 2 else "ArrowLeft"
        for (page, figure), found in zip((one, other), took, strict=True):
            rows = [_move(page, figure, key) for _ in range(TURN)]
            found += rows if turn >= 0 else []  # the first turn is for practice
    return took


def _opened(page: Page, address: str, figure: Figure) -> Page:
    page.goto(address)
    page.evaluate(_WATCH % (LOOK, figure.drawn))
    page.wait_for_function("window.isDrawn()", timeout=60_000)
    page.wait_for_timeout(3000)
    return page


def _move(page: Page, figure: Figure, key: str) -> float:
    """Press the key on the slider and return the milliseconds until everything it draws has changed."""
    page.locator(f".st-key-{figure.slider} input[type=range]").focus()
    page.evaluate("window.took = null")
    page.keyboard.press(key)
    took = page.wait_for_function("window.took", timeout=30_000).json_value()
    page.wait_for_timeout(REST)
    return took
