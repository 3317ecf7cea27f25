"""How the server sends: every answer at once, never held back until the browser has confirmed the last one.

asyncio switches that waiting (Nagle's algorithm) off for connections of protocol TCP, and Streamlit binds its
socket without naming a protocol. So each answer on a connection that had one before came 40 ms late (the time
for which a system delays its confirmation): half a second of a first page, which asks for seventy files.
"""

from __future__ import annotations

import gc
import socket


def send_at_once() -> int:
    """Let all connections from now on send at once; return how many listening sockets were told so.

    Called when the server's socket is bound: connections take this over from the socket that accepts them.
    """
    listening = [one for one in gc.get_objects() if type(one) is socket.socket and _listens(one)]
    for one in listening:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)


def _listens(one: socket.socket) -> bool:
    """Return whether a socket waits for connections over TCP."""
    if one.fileno() < 0 or one.type != socket.SOCK_STREAM or one.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    try:
        return bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # a system that does not tell, or a socket closed just now
        return False
