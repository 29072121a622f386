"""Whether the process is alive, and whether it can do its work. Never limited."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.hub import Hubs
from app.parts import parts
from app.readiness import Readiness
from app.web.answers import Json

router = APIRouter()


@router.get("/healthz")
async def healthz() -> Response:
    return Json({"status": "ok"})


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    reason = await unready(request)
    if reason is None:
        return Json({"status": "ready"})
    return Json({"status": "unready", "reason": reason}, 503, {"Retry-After": "1"})


async def unready(request: Request) -> str | None:
    """The reason why people cannot be served now."""
    if parts(request)[Hubs].draining:
        return "shutting down"
    return await parts(request)[Readiness].reason()
