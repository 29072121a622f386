"""The bench's strokes as tldraw's records."""

import struct
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def record(stroke: dict[str, Any], number: int) -> dict[str, Any]:
    """A draw shape, the `number`th from the back of the page."""
    return {
        "id": f"shape:{stroke['id']}",
        "typeName": "shape",
        "type": "draw",
        "x": stroke["x"],
        "y": stroke["y"],
        "rotation": 0,
        "index": index(number),
        "parentId": "page:page",
        "isLocked": False,
        "opacity": 1,
        "props": {
            "color": "blue",
            "fill": "none",
            "dash": "draw",
            "size": "m",
            "segments": [{"type": "free", "path": path(stroke["points"]), "dim": 2}],
            "isComplete": True,
            "isClosed": False,
            "isPen": False,
            "scale": 1,
            "scaleX": 1,
            "scaleY": 1,
        },
        "meta": {},
    }


def path(points: Sequence[float]) -> str:
    """In base64: two floats of 32 bits for the first point, then two of 16 bits for each step."""
    xs, ys = points[::2], points[1::2]
    steps = [step for n in range(1, len(xs)) for step in (xs[n] - xs[n - 1], ys[n] - ys[n - 1])]
    return b64encode(struct.pack(f"<2f{len(steps)}e", xs[0], ys[0], *steps)).decode()


def index(number: int) -> str:
    """A fractional index: a letter for the number of digits, then so many digits to the base 62."""
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return f"d{digits}"
