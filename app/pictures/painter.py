"""Has `worker.py` draw pictures of boards, each in a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import orjson

from app.apart import apart
from app.convex.files import Files
from app.drawing.fonts import FOLDER, Subset, needed
from app.drawing.hairline import least
from app.drawing.render import Paper, picture
from app.errors import Invalid
from app.hub.sheet import Sheet
from app.images.embedding import embedded
from app.pictures.drawn import THEMES
from app.pictures.excerpt import excerpt, from_afar
from app.pictures.extent import extent
from app.pictures.wanted import Wanted
from app.workers.nameless import large
from app.workers.pool import Job, Pool

JOB = Job(
    script=Path(__file__).with_name("worker.py"),
    memory=1024 * 2**20,  # 67 megapixels take 600 MB (measured)
    cpu=10,
    largest=128 * 2**20,
    patience=60.0,
)
BATCH = 2**20  # characters written at once, off the event loop
AFAR = 0.25  # px a px of a large board, below which nobody sees what is left out
BROKEN = "This picture takes too much memory or time to draw: ask for a smaller one, or for fewer shapes."


class Painter:
    def __init__(self, pool: Pool, files: Files, job: Job = JOB) -> None:
        self._pool = pool
        self._files = files
        self._job = job

    @asynccontextmanager
    async def png(self, board: Sheet, wanted: Wanted, address: str = "") -> AsyncIterator[BinaryIO]:
        """What is wanted of the board, in an open file, for as long as the context lasts.

        Raises Invalid for what cannot be drawn, Unavailable if too many wait.
        """
        pieces, box = await excerpt(board.view, wanted)
        width, height, whole = extent(box, wanted)
        scale = width / (box[2] - box[0])
        thin = least(scale)
        if board.view.large and wanted.everything and scale < AFAR:
            pieces, thin = await from_afar(board.view), thin / 20
        theme, opaque = THEMES[wanted.theme or "light"], wanted.background != "none"
        paper = Paper("", whole, (width, height), theme, opaque, fonts=False, least=thin)
        async with self.painted(board.board_id, pieces, paper, address) as png:
            yield png

    @asynccontextmanager
    async def painted(
        self, board: str, pieces: Sequence[str], paper: Paper, address: str = ""
    ) -> AsyncIterator[BinaryIO]:
        """These elements of a board on this paper, which has a size and a theme. Raises what `png` raises."""
        assert paper.size
        sharpness = paper.size[0] / (paper.box[2] - paper.box[0])
        drawing = embedded(picture(paper, pieces), self._files, board, sharpness)
        fonts = orjson.dumps(files_of(await apart(partial(needed, pieces)))).decode()
        async with large() as svg, large() as png:
            await written(drawing, svg)
            if not await self._pool.run(self._job, svg, [png], fonts, address=address):
                raise Invalid(BROKEN)
            png.seek(0)
            yield png


async def written(drawing: AsyncIterator[str], file: BinaryIO) -> None:
    """The file stands at its start afterwards."""
    waiting: list[str] = []
    size = 0
    async for piece in drawing:
        waiting.append(piece)
        size += len(piece)
        if size >= BATCH:
            await asyncio.to_thread(write, file, waiting)
            waiting, size = [], 0
    await asyncio.to_thread(write, file, waiting)
    file.seek(0)


def write(file: BinaryIO, pieces: Sequence[str]) -> None:
    for piece in pieces:
        file.write(piece.encode())


def files_of(subsets: Sequence[Subset]) -> list[tuple[str, str]]:
    """The fonts as a worker needs them, the Latin one first, each under a name of its own."""
    return [(subset.family, str(FOLDER / subset.unpacked)) for subset in reversed(subsets)]
