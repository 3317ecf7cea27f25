import http.client
import socket
import time
from contextlib import closing
from pathlib import Path

from dlviz.ui.sockets import send_at_once
from tests.browser.server import served

SLOW = 0.03  # seconds: a system holds its confirmation back for 0.04 at least


def test_connections_to_a_socket_that_names_no_protocol_send_at_once() -> None:
    with closing(socket.socket(socket.AF_INET)) as listening, closing(socket.socket(socket.AF_INET)):
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert send_at_once() >= 1
        with closing(socket.create_connection(listening.getsockname())):
            accepted, _ = listening.accept()
            with closing(accepted):
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_sockets_that_are_closed_or_wait_for_nobody_are_left_alone() -> None:
    with closing(socket.socket(socket.AF_INET)) as waiting_for_nobody:
        socket.socket(socket.AF_INET).close()
        send_at_once()
        assert not waiting_for_nobody.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_served_app_holds_no_answer_back(tmp_path: Path) -> None:
    with (
        served("app.py", tmp_path, DLVIZ_SHELF=str(tmp_path / "shelf")) as server,
        closing(http.client.HTTPConnection(server.url.removeprefix("http://"))) as connection,
    ):
        taken = [_seconds(connection) for _ in range(40)]
    assert min(taken[20:]) < SLOW  # held back, each would take longer; the first ones are confirmed at once anyway


def _seconds(connection: http.client.HTTPConnection) -> float:
    start = time.perf_counter()
    connection.request("GET", "/_stcore/health")
    connection.getresponse().read()
    return time.perf_counter() - start
