"""When to replace a JSON Web Token. It is read, not verified: that is the deployment's business."""

import base64
import json
import time

LEEWAY = 60.0  # s before the end of a long-lived token
SHORTEST = 1.0  # s, so that a source of dead tokens is not asked in a loop


def refresh_delay(token: str) -> float | None:
    """Seconds until the token should be replaced; None if it does not say when it expires."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        expires = float(claims["exp"])
        issued = float(claims.get("iat", 0))
    except (LookupError, TypeError, ValueError):
        return None
    # The lifetime bounds what a wrong clock of ours can do.
    left = min(expires - time.time(), expires - issued)
    return max(SHORTEST, left - min(LEEWAY, left / 5))
