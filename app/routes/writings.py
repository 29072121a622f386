"""The search in everything that is written on a person's boards."""

from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.deps.parts import WritingsDep
from app.deps.people import CurrentViewer
from app.errors import Invalid
from app.text import MAX_TITLE, Search
from app.wants import wants
from app.web.answers import Json
from app.web.pages import page

router = APIRouter()


@router.get("/search")
async def index(
    request: Request, viewer: CurrentViewer, writings: WritingsDep, q: Annotated[Search, Query()] = ""
) -> Response:
    if not q:
        raise Invalid(f"q, what to look for, has 1 to {MAX_TITLE} characters.", field="q", limit=MAX_TITLE)
    found = await writings.search(viewer, q)
    if wants(request) == "json":
        return Json(asdict(found))
    if wants(request) == "page":
        return RedirectResponse(f"/boards?{urlencode({'q': q})}", 303)
    return page(request, "boards/written.html", viewer=viewer, found=found, q=q)
