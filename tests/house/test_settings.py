"""The settings that the app is tuned by are the ones that Streamlit really uses."""

import json
import subprocess
import sys

import pytest

from tests.house.source import ROOT

READ = """
import json, sys
from streamlit import config
print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))
"""
EXPECTED = {
    "runner.postScriptGC": False,  # a full collection after every rerun would hold up all sessions
    "server.fileWatcherType": "none",  # watching files slows every new session down
    "browser.gatherUsageStats": False,  # nothing leaves the host
    "browser.serverAddress": "localhost",  # otherwise a headless start asks a server outside for its own address
    "server.headless": True,
    "runner.magicEnabled": False,
}


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    """Return the settings as a fresh Streamlit reads them in the repository's root."""
    command = [sys.executable, "-c", READ, *EXPECTED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", EXPECTED)
def test_setting(name: str, settings: dict[str, object]) -> None:
    assert settings[name] == EXPECTED[name]
