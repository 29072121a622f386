"""Pictures in a drawing: those that it holds become pictures on the board."""

from collections import Counter
from math import atan2, hypot
from typing import Any

from app.exchange.ground.data import in_url
from app.exchange.svg.parts import Part, href
from app.exchange.svg.transforms import scale_of


def raster(part: Part, pictures: dict[str, bytes], lost: Counter[str]) -> dict[str, Any] | None:
    """None, and counted, for one that is not in the file, or that is a drawing itself."""
    picture = in_url(href(part.source))
    w, h = part.length("width", part.view.w), part.length("height", part.view.h)
    if not picture or picture.lstrip()[:1] == b"<" or w <= 0 or h <= 0:
        lost["inner" if picture else "picture"] += 1
        return None
    key = str(len(pictures))
    pictures[key] = picture
    a, b, *_ = part.matrix
    across = hypot(a, b)
    down = scale_of(part.matrix) ** 2 / across if across else 0.0
    x, y = part.matrix.transformPoint((part.length("x", part.view.w), part.length("y", part.view.h)))
    place = {"x": round(x, 2), "y": round(y, 2), "rotation": round(atan2(b, a), 6)}
    return {
        "kind": "image",
        "file": key,
        **place,
        "w": round(w * across, 2),
        "h": round(h * down, 2),
        "opacity": part.opacity,
    }
