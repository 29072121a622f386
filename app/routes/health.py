"""Whether the process is alive, and whether it can do its work. Never limited."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.answers import Json

router = APIRouter()
MAX_SKEW = 30.0  # s; every fresh token would be from the future, or over


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
    state = request.app.state
    if state.draining:
        return "shutting down"
    if not await state.store.reachable():
        return "the deployment cannot be reached"
    if not await state.verifier.ready():
        return "the keys of the sign-in provider cannot be had"
    if state.verifier.skew > MAX_SKEW:
        return f"this machine's clock is {state.verifier.skew:.0f} s off from the sign-in provider's"
    return None
