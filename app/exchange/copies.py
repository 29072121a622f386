"""Copies of boards: what an export writes of one, an import reads into a new one."""

from app.auth import Viewer
from app.convex.files import Files
from app.convex.store import Store
from app.exchange.arrivals import Arrivals
from app.exchange.templates import Template
from app.exchange.writing.easel import easel
from app.hub.sheet import Sheet
from app.images.spool import Spool
from app.text import MAX_TITLE, one_line

LARGEST = 64 * 2**20  # bytes, as of a file to import


class Copies:
    def __init__(self, arrivals: Arrivals, store: Store, files: Files) -> None:
        self._arrivals, self._store, self._files = arrivals, store, files

    async def make(self, viewer: Viewer, address: str, board: Sheet, operation_id: str) -> tuple[str, str]:
        """The id and title of a new board of this person's, with the same shapes and pictures.

        A copy of a template is called like it. One by a person who may not change the board is a fork of it.
        Raises TooLarge, and what an import raises; then there is no copy.
        """
        title = board.access.title if board.access.template else one_line(f"Copy of {board.access.title}", MAX_TITLE)
        source = None if board.access.edits(viewer) else board.board_id
        if not (shapes := board.view.shapes()):
            return (await self._store.create_board(viewer, title, operation_id, source)).id, title
        with Spool(LARGEST, "A board to copy, with its pictures,") as spool:
            async for piece in easel(title, shapes, board.view.find, self._files, board.board_id):
                await spool.write(piece)
            await spool.flush()
            await spool.head(0)
            async with self._arrivals.open(spool.file, f"{board.board_id} {operation_id}", viewer, address) as opened:
                made = await self._arrivals.to_new_board(viewer, address, title, opened, operation_id, source)
        return made.board, title

    async def of_template(self, viewer: Viewer, address: str, template: Template, operation_id: str) -> str:
        """The id of a new board of this person's. Raises what an import raises; then there is none."""
        with template.path.open("rb") as file:
            async with self._arrivals.open(file, f"{template.slug} {operation_id}", viewer, address) as opened:
                made = await self._arrivals.to_new_board(viewer, address, template.title, opened, operation_id)
        return made.board
