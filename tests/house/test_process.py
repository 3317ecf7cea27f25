"""The process that serves the app never imports torch: it would take half a gigabyte, and a quarter of a second
of every collection of garbage. The app is really served, every page is really opened, and then the process is asked.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dlviz.words.pages import existing
from tests.browser.server import Server, served
from tests.house.source import ROOT

# Python imports a module of this name at its start, so the served process can be asked what it has loaded.
ANSWER_WHEN_ASKED = """
import json, os, signal, sys

def answer(*_):
    with open(f"{os.environ['TOLD']}/{os.getpid()}.part", "w") as file:
        json.dump(sorted(sys.modules), file)
    os.rename(file.name, file.name.removesuffix(".part"))

signal.signal(signal.SIGUSR1, answer)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served app, which tells what it has imported when it is asked."""
    folder = tmp_path_factory.mktemp("process")
    (folder / "sitecustomize.py").write_text(ANSWER_WHEN_ASKED)
    path = os.pathsep.join([str(folder), str(ROOT)])
    with served("app.py", folder, PYTHONPATH=path, TOLD=str(folder)) as running:
        yield running


def loaded(server: Server) -> list[str]:
    """Return the names of all modules that the served process has imported."""
    told = server.log.parent / str(server.process.pid)
    server.process.send_signal(signal.SIGUSR1)
    deadline = time.monotonic() + 20
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return json.loads(told.read_text())


def visit(server: Server, slug: str) -> list[str]:
    """Open a page as a browser does; return the kinds of all elements that it shows."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    shown: list[str] = []
    with connect(address, subprotocols=["streamlit"], origin=server.url, max_size=None) as socket:
        request = BackMsg()
        request.rerun_script.page_name = slug
        socket.send(request.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(socket.recv(timeout=60))
            if message.WhichOneof("type") == "delta":
                shown.append(message.delta.new_element.WhichOneof("type"))
            if message.WhichOneof("type") == "script_finished":
                return shown


@pytest.mark.slow
def test_no_page_brings_torch_into_the_serving_process(server: Server) -> None:
    for page in existing():
        shown = visit(server, page.slug)
        assert "exception" not in shown, page.slug
        assert len(shown) > 3, page.slug
    modules = loaded(server)
    assert "streamlit" in modules
    assert [name for name in modules if name.partition(".")[0] in ("torch", "torchvision")] == []
    assert server.errors() == ""


@pytest.mark.slow
def test_the_first_page_waits_for_no_tables(tmp_path: Path) -> None:
    # Streamlit imports pandas and pyarrow as soon as it looks for a data frame: half a second, sixty megabytes
    (tmp_path / "sitecustomize.py").write_text(ANSWER_WHEN_ASKED)
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    with served("app.py", tmp_path, PYTHONPATH=path, TOLD=str(tmp_path)) as fresh:
        assert "bidi_component" in visit(fresh, "")
        found = {name.partition(".")[0] for name in loaded(fresh)}
        assert fresh.errors() == ""
    assert found & {"pandas", "pyarrow"} == set()
    assert "distributed" in found


def test_the_process_would_tell(tmp_path: Path) -> None:
    script = tmp_path / "guilty.py"
    script.write_text("import torch\nimport streamlit as st\nst.write(torch.__version__)\n")
    (tmp_path / "sitecustomize.py").write_text(ANSWER_WHEN_ASKED)
    with served(str(script), tmp_path, PYTHONPATH=str(tmp_path), TOLD=str(tmp_path)) as guilty:
        visit(guilty, "")
        assert "torch" in loaded(guilty)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="what a process does with signals is read from /proc")
def test_an_interrupt_at_the_keyboard_ends_all_without_a_traceback(tmp_path: Path) -> None:
    with served("app.py", tmp_path) as running:
        worker = started_worker(running)
        status = Path(f"/proc/{worker.pid}/status").read_text()
        blocked = int(status.partition("SigBlk:")[2].split()[0], 16)
        assert blocked & 1 << (signal.SIGINT - 1), "a worker would be interrupted in the middle of its start"
        os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does: all processes hear it
        running.process.wait(60)
        psutil.wait_procs([worker], 60)
        assert not worker.is_running()
        assert running.errors() == ""


def started_worker(server: Server) -> psutil.Process:
    """Return the process that will compute, as soon as there is one: long before it is ready."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in psutil.Process(server.process.pid).children():
            if any("spawn_main" in word for word in child.cmdline()):
                return child
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def test_a_server_that_starts_does_not_wait_for_the_engine_to_be_read() -> None:
    script = "import sys, app; print(sorted({'distributed', 'dlviz.engine'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
