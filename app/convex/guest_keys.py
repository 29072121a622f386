"""Keys with which guests come back. Convex stores their hashes (convex/guestKeys.ts); the server stores no key."""

import re
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Literal

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Guest

Kind = Literal["browser", "link"]
KEY = re.compile(r"gk_[A-Za-z0-9_-]{43}")  # 256 bits


class GuestKeys:
    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token

    async def make(self, guest: Viewer, kind: Kind) -> str:
        """A new key of this guest. A guest has at most one link and 20 browsers: a new key replaces the oldest."""
        key = f"gk_{secrets.token_urlsafe(32)}"
        await answered(self.deployment.mutation, "guestKeys:keep", {"hash": hash_of(key), "kind": kind}, guest.token)
        return key

    async def find(self, key: str) -> Guest | None:
        """The key's guest. The lookup is by hash, so its time tells nothing about the key."""
        if not KEY.fullmatch(key):
            return None
        found = await answered(self.deployment.query, "guestKeys:find", {"hash": hash_of(key)}, self.relay_token())
        return Guest(found["subject"], found["name"]) if found else None

    async def drop(self, guest: Viewer) -> None:
        """Ends the keys of this guest's browsers at sign-out. The guest's own link stays valid."""
        await answered(self.deployment.mutation, "guestKeys:drop", {}, guest.token)


def hash_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()
