"""Signing in with an OpenID provider: there, and back."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from app.auth import InvalidToken, Seal
from app.auth.clerk import peek
from app.deps.parts import LoginsDep, SessionsDep, StoreDep, VerifierDep
from app.errors import SignInNotKept, Unavailable
from app.parts import parts
from app.public_origin import public_origin
from app.signing_in import ending, session
from app.signing_in.grant import Attempt, SignInFailed
from app.signing_in.logins import LIFE, Logins
from app.text import local_path
from app.web.signing import kept

router = APIRouter(prefix="/auth")
Text = Annotated[str, Query(max_length=4096)]


@dataclass(frozen=True)
class Journey:
    """What the browser keeps, sealed, while it is at the provider."""

    attempt: Attempt
    next: str
    claim: bool


def back(request: Request) -> str:
    return f"{public_origin(request)}/auth/callback"


@router.get("/login")
async def login(request: Request, logins: LoginsDep, next: Text = "/", claim: bool = False) -> Response:
    try:
        url, attempt = await logins.oidc.begin(back(request))
    except SignInFailed:
        raise Unavailable("The sign-in provider cannot be reached: try again in a moment.") from None
    journey = Journey(attempt, local_path(next), claim)
    seal = parts(request)[Seal]
    session.put(request, session.ATTEMPT, seal.close(json.dumps(asdict(journey)), "sign-in"), session.ATTEMPT_LIFE)
    return RedirectResponse(url, 303)


async def journey(request: Request, state: Text = "", iss: Text | None = None) -> Journey | None:
    """The journey that ends here; None if the browser did not begin it (or long ago), or comes from elsewhere."""
    session.put(request, session.ATTEMPT, "", 0)
    opened = parts(request)[Seal].open(session.read(request, session.ATTEMPT), "sign-in")
    begun = unpacked(json.loads(opened)) if opened else None
    elsewhere = iss is not None and iss != parts(request)[Logins].oidc.issuer
    same = begun and secrets.compare_digest(begun.attempt.state.encode(), state.encode())
    return begun if same and not elsewhere else None


@router.get("/callback")
async def callback(
    request: Request,
    logins: LoginsDep,
    verifier: VerifierDep,
    store: StoreDep,
    sessions: SessionsDep,
    begun: Annotated[Journey | None, Depends(journey)],
    code: Text = "",
) -> Response:
    if begun is None or not code:
        return again(begun, "refused" if begun else "lost")
    try:
        tokens = await logins.oidc.finish(back(request), begun.attempt, code)
        if peek(tokens.id_token or "").get("nonce") != begun.attempt.nonce:
            raise InvalidToken("nonce")
        with kept("session/sign_in.html"):
            id, viewer = await logins.start(tokens)
            await store.remember(viewer)
            guest = await ending.guest_of(request, verifier)
            if guest and begun.claim:
                await sessions.claim(guest, viewer)
    except (SignInFailed, InvalidToken) as error:
        logins.refused(error)
        return again(begun, "failed")
    except SignInNotKept:
        return again(begun, "unkept")
    if guest and not begun.claim:
        session.put(request, session.GUEST, guest.token, session.GUEST_KEPT)
    session.put(request, session.SESSION, id, LIFE)
    return RedirectResponse("/boards" if begun.next == "/" else begun.next, 303)


def again(begun: Journey | None, problem: str) -> Response:
    return RedirectResponse(f"/sign-in?{urlencode({'problem': problem, 'next': begun.next if begun else '/'})}", 303)


def unpacked(kept: dict[str, Any]) -> Journey:
    return Journey(**kept | {"attempt": Attempt(**kept["attempt"])})
