"""Pictures of the templates that come with Easel, each drawn once."""

import asyncio
import hashlib
from dataclasses import dataclass

from app.convex.thumbnail_shelf import THEMES, Theme
from app.drawing import render
from app.drawing.measure import bounds
from app.drawing.render import Paper
from app.exchange.templates import Template
from app.hub.drawing import Drawing
from app.pictures.thumbnails import SIZE, framed


@dataclass(frozen=True)
class Cover:
    svg: bytes
    etag: str


class Covers:
    def __init__(self) -> None:
        self._drawn: dict[tuple[str, Theme], Cover] = {}
        self._one = asyncio.Lock()

    async def of(self, template: Template, theme: Theme) -> Cover:
        async with self._one:
            if (template.slug, theme) not in self._drawn:
                self._drawn[template.slug, theme] = await drawn(template, theme)
            return self._drawn[template.slug, theme]


async def drawn(template: Template, theme: Theme) -> Cover:
    drawing = Drawing(render.shapes, bounds)
    drawing.load(await asyncio.to_thread(template.shapes))
    await drawing.prepare(drawing.shapes())
    paper = Paper(template.title, framed(drawing.bounds()), SIZE, THEMES.index(theme))
    svg = "".join([piece async for piece in render.picture(paper, drawing.pieces())]).encode()
    return Cover(svg, f'W/"{hashlib.sha256(svg).hexdigest()[:32]}"')  # weak: it may come compressed
