"""The shapes of a picture, and the part of the board that it shows. The only place that selects them."""

from collections.abc import Collection
from typing import NamedTuple

from app.drawing.boxes import grown, on_board
from app.errors import Invalid
from app.hub.view import PADDING, View
from app.pictures.wanted import Part
from app.shapes import Box, Frame

EMPTY: Box = (0.0, 0.0, 1280.0, 800.0)  # of a board with nothing on it
EDGE = 1.0  # px around a frame, for its line


class Excerpt(NamedTuple):
    """`pieces` are elements of SVG in z order; `box` is left, top, right, bottom in board px."""

    pieces: list[str]
    box: Box


async def excerpt(view: View, wanted: Part) -> Excerpt:
    """Raises Invalid for what is not on the board."""
    chosen, box = await part(view, wanted)
    if wanted.frame is not None and chosen is None:
        (chosen,) = await view.overlapping([box])
    return Excerpt(await view.excerpt(chosen), box)


async def part(view: View, wanted: Part) -> tuple[Collection[str] | None, Box]:
    """What the frame shows, or these shapes with some room around, or both: these shapes, as far as the frame shows
    them. None are all. Raises Invalid for what is not on the board.
    """
    chosen = known(view, wanted.shapes) if wanted.shapes is not None else None
    if wanted.frame is not None:
        return chosen, framed(view, wanted.frame)
    around = await view.bounds(chosen)
    return chosen, grown(around, PADDING) if around else EMPTY


async def from_afar(view: View) -> list[str]:
    """All of the board as it looks from afar, where lengths are in px, and a line has few points."""
    return ['<g transform="scale(20)">', *await view.far_pieces(), "</g>"]


def known(view: View, ids: list[str]) -> list[str]:
    if missing := next((id for id in ids if view.find(id) is None), None):
        raise Invalid(f"shapes: there is no shape {missing} on this board.", field="shapes")
    return list(dict.fromkeys(ids))


def framed(view: View, id: str) -> Box:
    frame = view.find(id)
    if not isinstance(frame, Frame):
        raise Invalid(f"frame: there is no frame {id} on this board.", field="frame")
    return grown(on_board(frame, (0.0, 0.0, frame.w, frame.h)), EDGE)
