"""The only wiring: settings in, application out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.middleware import Middleware
from starlette.responses import Response

from app import render
from app.auth import Issuer, Verifier, signing_key, trusted
from app.deployment import Deployment, DeploymentUnavailable, Sync
from app.errors import Unavailable
from app.hub import Hubs
from app.routes import boards, changes, health, home, presence, session, stream
from app.settings import Settings, SettingsError
from app.store import Store
from app.web import answers
from app.web.body import BodyLimit
from app.web.gzip import Gzip
from app.web.headers import Headers
from app.web.limits import Rates
from app.web.log import Log
from app.web.method import Method
from app.web.origin import SameOrigin
from app.web.static import Static


def create_app(settings: Settings) -> FastAPI:
    """Raises SettingsError. Nothing is connected before the app starts, and a start waits for nobody."""
    if settings.convex_url is None:
        raise SettingsError("CONVEX_URL is not set: `make run` starts a deployment and sets it.")
    issuer = Issuer(signing_key(settings))
    deployment = Deployment(settings.convex_url)
    static = Static()
    app = FastAPI(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # Outermost first: whatever goes wrong further in is logged, and leaves with its headers on.
        middleware=[
            Middleware(Headers, https=settings.https),
            Middleware(Log),
            Middleware(SameOrigin, public_origin=settings.public_origin),
            Middleware(Method),
            Middleware(BodyLimit),
            Middleware(Gzip),
        ],
    )
    state = app.state
    state.settings, state.issuer, state.deployment, state.draining = settings, issuer, deployment, False
    state.verifier = Verifier(trusted(settings, issuer))
    state.store = Store(deployment, issuer.relay_token)
    state.rates = Rates(settings)
    render.environment.globals |= {"asset": static.asset, "imports": static.imports}
    answers.install(app)
    app.add_exception_handler(DeploymentUnavailable, unavailable)
    for resource in (changes, stream, presence, boards, session, home, health):  # the busiest first
        app.include_router(resource.router)
    app.mount("/static", static)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings, issuer, deployment = app.state.settings, app.state.issuer, app.state.deployment

    async def relay_token() -> str:
        return str(issuer.relay_token())

    async with deployment, Sync(settings.convex_url, relay_token) as feed:
        app.state.sync = feed
        app.state.hubs = Hubs(
            feed,
            per_person=settings.max_streams_per_person,
            per_address=settings.max_streams_per_address,
        )
        yield
        await drain(app)


async def unavailable(request: Request, error: Exception) -> Response:
    """A hub that could not be opened: what `Store` says of its own calls."""
    assert isinstance(error, DeploymentUnavailable)
    return answers.answer(request, Unavailable(retry_after=error.retry_after))


async def drain(app: FastAPI) -> None:
    """Sends every stream away, to come back to another process or to this one's successor. Harmless to repeat."""
    app.state.draining = True
    await app.state.hubs.drain()
