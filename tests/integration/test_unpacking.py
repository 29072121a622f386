"""Boards that come back from a ZIP archive, and archives that are refused."""

import base64
import io
import json
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from harness.people import Answer, Person, shape_of_kind
from harness.pictures import add, picture
from tests.integration.archives import EMPTY, made, zipped

Json = dict[str, Any]
MIB = 2**20


async def sent(person: Person, archive: bytes, key: str | None = None, **headers: str) -> Answer:
    keyed = {"Idempotency-Key": key} if key else {}
    return await person.request("POST", "/archive/import", data=io.BytesIO(archive), headers=keyed | headers)


def drawn(file: bytes) -> Json:
    """An Easel file, whatever its shapes and pictures are called."""
    found = json.loads(file)
    apart = ("id", "file", "group", "from", "to")
    shapes = [{name: value for name, value in shape.items() if name not in apart} for shape in found["shapes"]]
    return {"title": found["title"], "shapes": shapes, "pictures": len(found["pictures"])}


async def boards(person: Person) -> list[Json]:
    found: list[Json] = (await person.get("/boards")).json["boards"]
    return found


async def test_boards_come_back_from_their_archive(ana: Person, ben: Person) -> None:
    before = [await ana.create_board(title) for title in ("Plan", "plan", "Größe: ä/b")]
    note = shape_of_kind("note", text="Buy milk", group="g")
    await ana.draw(before[0], note, shape_of_kind("ellipse", x=100, y=50, w=90, h=40, color="red", group="g"))
    await add(ana, before[1], picture(300, 200, "#336699"), alt="A sea")
    answer = await sent(ben, await made(ana))
    assert answer.status == 201, answer.body
    assert (answer.json["total"], answer.json["refused"], answer.json["stopped"]) == (3, [], None)
    after = {board["title"]: board["id"] for board in answer.json["boards"]}
    assert sorted(board["title"] for board in await boards(ben)) == sorted(after)
    for board in before:
        file = (await ana.get(f"/boards/{board}.easel.json")).body
        again = (await ben.get(f"/boards/{after[json.loads(file)['title']]}.easel.json")).body
        assert drawn(again) == drawn(file)
    (shape,) = await ben.shapes(after["plan"])
    assert (await ben.get(f"/boards/{after['plan']}/images/{shape['file']}")).status == 200


async def test_the_same_archive_again_with_its_key_makes_nothing_new(ana: Person) -> None:
    archive = zipped({"a.easel.json": EMPTY, "b.easel.json": EMPTY})
    first, second = [(await sent(ana, archive, "again")).json for _ in range(2)]
    assert (first, len(await boards(ana))) == (second, 2)


async def test_each_board_is_said_as_it_comes(ana: Person) -> None:
    answer = await sent(ana, zipped({"a.easel.json": EMPTY, "b.easel.json": EMPTY}), Accept="application/x-ndjson")
    *counts, last = [json.loads(line) for line in answer.body.splitlines()]
    assert counts == [{"done": n, "total": 2} for n in range(3)]
    assert [board["title"] for board in last["boards"]] == ["Empty", "Empty"]


async def test_a_damaged_board_is_named_and_the_others_come(ana: Person) -> None:
    archive = zipped({"a.easel.json": EMPTY, "in a folder/bad.easel.json": b"{", "picture.svg": b"<svg/>"})
    answer = (await sent(ana, archive)).json
    assert [board["title"] for board in answer["boards"]] == ["Empty"]
    assert [board["name"] for board in answer["refused"]] == ["in a folder/bad.easel.json"]
    assert len(await boards(ana)) == 1
    html = await sent(ana, archive, Accept="text/html")
    assert b"1 of 2 boards opened" in html.body


def patched(archive: bytes, offset: int, value: int) -> bytes:
    """With another 16 bit number in the header of its one entry, and in the directory."""
    body = bytearray(archive)
    struct.pack_into("<H", body, offset, value)
    struct.pack_into("<H", body, body.index(b"PK\x01\x02") + offset + 2, value)
    return bytes(body)


def damaged() -> bytes:
    archive = bytearray(zipped({"a.easel.json": EMPTY}, zipfile.ZIP_STORED))
    archive[archive.index(b"Empty")] ^= 1
    return bytes(archive)


def twice() -> bytes:
    archive = zipped({"a.easel.json": EMPTY, "b.easel.json": EMPTY})
    return archive.replace(b"b.easel.json", b"A.easel.json")


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive": (lambda: EMPTY, "a part of it is missing or damaged"),
    "cut off": (lambda: zipped({"a.easel.json": EMPTY})[:-9], "a part of it is missing or damaged"),
    "nothing": (lambda: b"", "a part of it is missing or damaged"),
    "no boards": (lambda: zipped({"a.txt": b"Milk"}), "no boards of Easel's (.easel.json)"),
    "a path out": (lambda: zipped({"../a.easel.json": EMPTY}), "leads out of it: '../a.easel.json'"),
    "a path from the root": (lambda: zipped({"/a.easel.json": EMPTY}), "leads out of it"),
    "a path of Windows": (lambda: zipped({"C:\\a.easel.json": EMPTY}), "leads out of it"),
    "the same name twice": (twice, "has A.easel.json twice"),
    "another archive": (lambda: zipped({"a.easel.json": EMPTY, "b.zip": zipped({})}), "another one in it, b.zip"),
    "encrypted": (
        lambda: patched(zipped({"a.easel.json": EMPTY}), 6, 1),
        "a.easel.json in this ZIP archive is encrypted",
    ),
    "packed otherwise": (lambda: patched(zipped({"a.easel.json": EMPTY}), 8, 99), "in a way that Easel does not know"),
    "a wrong checksum": (damaged, "a.easel.json in this ZIP archive is damaged"),
    "too many entries": (lambda: zipped({f"{n}.txt": b"" for n in range(2_501)}), "2,501 entries"),
    "too many boards": (lambda: zipped({f"{n}.easel.json": b"" for n in range(1_001)}), "1,001 boards"),
    "a bomb": (lambda: zipped({"a.easel.json": bytes(65 * MIB)}), "more than 64 MiB when it is unpacked"),
    "many bombs": (lambda: bombs(33), "more than 2 GiB when they are unpacked"),
}


def bombs(count: int) -> bytes:
    """Boards of 64 MiB each that say so, and have nothing."""
    archive = bytearray(zipped({f"{n}.easel.json": b"" for n in range(count)}))
    at = -1
    while (at := archive.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<L", archive, at + 24, 64 * MIB)
    return bytes(archive)


@pytest.mark.parametrize("case", CASES)
async def test_a_bad_archive_is_refused_with_a_sentence(ana: Person, case: str) -> None:
    make, sentence = CASES[case]
    answer = await sent(ana, make())
    assert (answer.status, answer.error["code"], answer.error["field"]) == (422, "invalid", "file"), answer.body
    assert sentence in answer.error["message"], answer.error
    assert await boards(ana) == []


async def test_a_board_that_lies_about_its_size_is_refused(ana: Person) -> None:
    archive = bytearray(zipped({"a.easel.json": base64.b64encode(bytes(MIB))}))
    struct.pack_into("<L", archive, archive.index(b"PK\x01\x02") + 24, 100)
    answer = await sent(ana, bytes(archive))
    assert (answer.status, await boards(ana)) == (422, [])
