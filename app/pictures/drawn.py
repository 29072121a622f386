"""A board's picture as an SVG file."""

from collections.abc import AsyncIterator

from app.convex.files import Files
from app.drawing.render import Paper, picture
from app.hub.sheet import Sheet
from app.images.embedding import embedded
from app.pictures.excerpt import excerpt
from app.pictures.extent import extent
from app.pictures.wanted import Wanted

THEMES = {None: None, "light": 0, "dark": 1}


async def svg(board: Sheet, wanted: Wanted, files: Files) -> AsyncIterator[str]:
    """The file in pieces, with its fonts and pictures in it. Without a size it fills the window that shows it.

    Raises Invalid before the first piece.
    """
    pieces, box = await excerpt(board.view, wanted)
    size = None
    if wanted.scale is not None or wanted.width is not None:
        width, height, box = extent(box, wanted)
        size = width, height
    paper = Paper(board.access.title, box, size, THEMES[wanted.theme], wanted.background != "none")
    return embedded(picture(paper, pieces), files, board.board_id)
