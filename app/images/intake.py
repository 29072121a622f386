"""From what somebody sent to a file of the board."""

from app.auth import Viewer
from app.convex.file_records import Found
from app.convex.files import Files
from app.images.content import HEAD
from app.images.decoder import Decoder
from app.images.kinds import kind_of
from app.images.spool import Spool


async def take_in(
    files: Files, decoder: Decoder, viewer: Viewer, address: str, board: str, picture: Spool, name: str
) -> Found:
    """The board's file of this picture: the one it has, if somebody sent the same bytes before.

    Raises Invalid, UnsupportedMedia, StorageFull, Unavailable.
    """
    kind = kind_of(await picture.head(HEAD), name)
    known = await files.find(board, picture.sha256)
    if known:
        return known
    async with decoder.decoded(picture.file, kind, address) as variants:
        return await files.keep(viewer, board, picture.sha256, name, variants)
