"""How fast the playground is on screen: epochs and pictures a second in a headless Chromium, at three settings.

A script, not a test: `python -m tests.browser.pace [--json]`. TensorFlow Playground shows 59, 39 and 18 epochs a
second at these settings in the same browser on two cores (batches of 10, 250 training points), one picture for each.
The server is warm: what it computes before anybody asks is done, and no other run is under way.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from dlviz.ui.first_runs import first_runs
from tests.browser.chromium import FLAGS, executable
from tests.browser.playground import PLAYER
from tests.browser.server import served

SETTINGS = {
    "circle 2-4-2-1": ({"data": "circle", "hidden": "4,2"}, 59),
    "spiral 2-8-8-1": ({"data": "spiral", "hidden": "8,8"}, 39),
    "spiral 7-8-8-8-8-8-8-1": (
        {
            "data": "spiral",
            "hidden": "8,8,8,8,8,8",
            "inputs": "x1,x2,x1_squared,x2_squared,x1_x2,sin_x1,sin_x2",
        },
        18,
    ),
}
SECONDS, TIMES = 6, 3
PATIENCE = 120  # seconds for what the server computes before anybody asks
BEGUN = """async (script) => {
  const p = (await import(script)).player("playground");
  while (!((p.latest("output_map")?.epoch ?? 0) > 3)) await new Promise((go) => setTimeout(go, 50));
}"""
COUNTED = """async ([script, seconds]) => {
  const p = (await import(script)).player("playground");
  let [pictures, shown] = [0, p.moment];
  const forget = p.subscribe(() => { if (p.moment !== shown) { pictures += 1; shown = p.moment; } });
  const [epoch, started] = [p.moment.epoch, performance.now()];
  await new Promise((go) => setTimeout(go, 1000 * seconds));
  const passed = (performance.now() - started) / 1000;
  forget();
  return { epochs: (p.moment.epoch - epoch) / passed, pictures: pictures / passed };
}"""


def wait_until_idle(folder: Path) -> None:
    """Return when the runs that are computed before anybody asks are through, or have taken too long."""
    endings = [folder / "shelf" / f"{run.model_copy(update={'device': 'cpu'}).digest}.ending" for run in first_runs()]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not all(ending.exists() for ending in endings):
        time.sleep(0.2)


def measure(page: Page, address: str) -> dict[str, float]:
    """Return the epochs and the pictures a second that are shown of a run that nobody has computed before."""
    page.goto(address)
    page.locator(".st-key-playground button.live").wait_for()  # then the player's script is there
    page.evaluate(BEGUN, PLAYER)
    page.locator(".st-key-playground button.live").click()
    page.wait_for_timeout(1000)
    counted = page.evaluate(COUNTED, [PLAYER, SECONDS])
    page.locator(".st-key-playground button.play").click()  # it pauses, and leaves the worker to the next
    page.wait_for_timeout(1500)
    return counted


def main(seed: int = 100) -> dict[str, dict[str, float]]:
    """Return the medians of what was measured at each setting, beside TensorFlow Playground's epochs a second."""
    found: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=FLAGS)
        with served("app.py", Path(folder), DLVIZ_SHELF=folder) as server:
            wait_until_idle(Path(folder))
            for place, (name, (link, other)) in enumerate(SETTINGS.items()):
                rows = []
                for again in range(TIMES):
                    page = browser.new_page(viewport={"width": 1280, "height": 900})
                    query = urlencode({**link, "epochs": 10_000, "seed": seed + TIMES * place + again})
                    rows.append(measure(page, f"{server.url}/playground?{query}"))
                    page.close()
                found[name] = {what: median(row[what] for row in rows) for what in ("epochs", "pictures")}
                found[name]["tensorflow_playground"] = other
        browser.close()
    return found


if __name__ == "__main__":
    measured = main()
    if "--json" in sys.argv:
        print(json.dumps(measured))
    else:
        for name, row in measured.items():
            ratio = row["epochs"] / row["tensorflow_playground"]
            print(f"{name}: {row['epochs']:.0f} epochs/s ({ratio:.1f} times), {row['pictures']:.0f} pictures/s")
