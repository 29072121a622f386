"""tldraw's ink. Its points are objects in older files; since version 3 of their kind they are numbers in base64."""

import binascii
import struct
from base64 import b64decode
from itertools import accumulate
from typing import Any

from app.exchange.ground.points import fewer
from app.exchange.ground.values import between, entries, number
from app.exchange.tldraw import style
from app.exchange.tldraw.store import Record
from app.shapes.declared import LIMITS

OPACITY = 0.5  # of their highlighter
FIRST, NEXT = struct.Struct("<3f"), struct.Struct("<3e")  # x, y and pressure of a point; of those after it the steps

Point = tuple[float, float, float]


def ink(shape: Record, props: dict[str, Any]) -> dict[str, Any]:
    found = [point for segment in entries(props.get("segments")) for point in points_of(segment)]
    sides = (number(props.get("scaleX"), 1), number(props.get("scaleY"), 1))
    flat = [round(value, 1) for x, y, _ in found for value in (x * sides[0], y * sides[1])]
    marker = shape["type"] == "highlight"
    wide = style.width(props, style.LETTERS, style.HIGHLIGHTER) if marker else style.width(props)
    fields = {"kind": "stroke", "width": wide, **({"opacity": OPACITY} if marker else {})}
    if props.get("isPen") is True and len(found) <= LIMITS["pressed"]:
        return {**fields, "points": flat, "pressures": [round(between(0, z, 1), 2) for _, _, z in found]}
    return {**fields, "points": fewer(flat, LIMITS["points"])}


def points_of(segment: dict[str, Any]) -> list[Point]:
    if isinstance(segment.get("path"), str):
        return from_steps(packed(segment["path"]))
    if isinstance(segment.get("points"), str):  # of the first files with base64: no steps
        body = packed(segment["points"])
        return finite(NEXT.iter_unpack(body[: len(body) // NEXT.size * NEXT.size]))
    given = entries(segment.get("points"))
    return [(number(one.get("x")), number(one.get("y")), number(one.get("z"), 0.5)) for one in given]


def from_steps(body: bytes) -> list[Point]:
    if len(body) < FIRST.size:
        return []
    rest = body[FIRST.size :]
    steps = [FIRST.unpack_from(body), *NEXT.iter_unpack(rest[: len(rest) // NEXT.size * NEXT.size])]
    return finite(zip(*(accumulate(axis) for axis in zip(*steps, strict=True)), strict=True))


def packed(text: str) -> bytes:
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def finite(points: Any) -> list[Point]:
    return [(number(x), number(y), number(z, 0.5)) for x, y, z in points]
