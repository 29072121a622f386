"""The session: a name, and the token that stands for it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.auth import GUEST_ISSUER, guests
from app.deps import IssuerDep, MaybeViewer, SettingsDep, StoreDep, VerifierDep
from app.errors import Forbidden
from app.text import Name, local_path
from app.web import session
from app.web.answers import Json, done
from app.web.body import body_of

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
    user = await store.remember(await verifier.verify(token))
    session.start(request, token)
    answer = {"token": token, "expiresAt": expires_at, "user": {"id": user.id, "name": user.name}}
    return done(request, Json(answer, 201), then=local_path(asked.next))


@router.delete("/session")
async def sign_out(request: Request) -> Response:
    session.end(request)
    return done(request, Response(status_code=204), then="/")
