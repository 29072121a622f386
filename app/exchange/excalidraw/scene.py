"""The Excalidraw drawing inside a picture that Excalidraw exported "with the scene"."""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import orjson

from app.exchange.ground.drawing import Refused

KEYWORD = b"application/vnd.excalidraw+json"
PNG = b"\x89PNG\r\n\x1a\n"
START, END = b"<!-- payload-start -->", b"<!-- payload-end -->"
LARGEST = 64 * 2**20  # bytes of the drawing, unpacked
DAMAGED = "This picture has an Excalidraw drawing in it, but a part of that is missing or damaged."


def scene_of(data: bytes) -> bytes | None:
    """The drawing's JSON; None for a picture without one. Raises Refused."""
    try:
        if data.startswith(PNG):
            return next((unpacked(text.decode("latin-1")) for key, text in texts(data) if key == KEYWORD), None)
        payload, ended, _ = data.partition(START)[2].partition(END) if KEYWORD in data else (b"", b"", b"")
        if ended:
            return unpacked(base64.b64decode(payload).decode("latin-1"))
    except (ValueError, TypeError, KeyError, zlib.error, binascii.Error, struct.error):
        raise Refused(DAMAGED) from None
    return None


def texts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keyword and text of each `tEXt` chunk."""
    at = len(PNG)
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"tEXt":
            key, _, text = png[at + 8 : at + 8 + length].partition(b"\0")
            yield key, text
        at += 12 + length


def unpacked(text: str) -> bytes:
    """Excalidraw writes bytes as characters up to U+00FF, and packs them."""
    found: dict[str, Any] = orjson.loads(text)
    if "encoded" not in found:
        return text.encode()
    body = found["encoded"].encode("latin-1")
    if not found.get("compressed"):
        return bytes(body)
    inflate = zlib.decompressobj()
    scene = inflate.decompress(body, LARGEST)
    if inflate.unconsumed_tail:
        raise Refused(f"The drawing in this picture takes more than {LARGEST // 2**20} MiB.")
    return scene
