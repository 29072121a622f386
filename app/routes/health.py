"""Whether the process is alive, and whether it can do its work. Never limited."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.deployment import DeploymentError
from app.web.answers import Json

router = APIRouter()
PATIENCE = 2.0  # s for the deployment to answer


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
    try:
        async with asyncio.timeout(PATIENCE):
            await state.deployment.version()
            keys = [await trust.keys.ready() for trust in state.verifier.trusted.values()]
    except (DeploymentError, TimeoutError):
        return "the deployment cannot be reached"
    return None if all(keys) else "the key set of the sign-in provider cannot be had"
