"""Clerk's Frontend API, as far as ClerkJS and Clerk's components ask it for a development instance.

It also serves both scripts, as npm has them (`make test` installs them), from the instance's own address.
"""

import asyncio
import base64
import json
import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.identity.resources import ENVIRONMENT, PASSWORD, Client, Session, SignIn

HOST = "easel-tests.clerk.accounts.dev"  # ClerkJS treats a development instance as one by its name
ISSUER = f"https://{HOST}"
PUBLISHABLE_KEY = "pk_test_" + base64.b64encode(f"{HOST}$".encode()).decode().rstrip("=")
PACKAGES = Path(__file__).parents[2] / ".clerk/node_modules/@clerk"
SIGNED_OUT = {"code": "authentication_invalid", "message": "Signed out", "long_message": "You are signed out"}
WRONG = {"code": "form_password_incorrect", "message": "Password is incorrect", "meta": {"param_name": "password"}}


class Frontend:
    """`mint` makes the token of a session for an origin."""

    def __init__(self, mint: Callable[[Session, str | None], str]) -> None:
        self.mint = mint
        self.port = 0
        self.clients: dict[str, Client] = {}  # by the id of the development browser
        self.reset()

    def reset(self) -> None:
        self.down = False  # the whole API
        self.pending = False  # the next sessions have a task left to do
        self.asked: Counter[str] = Counter()  # requests by the last word of their path

    @property
    def browser_flags(self) -> tuple[str, ...]:
        """By which Chromium finds us where Clerk would be, and accepts our certificate."""
        return (f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{self.port}", "--ignore-certificate-errors")

    def sessions(self, user: str) -> list[Session]:
        """In every browser."""
        found = (session for client in self.clients.values() for session in client.sessions.values())
        return [session for session in found if session.user == user]

    def revoke(self, user: str) -> None:
        """Ends this person's sessions, as Clerk's dashboard does."""
        for client in self.clients.values():
            client.sessions = {id: session for id, session in client.sessions.items() if session.user != user}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/npm/@clerk/{package}@{version}/dist/{file}", self.script),
            web.post("/v1/dev_browser", self.dev_browser),
            *(method("/v1/environment", self.environment) for method in (web.get, web.post)),
            web.get("/v1/client", self.client),
            web.post("/v1/client/sign_ins", self.sign_in),
            web.post("/v1/client/sign_ins/{id}/attempt_first_factor", self.attempt),
            web.post("/v1/client/sessions", self.sign_out),
            web.post("/v1/client/sessions/{id}/tokens", self.token),
            web.post("/v1/client/sessions/{id}/touch", self.touch),
        ]

    async def script(self, request: web.Request) -> web.StreamResponse:
        package = PACKAGES / request.match_info["package"]
        installed = json.loads(await asyncio.to_thread((package / "package.json").read_text))["version"]
        if installed != request.match_info["version"]:
            raise web.HTTPNotFound(text=f"There is version {installed}.")
        return web.FileResponse(package / "dist" / request.match_info["file"])

    async def dev_browser(self, _: web.Request) -> web.Response:
        id = f"dvb_{secrets.token_urlsafe(16)}"
        self.clients[id] = Client()
        return web.json_response({"object": "dev_browser", "id": id})

    async def environment(self, request: web.Request) -> web.Response:
        self.begin(request)
        return web.json_response(ENVIRONMENT)

    async def client(self, request: web.Request) -> web.Response:
        client = self.begin(request)
        return web.json_response({"response": self.json(client, request), "client": None})

    async def sign_in(self, request: web.Request) -> web.Response:
        client, body = self.begin(request), await request.post()
        client.attempt = SignIn(str(body["identifier"]))
        return (
            self.tried(client, request, str(body["password"])) if "password" in body else self.answer(client, request)
        )

    async def attempt(self, request: web.Request) -> web.Response:
        client, body = self.begin(request), await request.post()
        return self.tried(client, request, str(body.get("password")))

    def tried(self, client: Client, request: web.Request, password: str) -> web.Response:
        assert client.attempt
        if password != PASSWORD:
            return web.json_response({"errors": [WRONG]}, status=422)
        session = Session(client.attempt.user, "pending" if self.pending else "active")
        client.sessions[session.id] = session
        client.attempt.session = client.last = session.id
        return self.answer(client, request)

    def answer(self, client: Client, request: web.Request, response: Any = None) -> web.Response:
        """Whatever is changed, the whole client comes back beside it."""
        attempt = client.attempt and client.attempt.json()
        return web.json_response({"response": response or attempt, "client": self.json(client, request)})

    async def token(self, request: web.Request) -> web.Response:
        _, session = self.session(request)
        return web.json_response({"object": "token", "jwt": self.mint(session, request.headers.get("Origin"))})

    async def touch(self, request: web.Request) -> web.Response:
        client, session = self.session(request)
        client.last = session.id
        return self.answer(client, request, session.json(self.mint(session, request.headers.get("Origin"))))

    async def sign_out(self, request: web.Request) -> web.Response:
        client = self.begin(request)
        assert request.query["_method"] == "DELETE"
        client.sessions.clear()
        return self.answer(client, request, self.json(client, request))

    def session(self, request: web.Request) -> tuple[Client, Session]:
        client = self.begin(request)
        session = client.sessions.get(request.match_info["id"])
        if session is None:
            raise refusal(SIGNED_OUT)
        return client, session

    def begin(self, request: web.Request) -> Client:
        """The client that asks. Raises HTTPException while the API is down, and for an unknown browser."""
        self.asked[request.path.rpartition("/")[2]] += 1
        if self.down:
            raise web.HTTPServiceUnavailable(text="{}", content_type="application/json")
        found = self.clients.get(request.query.get("__clerk_db_jwt", ""))
        if found is None:
            raise refusal({"code": "dev_browser_unauthenticated", "message": "Unknown browser"})
        return found

    def json(self, client: Client, request: web.Request) -> dict[str, Any]:
        origin = request.headers.get("Origin")
        sessions = [session.json(self.mint(session, origin)) for session in client.sessions.values()]
        last = client.last if client.last in client.sessions else next(iter(client.sessions), None)
        known = {"object": "client", "id": client.id, "sessions": sessions, "last_active_session_id": last}
        attempt = client.attempt.json() if client.attempt and not client.attempt.session else None
        changed = max([client.began, *(session.began for session in client.sessions.values())])
        return known | {"sign_in": attempt, "sign_up": None, "created_at": client.began, "updated_at": changed}


def refusal(error: dict[str, Any]) -> web.HTTPException:
    return web.HTTPUnauthorized(text=json.dumps({"errors": [error]}), content_type="application/json")
