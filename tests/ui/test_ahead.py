"""A moment that a link names is computed although no page runs yet; other requests begin nothing."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest

from dlviz import codec, engine
from dlviz.concepts.activations import spec as activations
from dlviz.concepts.cnn import spec as cnn
from dlviz.concepts.playground import spec as playground
from dlviz.ui import ahead
from tests.waiting import until_so

SPECS = {"activations": activations, "cnn": cnn, "playground": playground}


def query(spec: object, **changed: object) -> str:
    """Return the query of a link to a page."""
    return urlencode(codec.write(spec.DEFAULT.model_copy(update=changed), spec.DEFAULT))


@pytest.mark.parametrize("slug", SPECS)
def test_a_link_to_a_moment_names_its_run_and_step(slug: str) -> None:
    spec = SPECS[slug]
    run = spec.DEFAULT.run.model_copy(update={"seed": 77})
    assert ahead.linked(slug, query(spec, run=run, at=40)) == (run, 40)


@pytest.mark.parametrize(
    "slug, asked",
    [
        ("playground", ""),
        ("playground", "seed=3"),
        ("playground", "at=soon"),
        ("gradient_descent", "at=40"),  # its steps are those of a race
        ("forward_loss", "source=yours&at=40"),  # it asks for one set of weights, and watches no run
        ("home", "at=40"),
        ("index.html", "at=40"),
        ("", "at=40"),
    ],
)
def test_what_names_no_moment_of_a_run_begins_nothing(slug: str, asked: str) -> None:
    assert ahead.linked(slug, asked) is None


def test_the_moment_is_computed_before_any_page_runs(
    quick_engine: engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "current", lambda: quick_engine)
    run = playground.CIRCLE.model_copy(update={"seed": 7_001})
    ahead.begin("playground", query(playground, run=run, at=100))
    seen = quick_engine.watch(run, "a page that comes later")
    until_so(lambda: seen.snapshot().step >= 100)
    assert seen.snapshot().step < run.epochs  # and no further than the link goes


def test_where_runs_wait_already_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    class Crowded:
        def hardware(self) -> engine.Hardware:
            return engine.Hardware("CPU", 2, 1, True)

    monkeypatch.setattr(engine, "current", Crowded)
    ahead.begin("playground", query(playground, at=100))  # Crowded has no run to begin


def passed(scope: dict, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict], list[tuple[str, str]]]:
    """Return what is passed on of a request, and what it lets begin."""
    begun: list[tuple[str, str]] = []
    seen: list[dict] = []
    monkeypatch.setattr(ahead, "begin", lambda *asked: begun.append(asked))

    async def app(scope: dict, *_: object) -> None:
        seen.append(scope)

    asyncio.run(ahead.RunsAhead(app)(scope, None, None))
    return seen, begun


def test_every_request_is_passed_on_and_only_a_page_at_a_moment_begins_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = {"type": "http", "method": "GET", "path": "/base/playground", "query_string": b"seed=3&at=5"}
    assert passed(page, monkeypatch) == ([page], [("playground", "seed=3&at=5")])
    for scope in (
        {**page, "query_string": b"seed=3"},
        {**page, "method": "POST"},
        {"type": "websocket", "path": "/_stcore/stream", "query_string": b"at=5"},
        {"type": "lifespan"},
    ):
        assert passed(scope, monkeypatch) == ([scope], [])
