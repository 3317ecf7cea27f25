"""What every test of a page needs: the page in its frame, without a browser, and an engine that is quiet or quick."""

import sys
from collections.abc import Callable, Iterator, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.concepts.cnn.panels import runs
from dlviz.ui import folds
from dlviz.words import pages as table
from tests import lab

PROGRAM = sys.modules["__main__"]
SECOND_TRIES = 6  # of all tests; a machine is not to blame for more
FRAME = table.FOLDER.parent / "dlviz/ui/frame.py"


class QuietEngine:
    """An engine that computes nothing."""

    error = ""
    device = "cpu"
    owners = 1

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

    def done(self) -> bool:
        """Return that it is not."""
        return False

    def result(self, timeout: float | None = None) -> object:
        """Raise what a future raises whose time is up."""
        raise TimeoutError(timeout)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Give the program back its name: an AppTest takes it, and worker processes started later would import its page."""
    sys.modules["__main__"] = PROGRAM


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where more tests needed a second try than a busy machine explains."""
    summary = session.config.pluginmanager.get_plugin("terminalreporter")
    if summary is not None and len(summary.stats.get("rerun", [])) > SECOND_TRIES:
        session.shouldfail = f"more than {SECOND_TRIES} tests needed a second try"
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show why a test needed a second try: it may have found a fault that shows on a busy machine only."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first try of {report.nodeid}", sep="_")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture
def quiet_engine(monkeypatch: pytest.MonkeyPatch) -> QuietEngine:
    """Return the engine that stands in for the real one."""
    quiet = QuietEngine()
    monkeypatch.setattr(engine, "current", lambda: quiet)
    return quiet


@pytest.fixture(scope="session")
def quick_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engine.Engine]:
    """Return an engine that computes within this process; it is started once for all tests that want it."""
    quick = engine.Engine(workers=0, folder=str(tmp_path_factory.mktemp("engine")))
    assert quick.wait_until_ready(120), quick.error
    yield quick
    quick.stop()


def visit(slug: str, lang: str = "en", link: Mapping[str, str | list[str]] | None = None) -> AppTest:
    """Open a page as a visitor's browser would: by its slug, with a link's parameters."""
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    app.context = {"locale": "zh-CN" if lang == "zh" else "en-GB"}
    for name, text in (link or {}).items():
        app.query_params[name] = text
    return app.switch_page(f"../../pages/{slug}.py").run()


@pytest.fixture
def unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open all folds, so that all that a page holds can be turned."""
    monkeypatch.setattr(folds, "is_open", lambda _: True)


@pytest.fixture
def open_page(quiet_engine: QuietEngine, unfolded: None) -> Callable[..., AppTest]:
    """Return `visit`, for pages on which nothing is computed."""
    return visit


@pytest.fixture
def open_lab(quick_engine: engine.Engine, unfolded: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a function that opens a page on which everything is computed, the digit lab with small networks."""
    monkeypatch.setattr(engine, "current", lambda: quick_engine)
    for name, run in lab.READERS.items():
        monkeypatch.setattr(runs, name, run)

    def visit_lab(lang: str = "en", slug: str = "cnn", **link: str) -> AppTest:
        return visit(slug, lang, {**lab.LINK, **link} if slug == "cnn" else link)

    return visit_lab
