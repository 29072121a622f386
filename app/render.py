"""Everything that is drawn: pages, shapes, and what the stream swaps into a page.

`app.main` adds its own functions, such as `asset`, to `environment.globals`.
"""

import math
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.points import extent, path_data
from app.shapes import Box, Find, Shape, Stroke

EMPTY_VIEW = "0 0 1280 800"  # of a picture with nothing on it
FAR = 100_000  # px from the board's origin, where a float32 still holds a path's whole twentieths at every zoom


class Board(Protocol):
    @property
    def title(self) -> str: ...
    def svg(self) -> str: ...
    def view_box(self) -> str | None: ...


def number(value: float) -> str:
    """At most hundredths, without trailing zeros: `12`, `0.5`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def degrees(radians: float) -> str:
    return number(math.degrees(math.fmod(radians, math.tau)))


def placed(shape: Shape) -> bool:
    """Whether the element needs a transform: it is turned or far away. Of the others the path says where they stand.

    Measured in Chromium with 5,000 strokes: a frame takes 17 ms, and 85 ms if each has a transform of its own.
    """
    return bool(shape.rotation) or max(abs(shape.x), abs(shape.y)) > FAR


def path(shape: Stroke) -> str:
    if placed(shape):
        return path_data(shape.points)
    return path_data(shape.points, round(20 * shape.x), round(20 * shape.y))


environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,  # and not select_autoescape(): that one leaves names such as board.svg unescaped
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.tests["placed"] = placed
environment.filters |= {"path": path, "num": number, "degrees": degrees}


def page(template: str, **context: Any) -> str:
    return environment.get_template(template).render(context)


async def picture(board: Board) -> AsyncIterator[str]:
    """The board as a standalone SVG file, in pieces."""
    shell = page("picture.html", title=board.title, view_box=board.view_box() or EMPTY_VIEW)
    head, tail = shell.split("<!-- shapes -->")
    for piece in (head, board.svg(), tail):
        yield piece


def shapes(shapes: Sequence[Shape], find: Find) -> list[str]:  # noqa: ARG001
    """Each shape's SVG element. `find` knows the shapes that arrows are bound to."""
    return str(_macros("shapes.html").lines(shapes)).split("\n")[:-1]


def bounds(shape: Shape, find: Find) -> Box:  # noqa: ARG001
    """left, top, right, bottom in board px, with the line's width and whatever the rotation."""
    points = getattr(shape, "points", None)
    left, top, right, bottom = extent(points) if points else (0, 0, getattr(shape, "w", 0), getattr(shape, "h", 0))
    if shape.rotation:
        far = max(abs(left), abs(right)) + max(abs(top), abs(bottom))
        left, top, right, bottom = -far, -far, far, far
    half = getattr(shape, "width", 0) / 2
    return shape.x + left - half, shape.y + top - half, shape.x + right + half, shape.y + bottom + half


def changes(ts: int, removed: Iterable[str], placed: Iterable[tuple[str, str | None]]) -> str:
    """The message that brings a page to the board at `ts`.

    `placed` are (element, data-before) in the order in which the page takes them: see Drawing.placed.
    """
    elements = "".join([svg if before is None else _below(svg, before) for svg, before in placed])
    return str(_macros("stream.html").changes(ts, removed, Markup(elements)))


def snapshot(ts: int, elements: str) -> str:
    """The message that replaces all shapes of a page."""
    return str(_macros("stream.html").snapshot(ts, Markup(elements)))


def title(text: str) -> str:
    return str(_macros("stream.html").title(text))


def people(people: Sequence[Any]) -> str:
    return str(_macros("stream.html").people(people))


def faces(people: Sequence[Any]) -> Markup:
    """The items of a page's `#people`."""
    return Markup(_macros("stream.html").faces(people))


def _macros(template: str) -> Any:
    # Jinja keeps the compiled template, and the template its module; a changed file is read again.
    return environment.get_template(template).module


def _below(svg: str, before: str) -> str:
    """The element marked to go right below another. Ids are of A-Z a-z 0-9 _ - and need no escape."""
    name, rest = svg.split(" ", 1)
    return f'{name} data-before="{before}" {rest}'
