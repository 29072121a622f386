import os
import resource
import socket

import pytest

from app.listening import UNACKNOWLEDGED, listen, most_files, most_streams, often


def test_connections_inherit_how_long_they_may_take_nothing() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNACKNOWLEDGED <= 15_000


def test_there_is_room_for_fewer_streams_than_files() -> None:
    assert 0 < most_streams() < most_files()


def test_a_system_that_refuses_many_files_is_asked_for_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def refuse(_what: int, limits: tuple[int, int]) -> None:
        asked.append(limits[0])
        if limits[0] > 10_240:
            raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert most_files() == 10_240
    assert asked == [65_536, 10_240]


def test_no_copy_of_the_listener_blocks_another_process() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        elsewhere = socket.socket(fileno=os.dup(listener.fileno()))
        elsewhere.setblocking(False)
        copies = often(socket.socket(fileno=os.dup(listener.fileno())), 3)
        for one in (elsewhere, *copies):
            assert not os.get_blocking(one.fileno())
            one.close()
