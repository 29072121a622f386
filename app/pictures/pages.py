"""The pages of a PDF: what each shows, and how large it is."""

from collections.abc import Collection, Sequence
from math import ceil
from typing import NamedTuple

from app.apart import apart
from app.errors import Invalid
from app.hub.view import View
from app.outline import reading_order
from app.pictures.excerpt import framed, known, part
from app.pictures.wanted import WantedPages
from app.shapes import Box, Frame

POINT = 0.75  # pt a px, of which an inch has 96
LARGEST = 14_400.0  # pt a side, beyond which programs that show PDF may refuse
SMALLEST = 3.0
MOST = 100  # pages
PAPERS = {"a4": ("A4", 595.276, 841.89), "letter": ("Letter", 612.0, 792.0)}  # pt


class Page(NamedTuple):
    """`ids` are the shapes on it, None are all; `box` is the part of the board, `width` and `height` are pt."""

    ids: Collection[str] | None
    box: Box
    width: float
    height: float


async def pages(view: View, wanted: WantedPages) -> list[Page]:
    """Raises Invalid for what is not on the board, for more than `MOST` pages, and for none."""
    if wanted.pages == "frames":
        return await filled(view, wanted, [page(framed(view, id)) for id in await frames(view)])
    chosen, box = await part(view, wanted)
    if wanted.pages == "board" and wanted.frame is None:
        return [page(box)._replace(ids=chosen)]
    return await filled(view, wanted, [page(box)] if wanted.pages == "board" else sheets(box, wanted.pages))


async def filled(view: View, wanted: WantedPages, empty: Sequence[Page]) -> list[Page]:
    """The pages with what of the wanted shapes is on each."""
    chosen = set(known(view, wanted.shapes)) if wanted.shapes is not None else None
    found = await view.overlapping([page.box for page in empty])
    if chosen is not None:
        found = [[id for id in ids if id in chosen] for ids in found]
    return [page._replace(ids=ids) for page, ids in zip(empty, found, strict=True)]


async def frames(view: View) -> list[str]:
    """In the order of the outline."""
    measured, _ = await view.measured()
    number = sum(isinstance(shape, Frame) for shape, _ in measured)
    if not number:
        raise Invalid("pages: there is no frame on this board. Ask for one page (pages=board).", field="pages")
    if number > MOST:
        raise Invalid(
            f"pages: this board has {number:,} frames. A PDF has at most {MOST} pages: ask for one frame.",
            field="pages",
            limit=MOST,
        )
    read = await apart(lambda: reading_order(measured))  # 20,000 notes take 60 ms to sort
    return [shape.id for shape, _ in read if isinstance(shape, Frame)]


def page(box: Box) -> Page:
    """All of the box, at 100 % or as large as a page may be."""
    wide, high = box[2] - box[0], box[3] - box[1]
    scale = min(POINT, LARGEST / wide, LARGEST / high)
    return Page(None, box, max(SMALLEST, wide * scale), max(SMALLEST, high * scale))


def sheets(box: Box, paper: str) -> list[Page]:
    """The sheets that the box takes, row by row, with the drawing in their middle. They lie as fewer of them do."""
    name, short, long = PAPERS[paper]
    left, top, right, bottom = box
    upright, lying = (
        (ceil((right - left) * POINT / width), ceil((bottom - top) * POINT / height), width, height)
        for width, height in ((short, long), (long, short))
    )
    across, down, width, height = min(upright, lying, key=lambda one: one[0] * one[1])
    if across * down > MOST:
        raise Invalid(
            f"pages: this would take {across * down:,} sheets of {name}. A PDF has at most {MOST} pages: ask for "
            "one page (pages=board), for a frame or for some shapes.",
            field="pages",
            limit=MOST,
        )
    wide, high = width / POINT, height / POINT
    x, y = (left + right - across * wide) / 2, (top + bottom - down * high) / 2
    places = [(x + column * wide, y + row * high) for row in range(down) for column in range(across)]
    return [Page(None, (x, y, x + wide, y + high), width, height) for x, y in places]
