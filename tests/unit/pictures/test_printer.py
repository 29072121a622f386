"""The process that makes PDFs, on boards that are too much for it."""

import random
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pypdfium2 as pdfium
import pytest

from app.convex.files import Files
from app.drawing import render
from app.drawing.measure import bounds
from app.errors import Invalid
from app.hub import Hub
from app.hub.cells import Cells
from app.hub.drawing import Drawing
from app.hub.view import View
from app.pictures import printer
from app.pictures.printer import JOB, Printer
from app.pictures.wanted import WantedPages
from app.workers.pool import Job, Pool
from tests.drawn import DEFAULTS, shape, stored


def board(made: Sequence[dict[str, Any]]) -> Hub:
    drawing = Drawing(render.shapes, bounds)
    drawing.load(map(stored, made))
    view = View(drawing, Cells(drawing), 100_000)
    return cast(Hub, SimpleNamespace(view=view, board_id="b", access=SimpleNamespace(title="Board")))


def strokes(number: int) -> Hub:
    given, points = random.Random(1), [value for n in range(60) for value in (1.3 * n, n * n % 7)]
    return board(
        [
            shape(f"s{n}", "stroke", x=given.randrange(4000), y=given.randrange(3000), points=points, width=4)
            for n in range(number)
        ]
    )


async def printed(of: Hub, job: Job = JOB, **wanted: Any) -> pdfium.PdfDocument:
    by = Printer(Pool(1), cast(Files, None), job)  # none of these boards has a picture on it
    async with by.pdf(of, WantedPages(**wanted)) as pdf:
        return pdfium.PdfDocument(pdf.read())


async def test_every_kind_of_shape_is_on_the_page() -> None:
    kinds = [kind for kind in DEFAULTS if kind != "image"]
    made = [shape(kind, kind, x=500 * n, color="black") for n, kind in enumerate(kinds)]
    made[kinds.index("text")]["text"] = "font-kerning: none; M0 0h0"
    page = (await printed(board(made)))[0]
    assert "font-kerning: none; M0 0h0" in page.get_textpage().get_text_range()
    whole = page.render(scale=0.5).to_pil().convert("L")
    for n, kind in enumerate(kinds):
        left = round((500 * n + 20) * 0.375)
        assert (whole.crop((left, 0, left + 160, whole.height)).getextrema()[0]) < 240, kind


async def test_a_pdf_that_takes_too_much_gets_a_sentence_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    many = strokes(3_000)
    for job in (replace(JOB, memory=60 * 2**20), replace(JOB, largest=100)):
        with pytest.raises(Invalid, match="too much memory or time"):
            await printed(many, job)
    with pytest.raises(Invalid, match="too much memory or time"):
        await printed(strokes(25_000), replace(JOB, cpu=1))  # takes three seconds
    assert len(await printed(many)) == 1
    monkeypatch.setattr(printer, "MOST", 1000)
    with pytest.raises(Invalid, match="too much memory or time"):
        await printed(many)
