"""Keys that sign as an identity provider does, and tokens as Clerk and Auth0 write them."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

SESSION_CATEGORY = "cl_B7d4PD111AAA"
TEMPLATE_CATEGORY, MACHINE_CATEGORY = "cl_B7d4PD222AAA", "cl_B7d4PD333AAA"


class SigningKeys:
    """One key in use, and those published: after a rotation the old one no longer is."""

    def __init__(self) -> None:
        self.kid = "ins_1"
        self.rotate()

    def rotate(self, kid: str | None = None, algorithm: str = "RS256") -> None:
        """A new key, under a new id or, as Clerk may, under the same one."""
        self.kid = kid or self.kid
        self.algorithm = algorithm
        self.private: Any
        if algorithm == "RS256":
            self.private = rsa.generate_private_key(65537, 2048)
            public = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        else:
            self.private = ec.generate_private_key(ec.SECP256R1())
            public = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        self.jwks = {"keys": [public | {"kid": self.kid, "alg": algorithm, "use": "sig"}]}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """A claim or header that is None is left out."""
        head = {"kid": self.kid, "typ": "JWT", **header}
        return jwt.encode(without_none(claims), self.private, self.algorithm, without_none(head))


def without_none(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def clerk_claims(issuer: str, azp: str | None, user: str, session: str, life: float, **changes: Any) -> dict[str, Any]:
    """A session token's claims, version 2, with Clerk's own Convex integration and a custom claim for the name."""
    now = int(time.time())
    claims = {
        "v": 2,
        "iss": issuer,
        "aud": "convex",
        "azp": azp,
        "sub": user,
        "sid": session,
        "iat": now,
        "nbf": now - 10,
        "exp": int(now + life),
        "jti": base64.urlsafe_b64encode(str(time.time_ns()).encode()).decode()[:20],
        "fva": [1, -1],
        "pla": "u:free",
        "fea": "o:dashboard,o:boards",
        "o": {"id": "org_1", "slg": "easel", "rol": "member", "per": "read,write", "fpm": "1,3"},
        "name": user.removeprefix("user_").capitalize(),
    }
    return claims | changes


def auth0_claims(issuer: str, client: str, user: str, life: float, **changes: Any) -> dict[str, Any]:
    """An ID token's claims: no `nbf`, no `azp`, an `aud` that is the client's id."""
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": client,
        "sub": f"auth0|{user}",
        "iat": now,
        "exp": int(now + life),
        "name": user.capitalize(),
        "nickname": user,
        "picture": f"https://s.gravatar.com/avatar/{user}",
        "updated_at": "2026-11-01T10:00:00.000Z",
        "email": f"{user}@example.com",
        "email_verified": True,
    }
    return claims | changes


def raw(header: dict[str, Any], claims: dict[str, Any], signature: bytes) -> str:
    """A token put together by hand, such as PyJWT would refuse to write."""
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
