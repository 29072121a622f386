"""Tokens for tests: an issuer, claims that it would sign, and ways to sign others."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from app.auth import GUEST_ISSUER, Issuer

ISSUER = Issuer(ec.generate_private_key(ec.SECP256R1()))
NOW = int(time.time())
LIFE = 3600  # s; these are made when the tests are collected, which may be minutes before they run
CLAIMS: dict[str, Any] = {
    "iss": GUEST_ISSUER,
    "aud": "easel",
    "sub": "ana",
    "name": "Ana",
    "iat": NOW,
    "nbf": NOW,
    "exp": NOW + LIFE,
}
HEADER = {"kid": ISSUER.kid, "typ": "JWT"}


def signed(claims: dict[str, Any], header: dict[str, Any] = HEADER, key: Any = ISSUER.key, alg: str = "ES256") -> str:
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, alg, header)


def raw(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"none") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
