"""What a picture of a board is known by: the same tag, the same picture."""

import hashlib
from importlib.metadata import version

from app.hub.sheet import Sheet
from app.hub.snapshot_format import VERSION
from app.pictures.wanted import Part
from app.sources import digest

DRAWN_BY = f"{VERSION} {digest('app/pictures')} {version('resvg-py')} {version('typst')}"


def tag(board: Sheet, wanted: Part) -> str:
    """A digest of the board as it is now, of what is wanted, and of the code that draws."""
    parts = (
        DRAWN_BY,
        board.board_id,
        str(board.ts),
        board.access.title,
        type(wanted).__name__,
        wanted.model_dump_json(exclude={"at"}),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
