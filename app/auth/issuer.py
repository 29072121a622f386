"""The app's own issuer. It signs for guests (Convex sees a real identity for everyone) and for the relay."""

import base64
import json
import secrets
import time
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from jwt.algorithms import ECAlgorithm

# Constants, independent of the public address: identities survive a move to another address.
GUEST_ISSUER, GUEST_AUDIENCE = "https://guest.easel.invalid", "easel"
RELAY_ISSUER, RELAY_AUDIENCE = "https://relay.easel.invalid", "easel-relay"
GUEST_LIFE = 30 * 24 * 3600  # s; renewed in use after half of it
RELAY_LIFE = 600  # s


class Issuer:
    """Signs ES256 with the app's key; see `app/auth/signing_key.py`."""

    def __init__(self, key: EllipticCurvePrivateKey) -> None:
        self.key = key
        public: dict[str, Any] = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        self.kid = thumbprint(public)
        self.public = public | {"kid": self.kid, "use": "sig", "alg": "ES256"}

    def guest_token(self, subject: str, name: str, session: str | None = None) -> tuple[str, int]:
        """A guest's token and when it expires, in unix seconds. All tokens of a `session` end when it is signed out."""
        sid = session or secrets.token_hex(16)
        return self.sign(GUEST_ISSUER, GUEST_AUDIENCE, GUEST_LIFE, sub=subject, name=name, sid=sid)

    def relay_token(self) -> str:
        return self.sign(RELAY_ISSUER, RELAY_AUDIENCE, RELAY_LIFE, sub="relay")[0]

    def sign(self, issuer: str, audience: str, life: int, **claims: str) -> tuple[str, int]:
        now = int(time.time())
        payload = {"iss": issuer, "aud": audience, "iat": now, "nbf": now, "exp": now + life, **claims}
        return jwt.encode(payload, self.key, "ES256", {"kid": self.kid, "typ": "JWT"}), now + life

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.public]}

    def providers(self) -> list[dict[str, str]]:
        """The Convex providers of guests and relay, with their keys, so that Convex fetches nothing."""
        keys = base64.b64encode(json.dumps(self.jwks(), separators=(",", ":")).encode()).decode()
        return [
            {
                "type": "customJwt",
                "issuer": issuer,
                "applicationID": audience,
                "algorithm": "ES256",
                "jwks": f"data:text/plain;charset=utf-8;base64,{keys}",
            }
            for issuer, audience in ((GUEST_ISSUER, GUEST_AUDIENCE), (RELAY_ISSUER, RELAY_AUDIENCE))
        ]


def thumbprint(public: dict[str, Any]) -> str:
    """RFC 7638: a name for the key, the same in every process."""
    members = json.dumps({name: public[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return base64.urlsafe_b64encode(sha256(members.encode()).digest()).rstrip(b"=").decode()
