import socket

from app.listening import UNACKNOWLEDGED, listen, most_files, most_streams
from app.settings import Settings


def test_connections_inherit_how_long_they_may_take_nothing() -> None:
    with listen(Settings(port=0)) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNACKNOWLEDGED <= 15_000


def test_there_is_room_for_fewer_streams_than_files() -> None:
    assert 0 < most_streams() < most_files()
