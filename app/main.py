"""The only wiring: settings in, application out."""

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from starlette.middleware import Middleware
from starlette.responses import Response

from app.auth import Ended, Issuer, Leases, Seal, Verifier, clerk, signing_key, trusted
from app.convex import calls
from app.convex.archive_shelf import ArchiveShelf
from app.convex.blame import Blame
from app.convex.cards import Cards
from app.convex.checkpoint_shelf import CheckpointShelf
from app.convex.deployment import Deployment, DeploymentError, Site, Storage, Unauthenticated, site_url
from app.convex.files import Files
from app.convex.guest_keys import GuestKeys
from app.convex.history import History
from app.convex.hooks import Hooks
from app.convex.last_seen import LastSeen
from app.convex.restores import Restores
from app.convex.retention_shelf import RetentionShelf
from app.convex.selected import Selected
from app.convex.sessions import Sessions
from app.convex.sharing import Sharing
from app.convex.store import Store
from app.convex.takebacks import Takebacks
from app.convex.thumbnail_shelf import ThumbnailShelf
from app.convex.timers import Timers
from app.convex.trash import Trash
from app.convex.versions import Versions
from app.convex.writings import Writings
from app.drawing import render
from app.errors import Unavailable
from app.exchange.arrivals import Arrivals
from app.exchange.copies import Copies
from app.exchange.templates import Templates
from app.exchange.unpacking import Unpacking
from app.images.decoder import Decoder
from app.lifespan import lifespan
from app.parts import Parts
from app.pictures.covers import Covers
from app.pictures.painter import Painter
from app.pictures.printer import Printer
from app.readiness import Readiness
from app.routes import (
    archives,
    asks,
    blame,
    boards,
    cards,
    cells,
    changes,
    copies,
    embed,
    exports,
    files,
    health,
    history,
    home,
    hooks,
    images,
    imports,
    invites,
    last_seen,
    members,
    oembed,
    oidc,
    outline,
    pictures,
    presence,
    restores,
    search,
    session,
    signin,
    site,
    stream,
    takebacks,
    templates,
    timers,
    trash,
    versions,
    webhooks,
    writings,
)
from app.settings import Settings, SettingsError
from app.signing_in.logins import Logins
from app.visits import Visits
from app.web import answers
from app.web.budgets import Budgets
from app.web.front import Front
from app.web.guesses import Guesses
from app.web.limits import Rates
from app.web.pages import SignIn
from app.web.static import Static
from app.web.turns import ImportTurns, PictureTurns, Turns
from app.workers.pool import Pool

if TYPE_CHECKING:
    from app.signing_in.oidc import Oidc


def create_app(settings: Settings) -> FastAPI:
    """Raises SettingsError, BundleError. Nothing is connected before the app starts, and a start waits for nobody."""
    if settings.convex_url is None:
        raise SettingsError("CONVEX_URL is not set: `make run` starts a deployment and sets it.")
    static, sign_in = Static(), sign_in_of(settings)
    app = FastAPI(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        middleware=[
            Middleware(
                Front,
                trusted=settings.proxies,
                public_origin=settings.public_origin,
                https=settings.https,
                clerk=sign_in.host or None,
            )
        ],
    )
    app.state.parts = parts_of(settings, static, sign_in)
    render.environment.auto_reload = not settings.production
    render.environment.globals["asset"] = static.asset
    render.environment.globals["page_version"] = lambda: static.version
    render.environment.globals["trash_days"] = settings.trash_days
    render.environment.globals["purge_after_days"] = settings.purge_after_days
    answers.install(app)
    app.add_exception_handler(DeploymentError, unanswered)
    # The busiest first; the very busiest not by way of FastAPI, which takes 1 ms to find a route and its arguments.
    app.router.routes += [*changes.busy, *presence.busy]
    often = (changes, stream, presence, images, cells)
    rest = (
        *(exports, archives, imports, pictures, cards, boards, trash, embed, oembed),
        *(copies, templates, outline, search, blame, last_seen, writings, files, members, asks),
        *(history, versions, takebacks, restores, timers),
        *(invites, hooks, session, signin, webhooks, home, site, health),
    )
    for resource in (*often, *rest):
        app.include_router(resource.router)
    if sign_in.provider == "oidc":
        app.include_router(oidc.router)
    app.mount("/static", static)
    return app


def parts_of(settings: Settings, static: Static, sign_in: SignIn) -> Parts:
    assert settings.convex_url
    issuer, deployment, storage = (
        Issuer(signing_key(settings)),
        Deployment(settings.convex_url),
        Storage(settings.convex_url),
    )
    relay, quotas = issuer.relay_token, (settings.max_board_bytes, settings.max_person_bytes)
    verifier, seal = Verifier(trusted(settings, issuer)), Seal(issuer.key)
    sessions, store, sharing = Sessions(deployment, relay), Store(deployment, relay), Sharing(deployment, relay)
    files, trash = Files(deployment, storage, relay, *quotas), Trash(deployment)
    lists = (Cards(deployment), trash)
    pool, budgets = Pool(), Budgets(settings)
    decoder, painter = Decoder(pool), Painter(pool, files)
    rates = Rates(settings)
    # A file to import may take half a minute of a processor: no picture waits behind one, and no other person's file,
    # but for the third at one address.
    imports_pool = Pool(3, each=2)
    arrivals = Arrivals(imports_pool, ImportTurns(), decoder, store, trash, files, budgets, rates)
    by_oidc = [Logins(oidc_of(settings), verifier, seal, sessions)] if sign_in.provider == "oidc" else []
    site = Site(settings.convex_site_url or site_url(settings.convex_url))
    return Parts(
        *(settings, issuer, deployment, verifier, sign_in, seal, static, sessions, store, sharing, storage, *by_oidc),
        *(Leases(), Ended(sessions.over), GuestKeys(deployment, relay), Visits(sharing), decoder, Turns()),
        *(History(deployment), Versions(deployment), Hooks(deployment)),
        *(PictureTurns(), painter, Printer(pool, files), ThumbnailShelf(deployment, storage, relay)),
        ArchiveShelf(deployment, storage, relay),
        *(CheckpointShelf(deployment, storage, relay), RetentionShelf(deployment, relay)),
        *(rates, budgets, Guesses(settings.rate_guesses)),
        *(site, Readiness(store, deployment, verifier), files, *lists, Selected(store, *lists)),
        Unpacking(imports_pool, arrivals, rates),
        *(arrivals, Copies(arrivals, store, files), Blame(deployment), LastSeen(deployment), Writings(deployment)),
        Timers(deployment),
        *(Takebacks(deployment), Restores(deployment), Templates(), Covers(painter)),
    )


def sign_in_of(settings: Settings) -> SignIn:
    if settings.auth_provider != "clerk":
        return SignIn(settings.auth_provider)
    key, host = settings.clerk_publishable_key or "", clerk.frontend(settings).rstrip("/")
    return SignIn("clerk", host, key, clerk.CLERK_JS, clerk.CLERK_UI)


def oidc_of(settings: Settings) -> "Oidc":
    from app.signing_in.oidc import Oidc  # takes 0.3 s, and nobody else needs it

    return Oidc(settings)


async def unanswered(request: Request, error: Exception) -> Response:
    """A hub that could not be opened: the same answer as for a call."""
    assert isinstance(error, DeploymentError)
    relays = isinstance(error, Unauthenticated)  # of the relay, not of the caller
    return answers.answer(request, Unavailable() if relays else calls.refused(error, "a hub"))
