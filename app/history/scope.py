"""The shapes that are restored with some shapes: a frame takes what was in it along, and what is in it now."""

from collections.abc import Collection

from app.drawing.boxes import on_board
from app.errors import Invalid
from app.history.moments import Moments
from app.hub import Hub
from app.hub.view import View
from app.shapes import Frame

MOST = 1_000  # shapes, as in convex/restores.ts


async def scope(board: Hub, moments: Moments, to: int, ids: Collection[str] | None) -> list[str] | None:
    """None is the whole board. Raises Invalid for too many shapes, and what `Moments.at` raises."""
    if ids is None:
        return None
    found = set(ids)
    if any(may_frame(board.view, id) for id in ids):
        then = await moments.at(board, to)
        for view in (board.view, then.view):
            for id in ids:
                found |= await contents(view, id)
    if len(found) > MOST:
        raise Invalid(f"shapes, with what is in frames, must be 1 to {MOST}.", field="shapes", limit=MOST)
    return sorted(found)


def may_frame(view: View, id: str) -> bool:
    """What is gone may have been a frame."""
    shape = view.find(id)
    return shape is None or isinstance(shape, Frame)


async def contents(view: View, id: str) -> set[str]:
    """The shapes that lie wholly in this frame; none if it is no frame."""
    frame = view.find(id)
    if not isinstance(frame, Frame):
        return set()
    left, top, right, bottom = around = on_board(frame, (0.0, 0.0, frame.w, frame.h))
    (near,) = await view.overlapping([around])
    found = set[str]()
    for one in near:
        box = await view.bounds((one,))
        if box and box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom:
            found.add(one)
    return found
