"""Visitors: a class full of browsers without the browsers, to measure what a page costs when many are there.

Each speaks Streamlit's own protocol: it opens a page that trains, keeps the page's timers, answers as the
bench in a browser does, and turns the learning rate now and then. What a browser does by itself (drawing)
and what it fetches once (scripts, styles) is left out: that work is not the server's.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import randrange
from statistics import median, quantiles
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from dlviz.recording import unpack

KNOB_EVERY = 5.0  # seconds between two turns of one visitor's learning rate
ARRIVAL = 1.0  # seconds within which all of them come, where nothing else is said
LOST = 30.0  # seconds after which a click counts as unanswered
TIMERS_LOOK = 0.02  # seconds between two looks at the page's timers


@dataclass
class Page:
    """What a browser knows of the page it shows."""

    script: str = ""  # Streamlit's name for the page
    slider: str = ""  # and for the slider of the learning rate
    rates: Sequence[str] = ()  # what that slider can show
    rate: str = ""
    timers: dict[str, tuple[float, float]] = field(default_factory=dict)  # fragment -> (seconds, when next)


@dataclass
class Visit:
    """What happened to one visitor: seconds to the first move, seconds of every click, steps seen, and errors."""

    first_move: float | None = None
    clicks: list[float] = field(default_factory=list)
    steps: int = 0
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One browser's worth of talk with the server."""

    def __init__(self, url: str, page: str, parameters: dict[str, str]):
        self.name = page
        self.address = url.replace("http", "ws", 1).rstrip("/") + "/_stcore/stream"
        self.query = urlencode(parameters)
        self.page, self.visit = Page(), Visit()
        self.states: dict[str, WidgetState] = {}
        self.opened = self.clicked = 0.0
        self.run = ""  # the current run's digest
        self.waits_for = ""  # the run that was current when the knob was turned

    async def stay(self, seconds: float, turns: bool) -> Visit:
        """Open the page, stay so many seconds, and return what happened."""
        async with connect(self.address, subprotocols=["streamlit"], max_size=None) as line:
            self.opened = time.monotonic()
            await self._say(line, name=self.name)
            parts = [self._listen(line), self._keep_timers(line), *([self._turn(line)] if turns else [])]
            working = [asyncio.ensure_future(part) for part in parts]
            done, _ = await asyncio.wait(working, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
            self.visit.errors += [repr(one.exception()) for one in done if one.exception()]
            for one in working:
                one.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        if self.clicked and time.monotonic() - self.clicked > LOST:
            self.visit.errors.append("a click was not answered")
        return self.visit

    # ------------------------------------------------------------------------------------ saying

    async def _say(self, line: ClientConnection, name: str = "", fragment: str = "") -> None:
        """Ask the server to run the page, or one fragment of it, with all that the widgets hold."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash, state.page_name = self.query, self.page.script, name
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        state.context_info.locale, state.context_info.timezone = "en-GB", "UTC"
        state.widget_states.widgets.extend(self.states.values())
        await line.send(message.SerializeToString())

    async def _keep_timers(self, line: ClientConnection) -> None:
        """Run every fragment again when its time has come, as the browser does."""
        while True:
            await asyncio.sleep(TIMERS_LOOK)
            now = time.monotonic()
            for fragment, (interval, due) in list(self.page.timers.items()):
                if now >= due:
                    self.page.timers[fragment] = (interval, now + interval)
                    await self._say(line, fragment=fragment)

    async def _turn(self, line: ClientConnection) -> None:
        """Turn the learning rate to and fro between two neighbours; the answer is a bench that shows another run."""
        while True:
            await asyncio.sleep(KNOB_EVERY)
            waiting = self.clicked and time.monotonic() - self.clicked < LOST
            if waiting or not self.page.rates or not self.run:
                continue
            place = self.page.rates.index(self.page.rate)
            self.page.rate = self.page.rates[place + (-1 if place % 2 else 1)]
            turned = self.states[self.page.slider] = WidgetState(id=self.page.slider)
            turned.string_array_value.data.append(self.page.rate)
            self.waits_for, self.clicked = self.run, time.monotonic()
            await self._say(line)

    # --------------------------------------------------------------------------------- listening

    async def _listen(self, line: ClientConnection) -> None:
        async for data in line:
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.page.script = message.navigation.page_script_hash
            elif kind == "new_session" and not message.metadata.run.fragment_ids:
                self.page.timers.clear()
            elif kind == "auto_rerun":
                interval = message.auto_rerun.interval
                self.page.timers[message.auto_rerun.fragment_id] = (interval, time.monotonic() + interval)
            elif kind == "stop_auto_rerun":
                self.page.timers.pop(message.stop_auto_rerun.fragment_id, None)
            elif kind == "delta":
                self._see(message)

    def _see(self, message: ForwardMsg) -> None:
        """Take in one piece of the page."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.visit.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "bidi_component" and element.bidi_component.component_name.endswith(".bench"):
            self._see_bench(element.bidi_component.id, element.bidi_component.bytes)
        elif kind == "slider" and f"{self.name}.learning_rate" in element.slider.id:
            slider = element.slider
            self.page.slider, self.page.rates = slider.id, list(slider.options)
            if slider.id not in self.states:
                self.page.rate = slider.options[int(slider.default[0])]

    def _see_bench(self, name: str, data: bytes) -> None:
        """Note which run is current and how far it has come, and say so as the bench in a browser would."""
        header, _ = unpack(data)
        track = header["tracks"][0]
        command = (header.get("command") or {}).get("number")
        said = {"playing": True, "at": None, "goal": None, "rolling": False, "events": [], "command": command}
        self.states[name] = WidgetState(id=name, json_value=json.dumps({"bench": said}))
        newest = max((step for step, _ in track["moments"]), default=0)
        now = time.monotonic()
        if self.clicked and track["run"] != self.waits_for:
            self.visit.clicks.append(now - self.clicked)
            self.clicked = 0.0
        self.run = track["run"]
        self.visit.steps = max(self.visit.steps, newest)
        if newest > 0 and self.visit.first_move is None:
            self.visit.first_move = now - self.opened


def visit(
    url: str,
    visitors: int = 30,
    seconds: float = 40,
    same: bool = False,
    turns: bool = True,
    page: str = "cnn",
    arrival: float = ARRIVAL,
) -> dict[str, object]:
    """Send visitors to a page of a running app, and return what they met.

    url: where the app answers. same: all watch one run; otherwise each has a network of its own, by its
    seed. turns: each turns a knob every five seconds, and so goes on with a run of its own. page: one with
    a bench and a slider `<page>.learning_rate`. arrival: seconds within which they come, one after the other. Returned:
    how many saw their network move, seconds from opening the page to its first move and from a click to
    its answer (median, 95 % and longest), how many clicks, updates seen, and every error.
    Raises: OSError where nothing answers at `url`.
    """
    first = randrange(1_000_000)  # networks that the app has never seen
    seeds = [{} if same else {"seed": str(first + number)} for number in range(visitors)]
    coming = [Visitor(url, page, {"lang": "en", **seed}) for seed in seeds]
    return asyncio.run(_visits(coming, seconds, turns, arrival))


async def _visits(coming: Sequence[Visitor], seconds: float, turns: bool, arrival: float) -> dict[str, object]:
    async def one(number: int, visitor: Visitor) -> Visit:
        await asyncio.sleep(arrival * number / len(coming))
        return await visitor.stay(seconds, turns)

    return summary(await asyncio.gather(*(one(number, visitor) for number, visitor in enumerate(coming))))


def summary(visits: Sequence[Visit]) -> dict[str, object]:
    """Return what all visits come to."""
    moves = [one.first_move for one in visits if one.first_move is not None]
    clicks = [seconds for one in visits for seconds in one.clicks]
    steps = [one.steps for one in visits]
    return {
        "visitors": len(visits),
        "moving": len(moves),
        **{f"first_move_{name}": value for name, value in _spread(moves)},
        "clicks": len(clicks),
        **{f"click_{name}": value for name, value in _spread(clicks)},
        "steps_least": min(steps, default=0),
        "steps_most": max(steps, default=0),
        "errors": sorted({error for one in visits for error in one.errors}),
    }


def _spread(seconds: Sequence[float]) -> Iterator[tuple[str, float | None]]:
    """Yield the median, the 95 % and the longest of some seconds; None where there are none."""
    yield "median", median(seconds) if seconds else None
    yield "p95", quantiles(seconds, n=20)[-1] if len(seconds) > 1 else (seconds[0] if seconds else None)
    yield "longest", max(seconds, default=None)
