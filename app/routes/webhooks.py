"""What Clerk tells us by itself: people who changed their name or left, sessions that ended. Never a 500."""

import json
import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.auth import clerk
from app.deps.parts import SessionsDep, SettingsDep
from app.errors import BadRequest, NotFound
from app.parts import parts
from app.text import MAX_NAME, one_line
from app.web.limits import Rates, address

router = APIRouter(prefix="/webhooks")
ENDS = frozenset({"session.ended", "session.removed", "session.revoked"})
TELLS = frozenset({"user.created", "user.updated"})

log = logging.getLogger("easel.auth")


async def verified(request: Request, settings: SettingsDep) -> dict[str, Any]:
    """The body, once its signature is good. Raises NotFound without a secret, BadRequest for what is not Clerk's."""
    if settings.auth_provider != "clerk" or settings.clerk_webhook_secret is None:
        raise NotFound()
    rates = parts(request)[Rates]
    rates.webhooks(address(request))
    body = await request.body()
    from svix.webhooks import Webhook

    try:
        # Not what it returns: some versions return nothing. And it raises whatever it likes for hostile headers.
        Webhook(settings.clerk_webhook_secret.get_secret_value()).verify(body, dict(request.headers))
        told = json.loads(body)
    except Exception as error:
        log.warning("a webhook was refused: %s", type(error).__name__)
        raise BadRequest("This is not signed by Clerk.") from None
    return told if isinstance(told, dict) else {}


@router.post("/clerk")
async def hear(
    request: Request, told: Annotated[dict[str, Any], Depends(verified)], settings: SettingsDep, sessions: SessionsDep
) -> Response:
    hook = effect(told, clerk.frontend(settings))
    if hook is None:
        log.info("a webhook of no use here: %s", str(told.get("type"))[:40])
    else:
        await sessions.hear({"hookId": request.headers["svix-id"], **hook})
    return Response(status_code=204)


def effect(told: dict[str, Any], issuer: str) -> dict[str, Any] | None:
    """What `sessions:hook` takes; None for what we have no use for, or do not understand."""
    kind, data = told.get("type"), told.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return None
    at = moment(data.get("updated_at")) or moment(told.get("timestamp"))
    person = f"{issuer}|{data['id']}"
    if kind in ENDS:
        return {"at": at, "ends": data["id"]}
    if kind == "user.deleted":
        return {"at": at, "person": person, "deleted": True}
    if kind not in TELLS:
        return None
    profile = {"at": at, "person": person, "name": name_of(data)}
    picture = data.get("image_url")
    return profile | ({"picture": picture[:500]} if isinstance(picture, str) and picture.startswith("https://") else {})


def name_of(data: dict[str, Any]) -> str:
    names = [data.get(part) for part in ("first_name", "last_name")]
    full = " ".join(name for name in names if isinstance(name, str))
    given = (one_line(name, MAX_NAME) for name in (full, data.get("username")) if isinstance(name, str))
    return next((name for name in given if name), "Somebody")


def moment(value: object) -> float:
    """ms since the epoch; 0 if unknown."""
    return float(value) if isinstance(value, int | float) else 0.0
