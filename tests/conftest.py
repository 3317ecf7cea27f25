"""What every test of a page needs: the page in its frame, without a browser and without an engine's workers."""

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.words import pages as table

FRAME = table.FOLDER.parent / "dlviz/ui/frame.py"


class QuietEngine:
    """An engine that computes nothing."""

    error = ""
    device = "cpu"

    def hardware(self) -> engine.Hardware:
        """Return a machine that is ready."""
        return engine.Hardware("CPU", 2, 0, True)

    def watch(self, *_: object) -> None:
        """Return that there is no worker for any run."""

    def ask(self, *_: object, **__: object) -> "Never":
        """Return an answer that never comes."""
        return Never()


class Never:
    """An answer that nobody computes."""

    def result(self, timeout: float | None = None) -> object:
        """Raise what a future raises whose time is up."""
        raise TimeoutError(timeout)


@pytest.fixture
def quiet_engine(monkeypatch: pytest.MonkeyPatch) -> QuietEngine:
    """Return the engine that stands in for the real one."""
    quiet = QuietEngine()
    monkeypatch.setattr(engine, "current", lambda: quiet)
    return quiet


@pytest.fixture
def open_page(quiet_engine: QuietEngine) -> Callable[..., AppTest]:
    """Return a function that opens a page as a visitor's browser would: by its slug, with a link's parameters."""

    def visit(slug: str, lang: str = "en", link: Mapping[str, str | list[str]] | None = None) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=30)
        app.context = {"locale": "zh-CN" if lang == "zh" else "en-GB"}
        for name, text in (link or {}).items():
            app.query_params[name] = text
        return app.switch_page(f"../../pages/{slug}.py").run()

    return visit
