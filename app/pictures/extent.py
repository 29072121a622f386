"""How large a picture is, in px."""

from math import ceil, sqrt
from typing import NamedTuple

from app.errors import Invalid
from app.pictures.wanted import MAX_PIXELS, MAX_SIDE, Wanted
from app.shapes import Box

USUAL = 6_000_000  # px of a picture for which nobody gave a size. 10,000 strokes take 2.7 s
ALMOST = 1e-6  # px: what rounding may add to a side


class Extent(NamedTuple):
    """`box` is the part of the board, a fraction of a px larger than asked for, so that it fills whole px."""

    width: int
    height: int
    box: Box


def extent(box: Box, wanted: Wanted) -> Extent:
    """Raises Invalid for one that would be too large."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if wanted.width is not None:
        return checked(box, wanted.width / wide, "width")
    if wanted.scale is not None:
        return checked(box, wanted.scale, "scale")
    return scaled(box, min(1.0, largest(wide, high, USUAL)))


def checked(box: Box, scale: float, field: str) -> Extent:
    found = scaled(box, scale)
    wide, high = box[2] - box[0], box[3] - box[1]
    most = largest(wide, high, MAX_PIXELS)
    if scale > most * (1 + 1e-9):
        width = int(wide * most)
        raise Invalid(
            f"{field}: this picture would have {found.width:,} × {found.height:,} px. One has at most {MAX_SIDE:,} px "
            f"a side and {MAX_PIXELS // 10**6} megapixels: "
            + (f"ask for width={width} or less." if width else f"leave {field} out."),
            field=field,
            limit=width,
        )
    return found


def largest(wide: float, high: float, pixels: int) -> float:
    """The scale of the largest picture with so many pixels."""
    return min(MAX_SIDE / wide, MAX_SIDE / high, sqrt(pixels / (wide * high)))


def scaled(box: Box, scale: float) -> Extent:
    left, top, right, bottom = box
    width, height = (max(1, ceil(scale * length - ALMOST)) for length in (right - left, bottom - top))
    return Extent(width, height, (left, top, left + width / scale, top + height / scale))
