"""Refuses a changed signing key: with another key all guests would lose their boards."""

import json
from typing import Any

from app.auth.issuer import GUEST_ISSUER
from app.settings import Settings, SettingsError
from launch.plan import ENVIRONMENT


def require_same_key(settings: Settings, variables: str) -> None:
    """Compares the key with the one at the last start. Raises SettingsError if they differ."""
    environment = settings.data_dir / ENVIRONMENT
    before = key_of(environment.read_text()) if environment.exists() else None
    if before is None or before == key_of(variables):
        return
    given = "APP_SIGNING_KEY" if settings.app_signing_key else f"{settings.data_dir / 'signing-key.pem'}"
    raise SettingsError(
        f"{given} is not the key that signed for the guests of DATA_DIR {settings.data_dir}: with it they would lose "
        f"their boards. Give back that key, or, to change it on purpose, delete {environment}."
    )


def key_of(variables: str) -> Any:
    """The guests' public key in the deployment's variables; None if they hold none."""
    try:
        trusted = json.loads(json.loads(variables)["AUTH_PROVIDERS"])
        return next((provider["jwks"] for provider in trusted if provider.get("issuer") == GUEST_ISSUER), None)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
