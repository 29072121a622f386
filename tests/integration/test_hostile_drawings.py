"""Drawings that are damaged or meant to do harm: refused with one sentence, and nothing is half imported."""

import io
import json
import re
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from app.web.arriving import LARGEST
from harness.drawings import element, excalidraw, tldraw, tldraw_shape
from harness.people import Person

MIB = 2**20
Body = Callable[[], bytes]


def easel(**fields: Any) -> bytes:
    return json.dumps({"type": "easel", "version": 1, "title": "t", "shapes": [], "pictures": {}} | fields).encode()


def scene(text: bytes, *, packed: bool = True) -> bytes:
    """A PNG with a drawing in it."""
    encoded = (zlib.compress(text, 9) if packed else text).decode("latin-1")
    body = json.dumps({"encoded": encoded, "compressed": packed}, ensure_ascii=False).encode("latin-1")
    chunk = b"application/vnd.excalidraw+json\0" + body
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(chunk)) + b"tEXt" + chunk + b"\0\0\0\0"


def nested(depth: int) -> bytes:
    return b'{"type":"excalidraw","elements":' + b"[" * depth + b"]" * depth + b"}"


NOTE = {"id": "a", "kind": "note"}
CASES: dict[str, tuple[Body, str]] = {
    "no bytes": (lambda: b"", "empty"),
    "cut off": (lambda: excalidraw(element("a"))[:-20], "missing or damaged"),
    "not a number": (lambda: b'{"type":"easel","version":1,"shapes":[{"x":NaN}]}', "missing or damaged"),
    "an endless number": (lambda: b'{"type":"easel","version":1e999,"shapes":[]}', "missing or damaged"),
    "an unknown version": (lambda: easel(version=99), "newer Easel"),
    "a bad shape": (lambda: easel(shapes=[NOTE | {"size": 1e6}]), "Shape 1 of this Easel board"),
    "a shape that is none": (lambda: easel(shapes=[{"id": "a", "kind": "__proto__"}]), "no kind"),
    "nothing in it": (lambda: excalidraw(), "nothing in this file"),
    "shapes in themselves": (
        lambda: tldraw(tldraw_shape("a", "group", parent="shape:b"), tldraw_shape("b", "group", parent="shape:a")),
        "nothing in this file",
    ),
    "nested deeply": (lambda: nested(500_000), "missing or damaged"),
    "a million elements": (
        lambda: b'{"type":"excalidraw","elements":[' + b'{"id":"a","type":"line"},' * 999_999 + b"{}]}",
        "499,999 shapes|500,000 shapes",
    ),
    "twenty million lists": (
        lambda: b'{"type":"excalidraw","elements":[' + b"[]," * 20 * 10**6 + b"[]]}",
        "more than 6,000,000 parts",
    ),
    "a PDF that is none": (lambda: b"%PDF-1.7\n", "PDF, but it is damaged"),
    "a picture that is none": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG picture, but"),
    "a ZIP archive": (lambda: b"PK\x03\x04" + bytes(100), "ZIP archive. Open it on the list of boards"),
    "an SVG with entities": (
        lambda: b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        "entities made of entities",
    ),
    "a scene that unpacks to 1 GB": (lambda: scene(b" " * 2**30), "more than 64 MiB"),
    "a scene that is none": (
        lambda: scene(b"no drawing", packed=False),
        "missing or damaged",
    ),
    "a clipboard that is packed": (lambda: b'{"type":"application/tldraw","data":"N4Ig"}', "only tldraw"),
    "words": (lambda: b"Buy milk", "text file"),
}


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board()


@pytest.fixture
async def boards(ana: Person, board: str) -> AsyncIterator[None]:
    """The person has as many boards afterwards as before, and nothing is on this one."""
    before = (await ana.get("/boards")).json["boards"]
    yield
    assert (await ana.get("/boards")).json["boards"] == before
    assert await ana.shapes(board) == []


@pytest.mark.usefixtures("boards")
@pytest.mark.parametrize("case", CASES)
async def test_a_bad_drawing_is_refused_with_a_sentence(ana: Person, board: str, case: str) -> None:
    make, sentence = CASES[case]
    body = make()
    for path in ("/boards/import", f"/boards/{board}/import"):
        answer = await ana.request("POST", path, data=io.BytesIO(body))
        assert (answer.status, answer.error["code"]) == (422, "invalid"), answer.body
        assert answer.error["message"].endswith("."), answer.error
        assert re.search(sentence, answer.error["message"]), answer.error


@pytest.mark.usefixtures("boards")
async def test_a_file_of_300_mb_is_refused_before_it_comes(ana: Person, board: str) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield bytes(MIB)

    headers = {"Content-Length": str(300 * MIB)}
    answer = await ana.request("POST", f"/boards/{board}/import", data=parts(), headers=headers)
    assert (answer.status, answer.error["code"]) == (413, "too_large")


@pytest.mark.usefixtures("boards")
async def test_a_file_that_turns_out_too_large_is_refused(ana: Person, board: str) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // MIB + 1):
            yield bytes(MIB)

    answer = await ana.request("POST", f"/boards/{board}/import", data=parts())
    assert (answer.status, answer.error["code"]) == (413, "too_large")
