"""A server of key sets that can break, stall and rotate, and a clock to pass time."""

import asyncio
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from app.auth import GUEST_ISSUER, Trust, Verifier
from app.auth.keys import FetchedKeys
from tests.unit.auth.tokens import CLAIMS, signed


class KeyServer:
    """An issuer's JWKS address, which the tests can break and rotate."""

    def __init__(self) -> None:
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.answer: Any = lambda: web.json_response(self.jwks)
        self.rotate()

    def rotate(self, kid: str = "one") -> None:
        self.key: Any = rsa.generate_private_key(65537, 2048)
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.jwks = {"keys": [public | {"kid": kid, "alg": "RS256", "use": "sig"}]}
        self.kid, self.alg = kid, "RS256"

    def rotate_to_curve(self) -> None:
        self.key, self.alg = ec.generate_private_key(ec.SECP256R1()), "ES256"
        public = ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.jwks = {"keys": [public | {"kid": self.kid, "alg": "ES256", "use": "sig"}]}

    def break_down(self) -> None:
        self.answer = lambda: web.Response(status=500)

    async def serve(self, _: web.Request) -> web.StreamResponse:
        self.asked += 1
        await self.gate.wait()
        return self.answer()  # type: ignore[no-any-return]

    def token(self, **header: Any) -> str:
        return signed(CLAIMS | {"sid": "s"}, {"kid": self.kid, **header}, self.key, self.alg)


class Clocked(FetchedKeys):
    """Fetched keys whose time stands still until a test moves it."""

    now = 1000.0

    def clock(self) -> float:
        return self.now


def fetched(server: KeyServer) -> tuple[Verifier, Clocked]:
    found = Clocked(server.url)  # type: ignore[attr-defined]
    return Verifier([Trust(GUEST_ISSUER, found, ("RS256", "ES256"), "easel")]), found
