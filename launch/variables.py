"""The variables that `convex/` reads, computed from the settings: for the embedded deployment and `make push`."""

import json
from collections.abc import Callable

from app.settings import Settings


def providers(settings: Settings) -> str:
    # Imported late: the import takes 0.2 s, while the web process starts on the other core.
    from app.auth.issuer import Issuer
    from app.auth.signing_key import signing_key
    from app.auth.trust import providers

    return json.dumps(providers(settings, Issuer(signing_key(settings))))


def limits(settings: Settings) -> str:
    """For convex/model/limits.ts, which names them."""
    rates = ("boards", "invites", "edits", "guesses", "uploads", "changes", "bytes")
    given = {rate: getattr(settings, f"rate_{rate}") for rate in rates}
    return json.dumps({"trashDays": settings.trash_days, "purgeAfterDays": settings.purge_after_days} | given)


def clerk(settings: Settings) -> str:
    """For convex/model/clerk.ts; `{}` if nobody signs in with Clerk, or it sends no webhooks."""
    if settings.auth_provider != "clerk" or settings.clerk_webhook_secret is None:
        return "{}"
    from app.auth.clerk import frontend

    return json.dumps({"issuer": frontend(settings), "webhookSecret": settings.clerk_webhook_secret.get_secret_value()})


# Every `process.env` in convex/, and where its value comes from; docs/convex.md describes them.
VARIABLES: dict[str, Callable[[Settings], str]] = {"AUTH_PROVIDERS": providers, "LIMITS": limits, "CLERK": clerk}


def written(settings: Settings) -> str:
    return json.dumps({name: value(settings) for name, value in VARIABLES.items()})
