"""What somebody looks for on a board: where it is written, or where a shape is."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.apart import apart
from app.deps.sheets import AnyMoment
from app.errors import Invalid
from app.outline import MOST, matches
from app.shapes import Id
from app.web.answers import Json

router = APIRouter()
LONGEST = 200  # characters
Words = Annotated[str | None, Query(max_length=LONGEST)]


@router.get("/boards/{board_id}/search")
async def show(board: AnyMoment, q: Words = None, shape: Annotated[Id | None, Query()] = None) -> Response:
    if shape is not None:
        return Json({"ts": str(board.ts), "total": len(found := board.view.seen(shape)), "matches": matches(found)})
    if not (q or "").strip():
        raise Invalid(f"q, what to look for, has 1 to {LONGEST} characters.", field="q", limit=LONGEST)
    total, top = await board.view.search(q or "", MOST)
    return Json({"ts": str(board.ts), "total": total, "matches": await apart(lambda: matches(top))})
