"""An identity provider on a real port: Clerk's front end and its script, an OpenID provider as Auth0 is, and faults.

It runs in its own thread, so that whatever a test waits for in a blocking way can still ask it. All state is plain
attributes: a test sets `fault`, `life` or `down` and the next request sees it.
"""

import asyncio
import base64
import hashlib
import secrets
import threading
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import web

from app.auth.clerk import suffix
from tests.identity.keys import SESSION_CATEGORY, SigningKeys, auth0_claims, clerk_claims

CLIENT, SECRET = "easel-client", "easel-secret"
SCRIPT = (Path(__file__).parent / "clerk.browser.js").read_text()


class Provider:
    def __init__(self) -> None:
        self.keys = SigningKeys()
        self.clients: dict[str, dict[str, str]] = {}  # Clerk's `__client` cookie: session, user
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
        self.down = False  # no tokens for anybody
        self.refuses = False  # the person says no
        self.pending = False  # the next sessions have a task left to do
        self.user = "ana"  # who is at the browser
        self.asked: Counter[str] = Counter()  # requests by path
        self.spent: list[str] = []  # refresh tokens that were used a second time
        self.wrong: dict[str, Any] = {}  # claims of ID tokens that are not as they should be

    # Where it is

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def publishable_key(self) -> str:
        return "pk_test_" + base64.b64encode(f"127.0.0.1:{self.port}$".encode()).decode().rstrip("=")

    def clerk_settings(self) -> dict[str, str]:
        """The environment of an Easel whose people sign in here as with Clerk."""
        key = {"CLERK_PUBLISHABLE_KEY": self.publishable_key, "AUTH_ISSUER": self.url}
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
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.counted])
        app.add_routes(
            [
                web.get("/.well-known/jwks.json", self.jwks),
                web.get("/.well-known/openid-configuration", self.configuration),
                web.get("/authorize", self.authorize),
                web.post("/oauth/token", self.token),
                web.get("/oidc/logout", self.logout),
                web.get("/npm/@clerk/{package}/dist/{file}", self.script),
                web.get("/v1/client", self.client),
                web.post("/v1/client/sign_ins", self.sign_in),
                web.post("/v1/client/tokens", self.session_tokens),
                web.post("/v1/client/remove", self.remove),
            ]
        )
        return app

    @web.middleware
    async def counted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked[request.path] += 1
        response: web.StreamResponse = await handler(request)
        if origin := request.headers.get("Origin"):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
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
                "jwks_uri": f"{self.url}/.well-known/jwks.json",
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

    # Clerk's front end, as far as its script asks it

    async def script(self, request: web.Request) -> web.Response:
        key = self.publishable_key
        text = SCRIPT if request.match_info["file"].startswith("clerk") else "window.__internal_ClerkUICtor = class {};"
        made = text.replace("FRONTEND", self.url).replace("SUFFIX", suffix(key))
        return web.Response(text=made, content_type="text/javascript")

    async def client(self, request: web.Request) -> web.Response:
        return web.json_response(self.clients.get(request.cookies.get("__client", "")))

    async def sign_in(self, _: web.Request) -> web.Response:
        client, session = secrets.token_urlsafe(16), f"sess_{secrets.token_hex(8)}"
        self.clients[client] = {"id": session, "user": f"user_{self.user}", "status": "active"}
        if self.pending:
            self.clients[client]["status"] = "pending"
        response = web.json_response(self.clients[client])
        response.set_cookie("__client", client, httponly=True, samesite="Lax")
        return response

    async def session_tokens(self, request: web.Request) -> web.Response:
        found = self.clients.get(request.cookies.get("__client", ""))
        if self.down or found is None:
            return web.Response(status=503 if self.down else 401)
        pending = {"sts": "pending"} if found["status"] == "pending" else {}
        jwt = self.session_token(found["user"], found["id"], request.headers.get("Origin"), **pending)
        return web.json_response({"jwt": jwt})

    async def remove(self, request: web.Request) -> web.Response:
        self.clients.pop(request.cookies.get("__client", ""), None)
        return web.json_response(None)
