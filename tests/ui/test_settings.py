"""Streamlit's settings are read while another thread holds the lock that used to guard them."""

from __future__ import annotations

import threading

import pytest
from streamlit import config

from dlviz.ui import settings


@pytest.mark.parametrize("free", [False, True])
def test_whoever_reads_a_setting_waits_for_nobody(monkeypatch: pytest.MonkeyPatch, free: bool) -> None:
    lock = config._config_lock
    monkeypatch.setattr(config, "_config_lock", lock)  # put back afterwards
    before = config.get_option("server.fileWatcherType")
    if free:
        settings.read_without_waiting()
    read: list[object] = []
    reader = threading.Thread(target=lambda: read.append(config.get_option("server.fileWatcherType")))
    with lock:
        reader.start()
        reader.join(5 if free else 0.2)
        assert read == ([before] if free else [])
    reader.join()
    assert read == [before]
