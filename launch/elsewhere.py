"""Checks a deployment that somebody else runs (`CONVEX_URL`): does it answer, and does it know this server's key?"""

import asyncio
import sys

from app.settings import Settings, SettingsError

PATIENCE = 5.0  # s


async def check(settings: Settings) -> None:
    """Warns if it does not answer, since it may start later. Raises SettingsError if it knows another signing key."""
    from app.auth.issuer import Issuer
    from app.auth.signing_key import signing_key
    from app.convex.deployment import Deployment
    from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, Unauthenticated

    assert settings.convex_url
    token = Issuer(signing_key(settings)).relay_token()
    try:
        async with asyncio.timeout(PATIENCE), Deployment(settings.convex_url) as deployment:
            await deployment.query("relay:ping", {}, token=token)
    except Unauthenticated:
        raise SettingsError(
            f"The deployment at CONVEX_URL {settings.convex_url} knows another signing key: set the APP_SIGNING_KEY, "
            "or the DATA_DIR, that `make push` was run with, or run `make push` again."
        ) from None
    except (DeploymentUnavailable, TimeoutError):
        print(f"CONVEX_URL {settings.convex_url} does not answer; Easel keeps trying.", file=sys.stderr)
    except DeploymentError as error:
        print(f"CONVEX_URL {settings.convex_url} refuses a query ({error}): run `make push`.", file=sys.stderr)
