"""Pictures of the templates that come with Easel, each drawn once."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Literal

from app.convex.thumbnail_shelf import THEMES, Theme
from app.drawing import render
from app.drawing.hairline import least
from app.drawing.measure import bounds
from app.drawing.render import Paper
from app.exchange.templates import Template
from app.hub.drawing import Drawing
from app.pictures.painter import Painter
from app.pictures.thumbnails import SIZE, framed

Form = Literal["svg", "png"]
SHARPNESS = 2.5  # px of a PNG for each of a thumbnail: 1200 px wide, as other sites like to show one


@dataclass(frozen=True)
class Cover:
    body: bytes
    etag: str


class Covers:
    """`painter` makes the PNGs."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._drawn: dict[tuple[str, Theme, Form], Cover] = {}
        self._one = asyncio.Lock()

    async def of(self, template: Template, theme: Theme, form: Form) -> Cover:
        """Raises Unavailable if too many pictures are waited for."""
        key = template.slug, theme, form
        async with self._one:
            if key not in self._drawn:
                body = await (self._svg if form == "svg" else self._png)(template, THEMES.index(theme))
                self._drawn[key] = Cover(body, f'W/"{hashlib.sha256(body).hexdigest()[:32]}"')  # it may come compressed
            return self._drawn[key]

    async def _svg(self, template: Template, theme: int) -> bytes:
        drawing = await drawn(template)
        paper = Paper(template.title, framed(drawing.bounds()), SIZE, theme)
        return "".join([piece async for piece in render.picture(paper, drawing.pieces())]).encode()

    async def _png(self, template: Template, theme: int) -> bytes:
        drawing = await drawn(template)
        width, height = (round(SHARPNESS * side) for side in SIZE)
        box = framed(drawing.bounds())
        paper = Paper("", box, (width, height), theme, fonts=False, least=least(width / (box[2] - box[0])))
        async with self._painter.painted(template.slug, drawing.pieces(), paper) as png:
            return png.read()


async def drawn(template: Template) -> Drawing:
    drawing = Drawing(render.shapes, bounds)
    drawing.load(await asyncio.to_thread(template.shapes))
    await drawing.prepare(drawing.shapes())
    return drawing
