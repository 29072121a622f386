"""Has `pdf_worker.py` make PDFs of boards, each in a process of its own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import orjson

from app.apart import apart
from app.convex.files import Files
from app.drawing.fonts import Subset, needed, subsets
from app.drawing.render import Paper, picture
from app.errors import Invalid
from app.hub.sheet import Sheet
from app.images.embedding import embedded
from app.pictures.drawn import THEMES
from app.pictures.pages import Page, pages
from app.pictures.painter import files_of, written
from app.pictures.wanted import WantedPages
from app.workers.nameless import large
from app.workers.pool import Job, Pool

JOB = Job(
    script=Path(__file__).with_name("pdf_worker.py"),
    memory=1024 * 2**20,  # 10,000 strokes take 200 MB (measured)
    cpu=10,
    largest=128 * 2**20,
    patience=60.0,
)
SHARPNESS = 2.0  # px of pictures a px of the board: 192 an inch
MOST = 64 * 2**20  # characters of all pages; of what is on several pages each counts
NEXT = "\0"  # between the title and the pages; no text has it
BROKEN = "This PDF takes too much memory or time to make: ask for a frame, or for fewer shapes."


class Printer:
    def __init__(self, pool: Pool, files: Files, job: Job = JOB) -> None:
        self._pool = pool
        self._files = files
        self._job = job

    @asynccontextmanager
    async def pdf(self, board: Sheet, wanted: WantedPages, address: str = "") -> AsyncIterator[BinaryIO]:
        """What is wanted of the board, in an open file, for as long as the context lasts.

        Raises Invalid for what cannot be made, Unavailable if too many wait.
        """
        found = await pages(board.view, wanted)
        fonts: set[Subset] = set()
        drawing = embedded(drawn(board, wanted, found, fonts), self._files, board.board_id, SHARPNESS)
        # typst takes fonts only from a folder. It is ours, not the worker's, which may be ended at any time.
        async with large() as svg, large() as pdf:
            with TemporaryDirectory(prefix="easel-fonts-") as folder:
                await written(limited(drawing), svg)
                listed = files_of([subset for subset in subsets() if subset in fonts])
                asked = {"fonts": listed, "folder": folder, "pages": [(page.width, page.height) for page in found]}
                work = self._pool.run(self._job, svg, [pdf], orjson.dumps(asked).decode(), address=address)
                if not await work:
                    raise Invalid(BROKEN)
            pdf.seek(0)
            yield pdf


async def drawn(board: Sheet, wanted: WantedPages, found: Sequence[Page], fonts: set[Subset]) -> AsyncIterator[str]:
    """The board's title and the pages, each an SVG file; what fonts they need is added to `fonts`."""
    yield board.access.title
    for page in found:
        pieces = await board.view.excerpt(page.ids)
        fonts |= set(await apart(partial(needed, pieces)))
        yield NEXT
        paper = Paper("", page.box, None, THEMES[wanted.theme or "light"], wanted.background != "none", False)
        async for piece in picture(paper, pieces):
            yield piece


async def limited(drawing: AsyncIterator[str]) -> AsyncIterator[str]:
    size = 0
    async for piece in drawing:
        size += len(piece)
        if size > MOST:
            raise Invalid(BROKEN)
        yield piece
