"""Streamlit's settings are read while another thread holds the lock that used to guard them."""

from __future__ import annotations

import threading

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from dlviz.ui import settings


@pytest.mark.parametrize("free", [False, True])
def test_whoever_reads_a_setting_waits_for_nobody(monkeypatch: pytest.MonkeyPatch, free: bool) -> None:
    lock = config._config_lock
    monkeypatch.setattr(config, "_config_lock", lock)  # put back afterwards
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
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


def test_the_theme_is_looked_up_once_and_told_the_same_each_time() -> None:
    looked: list[str] = []

    def tell(message: CustomThemeConfig, section: str = "theme") -> None:
        looked.append(section)
        message.primary_color = section

    again = settings.told_again(tell)
    for _ in range(3):
        whole = CustomThemeConfig()
        again(whole)
        again(whole.dark, "theme.dark")
        assert (whole.primary_color, whole.dark.primary_color) == ("theme", "theme.dark")
    assert looked == ["theme", "theme.dark"]
