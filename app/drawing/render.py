"""Everything that is drawn: pages, shapes, and what the stream swaps into a page.

`app.main` adds its own functions, such as `asset`, to `environment.globals`.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.apart import apart
from app.drawing import markup
from app.drawing.contrast import PAPER
from app.drawing.flat import flat
from app.drawing.fonts import needed, subsets
from app.drawing.hairline import USUAL, thickened
from app.drawing.qr import qr
from app.pace import Pace
from app.shapes import PALETTE, Box, Find, Shape
from app.shapes.declared import CHOICES, MORE_FIGURES, TOOLS

STYLE = Path(__file__).parents[2] / "static/css/shapes.css"  # the page links it


def size_of(count: int) -> str:
    """Bytes for people: `12 KiB`, `0.4 MiB`, `256 MiB`."""
    if 0 < count < 2**20 / 10:
        return f"{max(1, round(count / 2**10))} KiB"
    return f"{count / 2**20:.1f} MiB".replace(".0 ", " ")


def day_of(time: float) -> str:
    """ms since the epoch for people, in UTC: `1 Dec 2026`."""
    return f"{datetime.fromtimestamp(time / 1000, UTC):%-d %b %Y}"


environment = Environment(
    loader=FileSystemLoader(Path(__file__).parents[2] / "templates"),
    autoescape=True,  # and not select_autoescape(): that one leaves names such as board.svg unescaped
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals |= {"fonts": subsets, "tools": TOOLS, "more_figures": MORE_FIGURES}
environment.globals |= {"choices": CHOICES, "palette": PALETTE}
environment.tests |= markup.TESTS
environment.filters |= {**markup.FILTERS, "size": size_of, "day": day_of, "qr": qr}


def warm() -> None:
    """Compile the templates, which takes 0.2 s that the first visitor would wait for. They are kept."""
    for name in environment.list_templates():
        environment.get_template(name)


def page(template: str, **context: Any) -> str:
    return environment.get_template(template).render(context)


class Paper(NamedTuple):
    """What a picture of a board has around the drawing. `box` is the part of the board, left, top, right, bottom.

    With `theme`, 0 light or 1 dark, every program shows the same colours; without one they follow the reader's system.
    `least` is the width of its thinnest lines, in the drawing's own unit.
    """

    title: str
    box: Box
    size: tuple[int, int] | None = None  # px; None: as large as the window
    theme: int | None = None
    background: bool = True
    fonts: bool = True
    least: float = 0


async def picture(paper: Paper, drawing: Sequence[str]) -> AsyncIterator[str]:
    """A board as a standalone SVG file, in pieces: around those of its drawing."""
    fonts = await apart(partial(needed, drawing)) if paper.fonts else []  # 100,000 shapes are 30 MB
    left, top, right, bottom = paper.box
    shell = page(
        "picture.html",
        paper=paper,
        view_box=[f"{length:.4f}".rstrip("0").rstrip(".") for length in (left, top, right - left, bottom - top)],
        canvas=PAPER[paper.theme or 0],
        style=Markup(STYLE.read_text()),
        fonts=fonts,
        width=max(USUAL, paper.least),
    )
    head, tail = shell.split("<!-- shapes -->")
    yield head
    pace = Pace()
    for piece in drawing:
        await pace.rest()
        shown = piece if paper.theme is None else flat(piece, paper.theme)
        yield thickened(shown, paper.least) if paper.least else shown
    yield tail


class Scene(NamedTuple):
    """What a shape's element tells besides the shape."""

    find: Find  # of the shapes that arrows are bound to
    images: str  # the address that files' names follow


def shapes(shapes: Sequence[Shape], find: Find, images: str = "") -> list[str]:
    """Each shape's SVG element."""
    return str(_macros("shapes/lines.html").lines(shapes, Scene(find, images))).split("\n")[:-1]


def changes(
    ts: int,
    removed: Iterable[str],
    placed: Iterable[tuple[str, str | None]],
    cells: Sequence[tuple[int, int]] = (),
) -> str:
    """The message that brings a page to the board at `ts`.

    `placed` are (element, data-before) in the order in which the page takes them: see Drawing.placed. `cells` are those
    that look different from afar.
    """
    elements = "".join([svg if before is None else _below(svg, before) for svg, before in placed])
    return str(_macros("stream.html").changes(ts, removed, Markup(elements), cells))


def whole(ts: int, elements: str) -> str:
    """The message that replaces all shapes of a page."""
    return str(_macros("stream.html").whole(ts, Markup(elements)))


def title(text: str) -> str:
    return str(_macros("stream.html").title(text))


def people(people: Sequence[Any]) -> str:
    return str(_macros("stream.html").people(people))


def faces(people: Sequence[Any]) -> Markup:
    """The items of a page's `#people`."""
    return Markup(_macros("stream.html").faces(people))


def _macros(template: str) -> Any:
    # Jinja keeps the compiled template, and the template its module; outside production a changed file is read again.
    return environment.get_template(template).module


def _below(svg: str, before: str) -> str:
    """The element marked to go right below another. Ids are of A-Z a-z 0-9 _ - and need no escape."""
    name, rest = svg.split(" ", 1)
    return f'{name} data-before="{before}" {rest}'
