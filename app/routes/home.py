"""The first page: pick a name, or the boards of whoever has one."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.deps.parts import ReadinessDep, SettingsDep
from app.deps.people import MaybeViewer
from app.text import local_path
from app.web.pages import page

router = APIRouter()


@router.get("/")
async def home(
    request: Request, viewer: MaybeViewer, settings: SettingsDep, readiness: ReadinessDep, next: str | None = None
) -> Response:
    if viewer:
        return RedirectResponse("/boards", 303)
    if settings.auth_provider != "guest":
        return RedirectResponse(f"/sign-in?{urlencode({'next': local_path(next)})}", 303)
    then, trouble = local_path(next) if next else "", await readiness.reason()
    return page(request, "home.html", viewer=None, next=then, trouble=trouble)
