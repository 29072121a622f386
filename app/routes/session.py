"""The session: a name, and the token that stands for it; and a guest's boards, once the guest has an account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse, Response

from app.auth import GUEST_ISSUER, Viewer, guests
from app.deps import CurrentViewer, IssuerDep, MaybeViewer, SessionsDep, SettingsDep, StoreDep, VerifierDep
from app.errors import Forbidden
from app.text import Name, local_path
from app.web import ending, session
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.signing import kept
from app.web.wants import sent_as_form

router = APIRouter()


class SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    next: str | None = None


async def guest_subject(settings: SettingsDep, viewer: MaybeViewer) -> str:
    """A guest who picks another name stays the same person."""
    if viewer and viewer.issuer == GUEST_ISSUER:
        return viewer.subject
    if settings.auth_provider != "guest":
        raise Forbidden("Sign in with your account.")
    return guests.new_subject()


@router.post("/session")
async def sign_in(
    request: Request,
    subject: Annotated[str, Depends(guest_subject)],
    asked: Annotated[SignIn, Depends(body_of(SignIn))],
    issuer: IssuerDep,
    verifier: VerifierDep,
    store: StoreDep,
) -> Response:
    token, expires_at = issuer.guest_token(subject, asked.name)
    with kept("home.html", name=asked.name, next=local_path(asked.next) if asked.next else ""):
        user = await store.remember(await verifier.verify(token))
    session.start(request, token)
    answer = {"token": token, "expiresAt": expires_at, "user": {"id": user.id, "name": user.name}}
    return done(request, Json(answer, 201), then=local_path(asked.next))


@router.delete("/session")
async def sign_out(request: Request, viewer: MaybeViewer) -> Response:
    away = await ending.end(request, viewer)
    if away is None:
        return done(request, Response(status_code=204), then="/")
    # Not a redirect: our policy lets a form lead nowhere but here.
    if sent_as_form(request):
        return HTMLResponse("Signed out.", headers={"Refresh": f"0;url={away}"})
    return done(request, Json({"signOutUrl": away}), then=away)


async def guest(request: Request, verifier: VerifierDep) -> Viewer:
    """Who the browser was before it signed in. Raises Forbidden if that was nobody."""
    found = await ending.guest_of(request, verifier)
    if found is None:
        raise Forbidden("This browser has no guest's boards to take over.")
    return found


@router.post("/session/claim")
async def claim(
    request: Request, account: CurrentViewer, sessions: SessionsDep, guest: Annotated[Viewer, Depends(guest)]
) -> Response:
    if account.issuer == GUEST_ISSUER:
        raise Forbidden("Sign in with your account first.")
    boards = await sessions.claim(guest, account)
    ending.forget_guest(request)
    return done(request, Json({"boards": boards}), then="/boards")
