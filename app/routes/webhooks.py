"""Clerk's webhook. convex/clerk.ts does what it says."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.deps.parts import SettingsDep
from app.errors import NotFound
from app.parts import parts
from app.web.forwarding import forwarded
from app.web.limits import Rates, address

router = APIRouter(prefix="/webhooks")


@router.post("/clerk")
async def hear(request: Request, settings: SettingsDep) -> Response:
    if settings.auth_provider != "clerk" or settings.clerk_webhook_secret is None:
        raise NotFound()
    parts(request)[Rates].webhooks(address(request))
    return await forwarded(request, "/webhooks/clerk")
