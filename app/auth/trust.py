"""Settings → whom we believe: one row per issuer, and the same list in Convex's words."""

import base64
import binascii
from typing import Any

from app.auth.issuer import GUEST_AUDIENCE, GUEST_ISSUER, Issuer
from app.auth.keys import FetchedKeys, FixedKeys
from app.auth.verifier import REQUIRED, Trust
from app.settings import Settings, SettingsError


def trusted(settings: Settings, issuer: Issuer) -> list[Trust]:
    """Our own guests, and the accounts of the chosen provider. The relay is not in here: it is no viewer."""
    guests = Trust(GUEST_ISSUER, FixedKeys(issuer.jwks()), ("ES256",), GUEST_AUDIENCE)
    return [guests] if settings.auth_provider == "guest" else [guests, accounts(settings)]


def accounts(settings: Settings) -> Trust:
    clerk = settings.auth_provider == "clerk"
    issuer = settings.auth_issuer or (clerk_issuer(settings) if clerk else settings.oidc_issuer) or ""
    url = settings.auth_jwks_url or f"{issuer.rstrip('/')}/.well-known/jwks.json"
    audience = settings.oidc_audience or settings.oidc_client_id
    return Trust(
        issuer,
        FetchedKeys(url),
        ("RS256", "ES256"),
        settings.auth_audience or ("convex" if clerk else audience),
        settings.azp or frozenset([settings.public_origin] if clerk and settings.public_origin else []),
        # Only a session token has `sid`; Clerk's template and machine tokens are signed with the same key.
        (*REQUIRED, "sid") if clerk else REQUIRED,
    )


def providers(settings: Settings, issuer: Issuer) -> list[dict[str, Any]]:
    """AUTH_PROVIDERS, for `convex/auth.config.ts`."""
    if settings.auth_provider == "guest":
        return [*issuer.providers()]
    account = accounts(settings)
    if settings.auth_jwks_url is None:
        return [*issuer.providers(), {"domain": account.issuer, "applicationID": account.audience}]
    custom = {"type": "customJwt", "issuer": account.issuer, "applicationID": account.audience}
    return [*issuer.providers(), custom | {"algorithm": "RS256", "jwks": settings.auth_jwks_url}]


def clerk_issuer(settings: Settings) -> str:
    """A publishable key is `pk_test_` or `pk_live_` and the base64 of `<host>$`."""
    key = (settings.clerk_publishable_key or "").split("_")
    try:
        host = base64.b64decode(key[-1] + "==").decode("ascii")
    except (binascii.Error, ValueError):
        host = ""
    if len(key) != 3 or key[:2] not in (["pk", "test"], ["pk", "live"]) or not host.endswith("$") or "." not in host:
        raise SettingsError("CLERK_PUBLISHABLE_KEY is not one: copy it again from Clerk's dashboard.")
    return f"https://{host[:-1]}"
