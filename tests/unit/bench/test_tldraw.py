import json
import struct
from base64 import b64decode
from pathlib import Path

import pytest

from bench.peers.tldraw.client import frame, whole
from bench.peers.tldraw.records import index, path

LOCK = Path("bench/peers/tldraw/package-lock.json")


def test_the_lock_names_versions_and_no_registry() -> None:
    packages = json.loads(LOCK.read_text())["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all(name == "" or package["integrity"].startswith("sha512-") for name, package in packages.items())


def test_a_path_is_a_point_and_then_steps() -> None:
    assert struct.unpack("<2f2e", b64decode(path([1.5, 2.0, 2.0, 1.0]))) == (1.5, 2.0, 0.5, -1.0)


def test_an_index_has_four_digits_to_the_base_62() -> None:
    assert [index(0), index(61), index(62)] == ["d0000", "d000z", "d0010"]


@pytest.mark.parametrize(("size", "head"), [(5, 2), (200, 4), (70_000, 10)])
def test_a_message_says_how_long_it_is(size: int, head: int) -> None:
    assert len(frame(bytes(size))) == head + 4 + size
    server = bytearray(frame(bytes(size)))
    server[1] &= 0x7F
    assert whole(server) == head + size
