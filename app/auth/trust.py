"""The trusted issuers of these settings: one row each, and the same list for Convex."""

from typing import Any

from app.auth import clerk
from app.auth.issuer import GUEST_AUDIENCE, GUEST_ISSUER, GUEST_LIFE, Issuer
from app.auth.keys import FetchedKeys, FixedKeys
from app.auth.verifier import REQUIRED, Trust
from app.settings import Settings

ALGORITHMS = ("RS256", "ES256")
# ID tokens need no `nbf` (Auth0 and Keycloak write none).
OIDC_REQUIRED = ("exp", "iat", "iss", "sub")


def trusted(settings: Settings, issuer: Issuer) -> list[Trust]:
    """Our own guests, and the accounts of the chosen provider. The relay is missing, since it is no viewer."""
    guests = Trust(GUEST_ISSUER, FixedKeys(issuer.jwks()), ("ES256",), GUEST_AUDIENCE, max_life=GUEST_LIFE)
    match settings.auth_provider:
        case "clerk":
            return [guests, clerk_accounts(settings)]
        case "oidc":
            return [guests, oidc_accounts(settings)]
    return [guests]


def clerk_accounts(settings: Settings) -> Trust:
    issuer = clerk.frontend(settings)
    return Trust(
        issuer,
        FetchedKeys(settings.auth_jwks_url or f"{issuer.rstrip('/')}/.well-known/jwks.json"),
        ALGORITHMS,
        clerk_audience(settings),
        settings.azp or frozenset([settings.public_origin] if settings.public_origin else []),
        # Only a session token has `sid`; Clerk's template and machine tokens are signed with the same key.
        (*REQUIRED, "sid"),
        settings.auth_bearer_without_azp,
        settings.auth_max_token_life,
        clerk.check,
    )


def clerk_audience(settings: Settings) -> str | None:
    """`convex` with Clerk's own Convex integration; AUTH_AUDIENCE=none for tokens that must have no `aud`."""
    return None if settings.auth_audience == "none" else settings.auth_audience or "convex"


def oidc_accounts(settings: Settings) -> Trust:
    issuer = settings.auth_issuer or settings.oidc_issuer or ""
    given = settings.auth_jwks_url
    return Trust(
        issuer,
        FetchedKeys(given or configuration(issuer), discover=given is None),
        ALGORITHMS,
        settings.auth_audience or settings.oidc_audience or settings.oidc_client_id,
        settings.azp,
        OIDC_REQUIRED,
        max_life=settings.auth_max_token_life,
    )


def configuration(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def providers(settings: Settings, issuer: Issuer) -> list[dict[str, Any]]:
    """AUTH_PROVIDERS, for `convex/auth.config.ts`.

    Convex finds an OIDC provider's keys by itself, for RS256 and one audience. Whatever else there is goes in as
    `customJwt`, which says where the keys are.
    """
    own: list[dict[str, Any]] = [*issuer.providers()]
    for account in trusted(settings, issuer)[1:]:
        plain = settings.auth_jwks_url is None and settings.auth_algorithm == "RS256" and account.audience
        own.append(
            {"domain": account.issuer, "applicationID": account.audience} if plain else custom(settings, account)
        )
    return own


def custom(settings: Settings, account: Trust) -> dict[str, Any]:
    keys = settings.auth_jwks_url or f"{account.issuer.rstrip('/')}/.well-known/jwks.json"
    audience = {"applicationID": account.audience} if account.audience else {}
    return {
        "type": "customJwt",
        "issuer": account.issuer,
        "algorithm": settings.auth_algorithm,
        "jwks": keys,
    } | audience
