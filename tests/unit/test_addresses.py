"""What `make run` prints is where people really find it."""

import socket

import pytest

from launch import addresses
from launch.addresses import lines
from launch.plan import Plan

PLAN = Plan("127.0.0.1", 8000, 1, None, ".data", False, None, None, 86_400)


def test_one_interface_is_one_address() -> None:
    assert lines(PLAN._replace(host="127.0.0.1"), 8000) == ["Easel is at http://127.0.0.1:8000"]
    assert lines(PLAN._replace(host="::1"), 8000) == ["Easel is at http://[::1]:8000"]


def test_a_public_origin_is_the_address() -> None:
    plan = PLAN._replace(host="0.0.0.0", public_origin="https://easel.example")
    assert lines(plan, 8000) == ["Easel is at https://easel.example"]


def test_all_interfaces_have_a_network_address_and_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "network_address", lambda _host: "192.168.1.5")
    here, outside, code = lines(PLAN._replace(host="0.0.0.0"), 8000)
    assert here == "Easel is at http://127.0.0.1:8000"
    assert outside == "On this network it is at http://192.168.1.5:8000"
    rows = code.splitlines()
    assert len(rows) > 10
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_machine_without_a_network_has_its_own_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert lines(PLAN._replace(host="0.0.0.0"), 8000) == ["Easel is at http://127.0.0.1:8000"]
