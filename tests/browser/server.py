"""A served app for tests: a `streamlit run` of its own, on a free port, with its log in a file."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
_GONE = r"Traceback \(most recent call last\):\n(?: .*\n)+starlette\.websockets\.WebSocketDisconnected: %s.*\n"
_THEN = r"\nDuring handling of the above exception, another exception occurred:\n\n"
LEFT = re.compile(_GONE % "WebSocket is not connected" + _THEN + _GONE % "Cannot call" + "?")
"""What Streamlit logs of a browser that left while it was still shaking hands: nothing of ours went wrong."""


@dataclass(frozen=True)
class Server:
    """A running server: its address (without a slash at the end), its process and its log."""

    url: str
    process: subprocess.Popen
    log: Path

    def errors(self, after: int = 0) -> str:
        """Return the log from the first traceback on that was written after so many characters, or nothing."""
        text = LEFT.sub("", self.log.read_text(errors="replace")[after:])
        return text[text.index("Traceback") :] if "Traceback" in text else ""

    def written(self) -> int:
        """Return how many characters the log has now."""
        return len(self.log.read_text(errors="replace"))


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(
    script: str, folder: Path, *, where: Path = ROOT, options: Iterable[str] = (), **environment: str
) -> Iterator[Server]:
    """Serve a script, seen from the folder `where`, while the context lasts; the log lies in `folder`.

    `environment` is added to this process's own; one worker process where it names no number.
    Raises: RuntimeError with the log where the server does not come up.
    """
    port, log = free_port(), folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1", *options],
            cwd=where,
            env={**os.environ, "DLVIZ_WORKERS": "1", "PYTHONUNBUFFERED": "1", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that its workers end with it
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        end(process)


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.process.poll() is None:
        if answers(f"{server.url}/_stcore/health"):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{server.log.read_text(errors='replace')}")


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def end(process: subprocess.Popen) -> None:
    """End the server politely, then its whole process group."""
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
