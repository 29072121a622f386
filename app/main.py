"""The only wiring: settings in, application out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.lowlevel
from fastapi import FastAPI, Request
from starlette.middleware import Middleware
from starlette.responses import Response

from app.auth import Ended, Issuer, Leases, Seal, Verifier, clerk, signing_key, trusted
from app.convex import store
from app.convex.deployment import Deployment, DeploymentError, Storage, Sync, Unauthenticated
from app.convex.files import Files
from app.convex.guest_keys import GuestKeys
from app.convex.sessions import Sessions, hear_of_ends, keep_time, settle_ends
from app.convex.snapshots import Snapshots
from app.convex.store import Store
from app.drawing import render
from app.errors import Unavailable
from app.hub import Hubs
from app.images.decoder import Decoder
from app.listening import most_streams
from app.readiness import Readiness
from app.routes import (
    asks,
    boards,
    cells,
    changes,
    files,
    health,
    home,
    images,
    invites,
    members,
    oidc,
    outline,
    presence,
    session,
    signin,
    stream,
    webhooks,
)
from app.settings import Settings, SettingsError
from app.signing_in.logins import Logins
from app.visits import Visits
from app.web import answers
from app.web.body import BodyLimit
from app.web.budgets import Budgets
from app.web.fair import Fair
from app.web.guesses import Guesses
from app.web.gzip import Gzip
from app.web.headers import Headers
from app.web.host import Host
from app.web.limits import Rates
from app.web.log import Log
from app.web.method import Method
from app.web.origin import SameOrigin
from app.web.proxies import Proxies
from app.web.static import Static
from app.web.turns import Turns


def create_app(settings: Settings) -> FastAPI:
    """Raises SettingsError, BundleError. Nothing is connected before the app starts, and a start waits for nobody."""
    if settings.convex_url is None:
        raise SettingsError("CONVEX_URL is not set: `make run` starts a deployment and sets it.")
    issuer = Issuer(signing_key(settings))
    deployment = Deployment(settings.convex_url)
    static = Static()
    identity = identity_of(settings)
    app = FastAPI(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # Outermost first: whatever goes wrong further in is logged, and leaves with its headers on.
        middleware=[
            Middleware(Proxies, trusted=settings.proxies),
            Middleware(Fair),
            Middleware(Headers, https=settings.https, clerk=identity.get("host")),
            Middleware(Log),
            Middleware(Host, public_origin=settings.public_origin),
            Middleware(SameOrigin, public_origin=settings.public_origin),
            Middleware(Method),
            Middleware(BodyLimit),
            Middleware(Gzip),
        ],
    )
    state = app.state
    state.settings, state.issuer, state.deployment, state.draining = settings, issuer, deployment, False
    state.verifier = Verifier(trusted(settings, issuer))
    state.identity, state.leases = identity, Leases()
    state.seal = Seal(issuer.key)
    state.static = static
    state.sessions = Sessions(deployment, issuer.relay_token)
    state.ended = Ended(state.sessions.over)
    state.guest_keys = GuestKeys(deployment, issuer.relay_token)
    state.logins = logins(settings, state.verifier, state.seal, state.sessions)
    state.store = Store(deployment, issuer.relay_token)
    state.readiness = Readiness(state.store, deployment, state.verifier)
    state.visits = Visits(state.store)
    state.storage = Storage(settings.convex_url)
    quotas = settings.max_board_bytes, settings.max_person_bytes
    state.files = Files(deployment, state.storage, issuer.relay_token, *quotas)
    state.decoder, state.turns = Decoder(), Turns()
    state.rates, state.budgets = Rates(settings), Budgets(settings)
    state.guesses = Guesses(settings.rate_guesses)
    render.environment.globals["asset"] = static.asset
    render.environment.globals["page_version"] = lambda: static.version
    render.environment.globals["purge_after_days"] = settings.purge_after_days
    answers.install(app)
    app.add_exception_handler(DeploymentError, unanswered)
    # The busiest first.
    busy = (changes, stream, presence, images, cells)
    for resource in (*busy, boards, outline, files, members, asks, invites, session, signin, webhooks, home, health):
        app.include_router(resource.router)
    if state.logins:
        app.include_router(oidc.router)
    app.mount("/static", static)
    return app


def identity_of(settings: Settings) -> dict[str, str]:
    """What pages need to know of how people sign in."""
    if settings.auth_provider != "clerk":
        return {"provider": settings.auth_provider}
    versions = {"js": clerk.CLERK_JS, "ui": clerk.CLERK_UI}
    key = settings.clerk_publishable_key or ""
    return {"provider": "clerk", "host": clerk.frontend(settings).rstrip("/"), "key": key} | versions


def logins(settings: Settings, verifier: Verifier, seal: Seal, sessions: Sessions) -> Logins | None:
    if settings.auth_provider != "oidc":
        return None
    from app.signing_in.oidc import Oidc  # takes 0.3 s, and nobody else needs it

    return Logins(Oidc(settings), verifier, seal, sessions)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings, issuer, deployment = app.state.settings, app.state.issuer, app.state.deployment

    async def relay_token() -> str:
        return str(issuer.relay_token())

    async with deployment, app.state.storage, Sync(settings.convex_url, relay_token) as feed:
        app.state.sync = feed
        deployment.on_answer.append(feed.hurry)
        app.state.hubs = Hubs(
            feed,
            Snapshots(feed, app.state.storage),
            per_person=settings.max_streams_per_person,
            per_address=settings.max_streams_per_address,
            most=settings.max_streams or most_streams(),
            large=settings.large_board,
            version=lambda: app.state.static.version,
        )
        keeping = [
            asyncio.create_task(keep_time(app.state.leases)),
            asyncio.create_task(hear_of_ends(feed, app.state.ended, app.state.leases)),
            asyncio.create_task(settle_ends(app.state.sessions)),
        ]
        if not settings.production:
            keeping.append(asyncio.create_task(app.state.static.keep_fresh()))
        # Loads anyio's backend, which would keep the first request, and all others then, for 0.1 s.
        await anyio.lowlevel.checkpoint()
        yield
        for task in keeping:
            task.cancel()
        await drain(app)


async def unanswered(request: Request, error: Exception) -> Response:
    """A hub that could not be opened: what `Store` says of its own calls."""
    assert isinstance(error, DeploymentError)
    relays = isinstance(error, Unauthenticated)  # of the relay, not of the caller
    return answers.answer(request, Unavailable() if relays else store.refused(error, "a hub"))


async def drain(app: FastAPI) -> None:
    """Sends every stream away, to come back to another process or to this one's successor. Harmless to repeat."""
    app.state.draining = True
    await app.state.hubs.drain()
