"""People signed in by OIDC. The browser has a random id; the tokens stay here, and, sealed, in Convex.

Not in the cookie: ID and refresh tokens outgrow its 4 KiB, and a refresh token that works once must be renewed in one
place, not by every tab and process that happens to hold a copy.
"""

import asyncio
import json
import logging
import secrets
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from app.auth import Expired, InvalidToken, Verifier, Viewer
from app.auth.seal import Seal
from app.convex.sessions import Sessions
from app.signing_in.grant import SignInFailed, Tokens

if TYPE_CHECKING:  # Authlib is only there for those who use it
    from app.signing_in.oidc import Oidc

LIFE = 30 * 24 * 3600  # s since the last renewal
MARGIN = 8.0  # s before its end that a token is renewed
REMEMBERED = 4096
WAIT, WAITS = 0.25, 40  # s, times: for another process that renews

log = logging.getLogger("easel.auth")


@dataclass(frozen=True)
class Login:
    viewer: Viewer
    tokens: Tokens
    version: int


class Logins:
    def __init__(self, oidc: "Oidc", verifier: Verifier, seal: Seal, sessions: Sessions) -> None:
        self.oidc, self.verifier, self.seal, self.sessions = oidc, verifier, seal, sessions
        self.known: OrderedDict[str, Login] = OrderedDict()
        self.renewing: dict[str, asyncio.Task[Viewer]] = {}

    async def start(self, tokens: Tokens) -> tuple[str, Viewer]:
        """The id for the browser's cookie, and its viewer. Raises InvalidToken."""
        id = secrets.token_urlsafe(32)
        key = key_of(id)
        return id, await self.keep(key, tokens, 0)

    async def viewer(self, id: str) -> Viewer:
        """The viewer of this id, with a token that stays valid for a while. Raises InvalidToken after the session."""
        key = key_of(id)
        login = self.known.get(key) or await self.read(key)
        if login.viewer.expires_at - time.time() > MARGIN:
            self.known.move_to_end(key)
            return login.viewer
        if key not in self.renewing:
            task = self.renewing[key] = asyncio.create_task(self.renew(key, login))
            task.add_done_callback(lambda _: self.renewing.pop(key, None))
        return await asyncio.shield(self.renewing[key])

    async def end(self, id: str) -> str | None:
        """Signs out. Returns the ID token, which tells the provider whose session to end."""
        key = key_of(id)
        login = self.known.pop(key, None)
        if login is None:
            try:
                login = await self.read(key)
            except InvalidToken:
                return None
        await self.sessions.end(key)
        self.known.pop(key, None)
        return login.tokens.id_token

    def refused(self, error: Exception) -> None:
        log.warning("a sign-in failed: %s", error)

    async def renew(self, key: str, login: Login) -> Viewer:
        for _ in range(WAITS):
            if login.tokens.refresh is None:
                raise Expired("no refresh token")
            if await self.sessions.may_renew(key, login.version):
                return await self.keep(key, await self.fresh(key, login.tokens.refresh), login.version + 1)
            found = await self.read(key)
            if found.version > login.version and found.viewer.expires_at > time.time():
                return found.viewer
            await asyncio.sleep(WAIT)
        raise Expired("renewal")

    async def fresh(self, key: str, refresh: str) -> Tokens:
        try:
            return await self.oidc.renew(refresh)
        except SignInFailed as error:
            log.info("a session could not be renewed: %s", error)
            if not error.temporary:
                await self.sessions.end(key)
                self.known.pop(key, None)
            raise Expired("renewal") from None

    async def keep(self, key: str, tokens: Tokens, version: int) -> Viewer:
        viewer = await self.check(key, tokens)
        await self.sessions.keep(key, self.seal.close(json.dumps(asdict(tokens)), key), version, time.time() + LIFE)
        self.remember(key, Login(viewer, tokens, version))
        return viewer

    async def read(self, key: str) -> Login:
        kept = await self.sessions.get(key)
        opened = self.seal.open(kept.sealed, key) if kept else None
        if kept is None or opened is None:
            raise InvalidToken("login")
        tokens = Tokens(**json.loads(opened))
        try:
            viewer = await self.check(key, tokens)
        except Expired:
            viewer = Viewer("", "", "", tokens.token, 0)  # a placeholder: it is renewed before use
        login = Login(viewer, tokens, kept.version)
        self.remember(key, login)
        return login

    async def check(self, key: str, tokens: Tokens) -> Viewer:
        viewer = await self.verifier.verify(tokens.token)
        if viewer.issuer != self.oidc.issuer:
            raise InvalidToken("issuer")
        return replace(viewer, session=key)

    def remember(self, key: str, login: Login) -> None:
        self.known[key] = login
        self.known.move_to_end(key)
        if len(self.known) > REMEMBERED:
            self.known.popitem(last=False)


def key_of(id: str) -> str:
    """The hash of an id, which Convex stores: a copied table signs nobody in."""
    return sha256(id.encode()).hexdigest()
