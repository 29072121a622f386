"""An identity provider on two real ports: Clerk's front end by https, an OpenID provider as Auth0 is, and faults.

It runs in its own thread, so that whatever a test waits for in a blocking way can still ask it. All state is plain
attributes: a test sets `fault`, `life` or `down` and the next request sees it.
"""

import asyncio
import base64
import hashlib
import secrets
import threading
from collections import Counter
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import web

from tests.identity.certificate import tls
from tests.identity.frontend import ISSUER, PUBLISHABLE_KEY, Frontend
from tests.identity.keys import SESSION_CATEGORY, SigningKeys, auth0_claims, clerk_claims
from tests.identity.resources import Session

CLIENT, SECRET = "easel-client", "easel-secret"
KEY_SET = "/.well-known/jwks.json"


class Provider:
    def __init__(self) -> None:
        self.keys = SigningKeys()
        self.frontend = Frontend(self.minted)
        self.codes: dict[str, dict[str, Any]] = {}
        self.refreshes: dict[str, str] = {}  # refresh token: user; each works once
        self.reset()
        self.loop = asyncio.new_event_loop()
        self.started = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.port = 0

    def reset(self) -> None:
        """What tests may set, as it is at first."""
        self.life = 60.0  # s of a token
        self.fault: str | None = None  # of the key set: "500", "slow", "redirect", "large", "garbage"
        self.down = False  # no tokens for anybody by OpenID
        self.refuses = False  # the person says no
        self.user = "ana"  # who is at the browser
        self.asked: Counter[str] = Counter()  # requests by path
        self.spent: list[str] = []  # refresh tokens that were used a second time
        self.wrong: dict[str, Any] = {}  # claims of ID tokens that are not as they should be
        self.frontend.reset()

    # Where it is

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def clerk_settings(self) -> dict[str, str]:
        """The environment of an Easel whose people sign in here as with Clerk."""
        key = {"CLERK_PUBLISHABLE_KEY": PUBLISHABLE_KEY, "AUTH_ISSUER": self.url}
        return {"AUTH_PROVIDER": "clerk", **key}

    def clerk_js_settings(self) -> dict[str, str]:
        """The same, for ClerkJS itself. The key set comes by http: only a browser can ignore our certificate."""
        key = {"CLERK_PUBLISHABLE_KEY": PUBLISHABLE_KEY, "AUTH_JWKS_URL": f"{self.url}{KEY_SET}"}
        return {"AUTH_PROVIDER": "clerk", **key}

    def oidc_settings(self) -> dict[str, str]:
        """The environment of an Easel whose people sign in here as with Auth0."""
        client = {"OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
        return {"AUTH_PROVIDER": "oidc", "OIDC_ISSUER": f"{self.url}/", **client}

    # Tokens

    def session_token(
        self, user: str = "user_ana", session: str = "sess_1", azp: str | None = None, **changes: Any
    ) -> str:
        claims = clerk_claims(self.url, azp, user, session, self.life, **changes)
        return self.keys.sign(claims, cat=SESSION_CATEGORY, oiat=claims["iat"])

    def minted(self, session: Session, origin: str | None, **changes: Any) -> str:
        """For ClerkJS, which has its issuer at another address than our other tests."""
        pending = {"sts": "pending"} if session.status == "pending" else {}
        return self.session_token(session.user, session.id, origin, **{"iss": ISSUER, **pending, **changes})

    def id_token(self, user: str = "ana", **changes: Any) -> str:
        return self.keys.sign(auth0_claims(f"{self.url}/", CLIENT, user, self.life, **changes | self.wrong))

    # Life

    def __enter__(self) -> Self:
        self.thread.start()
        assert self.started.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        runner = web.AppRunner(self.app(), shutdown_timeout=0.1)
        self.loop.run_until_complete(self.listen(runner))
        self.started.set()
        self.loop.run_forever()
        self.loop.run_until_complete(runner.cleanup())
        self.loop.close()

    async def listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        for context in (None, tls()):
            await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        self.port, self.frontend.port = (address[1] for address in runner.addresses)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.counted])
        app.add_routes(
            [
                web.get(KEY_SET, self.jwks),
                web.get("/.well-known/openid-configuration", self.configuration),
                web.get("/authorize", self.authorize),
                web.post("/oauth/token", self.token),
                web.get("/oidc/logout", self.logout),
                *self.frontend.routes(),
            ]
        )
        return app

    @web.middleware
    async def counted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked[request.path] += 1
        allowed = {"Access-Control-Allow-Credentials": "true"}
        allowed |= {"Access-Control-Allow-Origin": request.headers.get("Origin", "*")}
        try:
            response: web.StreamResponse = await handler(request)
        except web.HTTPException as refused:
            refused.headers.update(allowed)
            raise
        response.headers.update(allowed)
        return response

    # Keys

    async def jwks(self, _: web.Request) -> web.Response:
        match self.fault:
            case "500":
                return web.Response(status=500)
            case "slow":
                await asyncio.sleep(10)
            case "redirect":
                return web.Response(status=302, headers={"Location": "/elsewhere"})
            case "large":
                return web.Response(body=b"x" * 10_000_000, content_type="application/json")
            case "garbage":
                return web.Response(text="<html>not a key set", content_type="application/json")
        return web.json_response(self.keys.jwks)

    # OpenID

    async def configuration(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": f"{self.url}/",
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/oauth/token",
                "end_session_endpoint": f"{self.url}/oidc/logout",
                "jwks_uri": f"{self.url}{KEY_SET}",
            }
        )

    async def authorize(self, request: web.Request) -> web.Response:
        asked = request.query
        back: dict[str, str] = {"state": asked["state"]}
        good = asked["response_type"] == "code" and asked["client_id"] == CLIENT
        if self.refuses or not good or asked.get("code_challenge_method") != "S256":
            back["error"] = "access_denied"
        else:
            code = back["code"] = secrets.token_urlsafe(16)
            self.codes[code] = dict(asked) | {"user": self.user}
        return web.Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{urlencode(back)}"})

    async def token(self, request: web.Request) -> web.Response:
        body = await request.post()
        if self.down:
            return web.Response(status=503)
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}":
            return web.json_response({"error": "invalid_client"}, status=401)
        if body["grant_type"] == "refresh_token":
            return self.refreshed(str(body["refresh_token"]))
        begun = self.codes.pop(str(body.get("code")), None)
        challenge = hashlib.sha256(str(body.get("code_verifier")).encode()).digest()
        proof = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if begun is None or begun["code_challenge"] != proof or begun["redirect_uri"] != body.get("redirect_uri"):
            return web.json_response({"error": "invalid_grant"}, status=403)
        return self.granted(begun["user"], nonce=begun["nonce"])

    def refreshed(self, refresh: str) -> web.Response:
        user = self.refreshes.pop(refresh, None)
        if user is None:
            self.spent.append(refresh)
            return web.json_response({"error": "invalid_grant"}, status=403)
        return self.granted(user)

    def granted(self, user: str, **claims: Any) -> web.Response:
        refresh = secrets.token_urlsafe(24)
        self.refreshes[refresh] = user
        token = {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": int(self.life)}
        return web.json_response(token | {"id_token": self.id_token(user, **claims), "refresh_token": refresh})

    async def logout(self, request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.query["post_logout_redirect_uri"]})
