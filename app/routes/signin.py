"""Signing in, and staying so: the page for it, and what a page says of its session while it is open."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.auth import GUEST_ISSUER
from app.deps.parts import ReadinessDep, SettingsDep, VerifierDep
from app.deps.people import CurrentViewer, MaybeViewer
from app.signing_in import ending
from app.text import local_path
from app.web.pages import page

router = APIRouter()
Path = Annotated[str | None, Query(max_length=2048)]


@router.get("/sign-in")
async def show(
    request: Request,
    settings: SettingsDep,
    viewer: MaybeViewer,
    verifier: VerifierDep,
    readiness: ReadinessDep,
    next: Path = None,
    redirect_url: Path = None,
    problem: str | None = None,
) -> Response:
    then = local_path(next or redirect_url)
    if settings.auth_provider == "guest":
        return RedirectResponse(f"/?next={then}" if then != "/" else "/", 303)
    account = viewer if viewer and viewer.issuer != GUEST_ISSUER else None
    guest = await ending.guest_of(request, verifier)
    if account and guest is None:
        return RedirectResponse("/boards" if then == "/" else then, 303)
    trouble = await readiness.reason()
    shown = {"account": account, "guest": guest, "problem": problem, "trouble": trouble}
    return page(request, "session/sign_in.html", 200, next=then, **shown)


@router.post("/auth/ping")
async def ping(_viewer: CurrentViewer) -> Response:
    """A fresh token was shown: the session's streams go on."""
    return Response(status_code=204)


@router.post("/auth/signed-out")
async def signed_out(request: Request, viewer: MaybeViewer) -> Response:
    """ClerkJS signs out by itself; this ends the session's streams, and its token here, without waiting for Clerk."""
    await ending.end(request, viewer)
    return Response(status_code=204)
