"""The digit lab as a visitor's hands and eyes have it: draw with the mouse, press, read what stands there.

Nothing here looks into the server. What the browser's player holds (the moments it was sent, the
one on show) is read from the player itself, as its views do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.chromium import STANDS_STILL

PLAYER = "/_stcore/bidi-components/dlviz.player/player.js"
SMALL = {"blocks": "4k3m2", "dense": "16", "validation_share": "0.02", "test_share": "0.02"}
"""A network that learns many epochs in the time in which the article's learns one."""

LONG = {**SMALL, "epochs": "400"}
"""The same, learning for as long as any test looks."""

# Elements below a widget's key, also inside shadow roots; and the ink of a canvas as [cells, left, top, right, bottom].
LOOK = """
const below = (node, wanted, found = []) => {
  for (const one of node.children) {
    if (one.matches(wanted)) found.push(one);
    if (one.shadowRoot) below(one.shadowRoot, wanted, found);
    below(one, wanted, found);
  }
  return found;
};
const under = (key, wanted) => [...document.querySelectorAll(`.st-key-${key}`)].flatMap((n) => below(n, wanted));
const ink = (canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const light = Float32Array.from({ length: width * height }, (_, i) => data[4 * i] * data[4 * i + 3] / 255);
  const [low, high] = light.reduce(([a, b], one) => [Math.min(a, one), Math.max(b, one)], [255, 0]);
  const middle = (low + high) / 2;
  const bright = light.reduce((count, one) => count + (one > middle), 0);
  const isInk = bright < light.length / 2 ? (one) => one > middle : (one) => one <= middle;
  const found = [0, width, height, 0, 0];
  light.forEach((one, i) => {
    if (!isInk(one)) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    found[0] += 1;
    [found[1], found[2]] = [Math.min(found[1], x), Math.min(found[2], y)];
    [found[3], found[4]] = [Math.max(found[3], x), Math.max(found[4], y)];
  });
  return found;
};
const alike = (one, other) => one[0] > 0 && Math.abs(one[0] - other[0]) <= 20 + 0.04 * one[0]
  && [1, 2, 3, 4].every((i) => Math.abs(one[i] - other[i]) <= 3);
"""
IS_READ = f"""() => {{ {LOOK}
  const drawn = under("drawing", "canvas.lower-canvas:not(.dc-background-canvas)")[0];
  const [read] = under("cnn-stages", "canvas");
  return Boolean(drawn && read?.width === drawn.width && alike(ink(drawn), ink(read)));
}}"""
IS_BLANK = f"""() => {{ {LOOK}
  return ink(under("drawing", "canvas.lower-canvas:not(.dc-background-canvas)")[0])[0] === 0;
}}"""
TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


class DigitLab:
    """One window in which the digit lab is open."""

    def __init__(self, page: Page):
        self.page = page
        self.answer = page.locator(".st-key-answer")
        self.canvas = page.locator(".st-key-drawing canvas").last
        self.slider = page.locator(".st-key-bench [role=slider]")
        self.state = page.locator(".st-key-bench .state")

    def wait_until_open(self) -> DigitLab:
        """Wait until a digit is read, the bench is there, and nothing moves on the page any more."""
        expect(self.answer).to_have_text(re.compile(r"^\s*\d\s*$"), timeout=60_000)
        self.slider.wait_for()
        self.page.wait_for_function(STANDS_STILL, arg=".st-key-drawing", polling=250)
        return self

    def link(self) -> dict[str, str]:
        """Return what the address says."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def wait_for_link(self, **wanted: str) -> dict[str, str]:
        """Wait until the address says all this (a regular expression each) and return all that it says."""
        for name, pattern in wanted.items():
            try:
                self.page.wait_for_url(lambda url, n=name, p=pattern: _says(url, n, p))
            except TimeoutError as late:
                raise AssertionError(f"{name} never became {pattern}: {self.page.url}") from late
        return self.link()

    # -------------------------------------------------------------------------------- drawing

    def draw(self, strokes: Iterable[np.ndarray]) -> None:
        """Draw strokes with the mouse; points in pixels of the canvas."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        mouse = self.page.mouse
        for (x, y), *others in strokes:
            mouse.move(box["x"] + x, box["y"] + y)
            mouse.down()
            for x, y in others:
                mouse.move(box["x"] + x, box["y"] + y)
            mouse.up()
        self.page.evaluate(TWO_FRAMES)  # a stroke is on the canvas in the frame after the one in which it ends

    def read(self) -> int:
        """Return the digit that is read once what was read is all that is drawn."""
        self.page.wait_for_function(IS_READ, polling=50)
        return int(self.answer.inner_text())

    def clear(self) -> None:
        """Press Clear and wait until the paper is empty."""
        self.button("cnn-clear").click()
        self.page.locator(".st-key-cnn-chosen").wait_for()

    def wait_until_blank(self) -> None:
        """Wait until nothing is drawn on the canvas."""
        self.page.wait_for_function(IS_BLANK, polling=50)

    def set_pen(self, pixels: int) -> None:
        """Set the thickness of the pen by the keys of its slider."""
        self.turn("cnn-pen", pixels - int(self.page.locator(".st-key-cnn-pen input").input_value()))
        expect(self.page.locator(".st-key-cnn-pen input")).to_have_value(str(pixels))
        self.wait_for_run()

    def ink(self) -> list[int]:
        """Return how many pixels of the canvas are inked, and the box around them: left, top, right, bottom."""
        drawn = "canvas.lower-canvas:not(.dc-background-canvas)"
        return self.page.evaluate(f"() => {{ {LOOK} return ink(under('drawing', '{drawn}')[0]) }}")

    # ------------------------------------------------------------------------------- controls

    def button(self, key: str) -> Locator:
        """Return the button of that key (Streamlit keeps an invisible double of it)."""
        return self.page.locator(f".st-key-{key} button:visible").first

    def turn(self, key: str, steps: int) -> None:
        """Turn a slider of Streamlit's by so many steps, with the arrow keys."""
        handle = self.page.locator(f".st-key-{key} input[type=range]")
        for _ in range(abs(steps)):
            handle.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def press(self, name: str) -> None:
        """Press a button of the bench: reset, back, play, step, step_epoch, live, fork or again."""
        self.page.locator(f".st-key-bench button.{name}").click()

    def look_at(self, section: str) -> None:
        """Choose what to look at inside the network, by the words of its tab."""
        self.page.locator(".st-key-cnn-section").get_by_role("radio", name=section, exact=True).click()

    def wait_for_run(self) -> None:
        """Wait until the script has come to an end once."""
        self.page.wait_for_timeout(150)  # the browser tells of a new run with this delay at most
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(state="attached")

    # --------------------------------------------------------------------------------- player

    def asked(self, expression: str) -> object:
        """Return a value of the player `p` that all components of the page share."""
        self.page.evaluate(f"async () => {{ window.p ??= (await import('{PLAYER}')).player('bench') }}")
        return self.page.evaluate(expression)

    def until(self, condition: str) -> None:
        """Wait until something is true of the player `p`."""
        self.asked("p.step")
        self.page.wait_for_function(condition, timeout=60_000)

    @property
    def newest(self) -> int:
        """The last step of the run on the stage that the browser has heard of."""
        return self.asked("p.track?.moments.at(-1)?.step ?? -1")

    def trains_beyond(self, steps: int) -> int:
        """Wait until the run on the stage is so many steps further than now; return how far it then is."""
        before = self.newest
        self.until(f"p.track?.moments.at(-1)?.step > {before + steps}")
        return self.newest

    def pause_shown(self) -> None:
        """Press pause; the run itself goes on where others want it to."""
        self.press("play")
        self.until("p.running === false")

    def pause(self) -> int:
        """Pause and wait until nothing is computed any more; return the step at which the run stands."""
        self.press("play")
        return self.stands()

    def stands(self) -> int:
        """Wait until nothing is computed any more; return the step at which the run stands."""
        expect(self.state).to_have_text(re.compile("^(paused|finished)$"))
        self.page.wait_for_function(STOPPED, polling=400)
        return self.newest


STOPPED = """() => {
  const now = p.track.moments.at(-1)?.step;
  const same = now === window.stoppedAt;
  window.stoppedAt = now;
  return same;
}"""


def _says(url: str, name: str, pattern: str) -> bool:
    return re.fullmatch(pattern, dict(parse_qsl(urlsplit(url).query)).get(name, "")) is not None
