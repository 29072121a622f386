"""What Convex keeps of sessions, called as the relay (convex/sessions.ts), and a guest's boards changing hands."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.auth import Viewer
from app.auth.ended import Ended
from app.auth.leases import Leases
from app.convex.calls import answered
from app.convex.deployment import Deployment, Sync
from app.errors import Conflict, EaselError

RETRY = 1.0  # s
TICK = 1.0  # s
MOST_CALLS = 200  # of one operation in batches
MOST_OWED = 10_000  # ends that Convex does not have yet

log = logging.getLogger("easel.auth")


@dataclass(frozen=True)
class Kept:
    sealed: str
    version: int


class Sessions:
    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token
        self.owed: set[str] = set()

    async def keep(self, key: str, sealed: str, version: int, expires_at: float) -> None:
        await self.mutation("keep", key=key, sealed=sealed, version=float(version), expiresAt=expires_at * 1000)

    async def get(self, key: str) -> Kept | None:
        args = {"key": key}
        found = await answered(self.deployment.query, "sessions:get", args, self.relay_token())
        return Kept(found["sealed"], int(found["version"])) if found else None

    async def may_renew(self, key: str, version: int) -> bool:
        return bool(await self.mutation("renew", key=key, version=float(version)))

    async def end(self, session: str) -> None:
        await self.mutation("end", session=session)

    async def end_or_owe(self, session: str) -> None:
        """The same, or later if Convex is not available now."""
        try:
            await self.end(session)
        except EaselError as error:
            log.warning("a session could not be ended yet: %s", error.code)
            if len(self.owed) < MOST_OWED:
                self.owed.add(session)

    async def settle(self) -> None:
        """Sends the ends that Convex does not have yet. Raises EaselError while Convex is not available."""
        for session in tuple(self.owed):
            await self.end(session)
            self.owed.discard(session)

    async def over(self, keys: list[str]) -> list[str]:
        """The sessions and people among these that have ended."""
        found: list[str] = await answered(self.deployment.query, "sessions:over", {"keys": keys}, self.relay_token())
        return found

    async def claim(self, guest: Viewer, account: Viewer) -> int:
        """Gives the guest's boards to the account, and returns their number."""
        secret = secrets.token_urlsafe(32)
        offer = {"hash": sha256(secret.encode()).hexdigest()}
        await answered(self.deployment.mutation, "claims:offer", offer, guest.token)
        boards = 0
        for _ in range(MOST_CALLS):
            taken = await answered(self.deployment.mutation, "claims:take", {"secret": secret}, account.token)
            if taken is None:
                raise Conflict("The guest's boards are no longer on offer: try again.")
            boards += int(taken["boards"])
            if not taken["more"]:
                break
        return boards

    async def mutation(self, function: str, /, **args: Any) -> Any:
        return await answered(self.deployment.mutation, f"sessions:{function}", args, self.relay_token())


async def keep_time(leases: Leases) -> None:
    """Ends overdue leases once a second, for ever."""
    while True:
        await asyncio.sleep(TICK)
        leases.tick()


async def settle_ends(sessions: Sessions) -> None:
    """Sends Convex the ends that it missed, for ever."""
    while True:
        await asyncio.sleep(RETRY)
        with suppress(EaselError):
            await sessions.settle()


async def hear_of_ends(feed: Sync, ended: Ended, leases: Leases) -> None:
    """Follows Convex's list of ended sessions, for ever."""
    watch = feed.watch("sessions:ended", {})
    while True:
        try:
            async for keys in watch:
                for key in ended.replace(keys):
                    leases.end(key)
        except Exception as error:
            log.warning("the list of ended sessions cannot be read: %s", type(error).__name__)
        await asyncio.sleep(RETRY)
