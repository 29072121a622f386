"""The session: a name, and the token that stands for it; and a guest's boards, once the guest has an account."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from starlette.responses import HTMLResponse, Response

from app.auth import GUEST_ISSUER, Viewer, guests
from app.convex.guest_keys import GuestKeys
from app.convex.records import Guest
from app.deps.parts import GuestKeysDep, IssuerDep, SessionsDep, SettingsDep, StoreDep, VerifierDep
from app.deps.people import CurrentViewer, MaybeViewer
from app.errors import Forbidden, NotFound
from app.parts import parts
from app.signing_in import ending, session
from app.text import Name, local_path
from app.wants import sent_as_form
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.guesses import Guesses
from app.web.limits import Rates, address
from app.web.pages import page
from app.web.signing import kept

router = APIRouter()


class SignIn(BaseModel):
    """A name, or a guest's key, or both: then a key that does not count any more is as none."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(max_length=200)] | None = None
    name: Annotated[Name | None, Field(validate_default=True)] = None
    next: str | None = None

    @field_validator("name")
    @classmethod
    def _says_who(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name is None and not info.data.get("key"):
            raise PydanticCustomError("missing", "Field required")
        return name


class KeyIn(BaseModel):
    """`browser`: for this browser to keep; `link`: for the guest, who has one at a time."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["browser", "link"]


Asked = Annotated[SignIn, Depends(body_of(SignIn))]


async def known_guest(request: Request, asked: Asked, keys: GuestKeysDep) -> Guest | None:
    """The guest whose key was shown. Raises NotFound for a key that does not count, if nothing else says who it is."""
    if not asked.key:
        return None
    guesses = parts(request)[Guesses]
    try:
        with guesses.of(address(request), asked.key):
            return await guest_of(asked.key, asked, keys)
    except NotFound:
        if not asked.name:
            raise
        return None


async def guest_of(key: str, asked: SignIn, keys: GuestKeys) -> Guest:
    with kept("home.html", name=asked.name or "", next=local_path(asked.next) if asked.next else ""):
        guest = await keys.find(key)
    if guest is None:
        raise NotFound("This key is no longer valid: its guest signed out, or made a newer link.")
    return guest


async def guest_subject(
    settings: SettingsDep, viewer: MaybeViewer, known: Annotated[Guest | None, Depends(known_guest)]
) -> str:
    """A guest who picks another name stays the same person."""
    if known and (viewer is None or viewer.issuer == GUEST_ISSUER):
        return known.subject
    if viewer and viewer.issuer == GUEST_ISSUER:
        return viewer.subject
    if settings.auth_provider != "guest":
        raise Forbidden("Sign in with your account.")
    return guests.new_subject()


async def guest_name(asked: Asked, known: Annotated[Guest | None, Depends(known_guest)]) -> str:
    return asked.name or (known.name if known else guests.new_name())


@router.post("/session")
async def sign_in(
    request: Request,
    subject: Annotated[str, Depends(guest_subject)],
    name: Annotated[str, Depends(guest_name)],
    asked: Asked,
    viewer: MaybeViewer,
    issuer: IssuerDep,
    verifier: VerifierDep,
    store: StoreDep,
) -> Response:
    known = viewer.session if viewer and viewer.subject == subject else None
    token, expires_at = issuer.guest_token(subject, name, known)
    with kept("home.html", name=name, next=local_path(asked.next) if asked.next else ""):
        user = await store.remember(guest := await verifier.verify(token))
    session.start(request, token)
    who = {"id": user.id, "name": user.name, "person": guest.person}
    answer = {"token": token, "expiresAt": expires_at, "user": who}
    return done(request, Json(answer, 201), then=local_path(asked.next))


@router.post("/session/key")
async def new_key(
    request: Request, viewer: CurrentViewer, asked: Annotated[KeyIn, Depends(body_of(KeyIn))], keys: GuestKeysDep
) -> Response:
    if viewer.issuer != GUEST_ISSUER:
        raise Forbidden("Only guests can use a key: you have an account.")
    rates = parts(request)[Rates]
    rates.keys(viewer)
    return Json({"key": await keys.make(viewer, asked.kind)}, 201)


@router.get("/return")
async def show_return(request: Request, viewer: MaybeViewer) -> Response:
    """Asks, and does nothing yet. The key is in the address behind the #, which no browser sends."""
    return page(request, "session/return.html", viewer=viewer)


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
        raise Forbidden("This browser has no boards of a guest to take over.")
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
