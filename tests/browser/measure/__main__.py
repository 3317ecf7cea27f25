"""How quick the app is for a visitor: `python -m tests.browser.measure WHAT [--json]`.

Everything is measured in this run, in the same Chromium, ours and bare Streamlit in turns; read the ratios.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator

from tests.browser.measure.cold import cold, fresh
from tests.browser.measure.memory import memory
from tests.browser.measure.moment import moment
from tests.browser.measure.numbers import Comparison, Wish
from tests.browser.measure.pages import pages
from tests.browser.measure.slider import slider
from tests.browser.measure.stop import stop

MEASURES: dict[str, Callable[[Wish], Iterator[Comparison]]] = {
    "pages": pages,
    "cold": cold,
    "fresh": fresh,
    "slider": slider,
    "memory": memory,
    "moment": moment,
    "stop": stop,
}


def main() -> None:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.measure", description=__doc__)
    parser.add_argument(
        "what", choices=MEASURES, help="; ".join(f"{name}: {f.__doc__}" for name, f in MEASURES.items())
    )
    parser.add_argument("--times", type=int, help="how often (visits, starts, moves of the slider, sessions)")
    parser.add_argument("--shelf", help="folder that keeps what the runs found, so that the next start is warm sooner")
    parser.add_argument("--beside", help="another checkout of the app, measured in turns with this one (pages, cold)")
    parser.add_argument("--json", action="store_true", help="print one JSON value")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that servers and browsers end with it
    found = []
    for comparison in MEASURES[arguments.what](Wish(arguments.times, arguments.shelf, arguments.beside)):
        found.append(comparison)
        if not arguments.json:
            print(comparison.line(), flush=True)
    if arguments.json:
        print(json.dumps([comparison.json() for comparison in found], indent=1))


if __name__ == "__main__":
    main()
