"""The process that draws pictures: what it makes, and that it can break nothing but itself."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from PIL import Image

from app.convex.files import Files
from app.drawing.render import Paper
from app.errors import Invalid
from app.pictures.painter import JOB, Painter
from app.workers.pool import Job, Pool
from tests.drawn import draw, samples, shape

BOX = (-100.0, -100.0, 300.0, 300.0)


def painter(job: Job = JOB, workers: int = 1) -> Painter:
    return Painter(Pool(workers), cast(Files, None), job)  # none of these drawings has a picture on it


async def painted(pieces: Sequence[str], size: tuple[int, int] = (200, 200), by: Painter | None = None) -> Image.Image:
    async with (by or painter()).painted("b", pieces, Paper("", BOX, size, 0, fonts=False)) as png:
        return Image.open(io.BytesIO(png.read())).convert("RGBA")


async def test_every_kind_of_shape_is_drawn() -> None:
    pieces = [drawn for drawn in draw(samples()) if "<image" not in drawn]
    assert len((await painted(pieces)).getcolors(2**20) or []) > 20


async def test_a_row_of_several_fonts_loses_no_letter() -> None:
    """resvg alone draws "Tiếg", or all of it in another font."""

    async def width(text: str) -> int:
        pieces = draw([shape("t", "text", text=text, size=40)])
        paper = Paper("", (-50.0, -50.0, 750.0, 150.0), (800, 200), 0, background=False, fonts=False)
        async with painter().painted("b", pieces, paper) as png:
            left, _, right, _ = Image.open(io.BytesIO(png.read())).convert("RGBA").getbbox() or (0, 0, 0, 0)
        return right - left

    assert await width("Tiếng") == pytest.approx(await width("Tiêng"), abs=2)
    assert await width("Łódź и") > await width("Łódź") > await width("Łód")


async def test_a_drawing_that_takes_too_much_is_refused_and_the_next_drawn() -> None:
    wide = draw([shape(f"s{n}", "rectangle", w=400, h=400, x=-100, y=-100, opacity=0.5) for n in range(400)])
    note = draw([shape("s", "note")])
    poor = (replace(JOB, memory=60 * 2**20), wide), (replace(JOB, cpu=1), wide), (replace(JOB, largest=100), note)
    for job, drawing in poor:
        with pytest.raises(Invalid, match="too much memory or time"):
            await painted(drawing, (3000, 3000), painter(job))
    modest = painter(replace(JOB, memory=400 * 2**20, cpu=2))
    assert (await painted(note, by=modest)).size == (200, 200)


async def test_who_goes_away_leaves_no_process_and_no_turn_taken() -> None:
    own = painter()
    heavy = draw([shape(f"s{n}", "rectangle", w=400, h=400, x=-100, y=-100, opacity=0.5) for n in range(400)])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await painted(heavy, (3000, 3000), own)
    assert (await painted(draw([shape("s", "note")]), by=own)).size == (200, 200)
