"""How Streamlit reads its settings: without waiting for one another.

It looks one up for every piece of a page that it sends, and takes a lock for it. Where a thread is put aside while it
holds that lock, all others line up behind it, and from then on each has to wait for its turn at the lock and at the
interpreter, piece by piece: of thirty visitors, everybody's click waited more than twice as long.
"""

from __future__ import annotations

from contextlib import nullcontext

from streamlit import config


def read_without_waiting() -> None:
    """Have settings read without the lock. They have been read from their files when the app starts, and stay."""
    config.get_config_options()
    config._config_lock = nullcontext()
