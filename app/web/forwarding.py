"""Requests that the HTTP actions of convex/http.ts answer: forwarded to them, so that Easel needs one port."""

import logging

from starlette.requests import Request
from starlette.responses import Response

from app.convex.calls import unavailable
from app.convex.deployment import DeploymentUnavailable, Site
from app.parts import parts

# Nothing that names a person, an address or another host.
FORWARDED = ("content-type", "idempotency-key", "svix-id", "svix-timestamp", "svix-signature")

log = logging.getLogger("easel.forwarding")


async def forwarded(request: Request, path: str) -> Response:
    """The answer of the HTTP action at this path. Raises Unavailable if there is none."""
    headers = {name: value for name in FORWARDED if (value := request.headers.get(name)) is not None}
    try:
        answer = await parts(request)[Site].post(path, await request.body(), headers)
    except DeploymentUnavailable as error:
        log.warning("%s", error)
        raise unavailable(error) from error
    response = Response(answer.body, answer.status)
    if answer.body:
        response.headers["Content-Type"] = answer.content_type
    if answer.retry_after:
        response.headers["Retry-After"] = answer.retry_after
    return response
