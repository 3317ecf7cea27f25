"""How Streamlit reads its settings: without waiting for one another.

It looks one up for every piece of a page that it sends, and takes a lock for it. Where a thread is put aside while it
holds that lock, all others line up behind it, and from then on each has to wait for its turn at the lock and at the
interpreter, piece by piece: of thirty visitors, everybody's click waited more than twice as long.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def read_without_waiting() -> None:
    """Have settings read without the lock. They have been read from their files when the app starts, and stay."""
    config.get_config_options()
    config._config_lock = nullcontext()
    app_session._populate_theme_msg = told_again(app_session._populate_theme_msg)


def told_again(tell: Callable[..., None]) -> Callable[..., None]:
    """Return what tells a browser the theme, looked up once: Streamlit tells it again with every piece of a page."""
    known: dict[str, CustomThemeConfig] = {}

    @wraps(tell)
    def again(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in known:
            tell(found := CustomThemeConfig(), section)
            known[section] = found
        message.MergeFrom(known[section])

    return again
