"""The routes that the app has."""

from collections.abc import Iterable
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route

from app.main import create_app
from app.routes import oidc
from app.settings import Settings


def routes(folder: Path) -> Iterable[str]:
    """Every method and path of the app, and of what it has only where people sign in by OIDC."""
    app = create_app(Settings(convex_url="http://127.0.0.1:1", data_dir=folder))
    for route in flat([*app.routes, *oidc.router.routes]):
        if isinstance(route, Route):
            yield from (f"{method} {route.path}" for method in route.methods or ())
        else:
            assert isinstance(route, Mount), route
            yield f"GET {route.path}"


def flat(found: Iterable[BaseRoute]) -> Iterable[BaseRoute]:
    """Without the routers that FastAPI keeps as one entry each."""
    for route in found:
        router = getattr(route, "original_router", None)
        yield from flat(router.routes) if router else [route]
