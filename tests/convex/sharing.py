"""A board with somebody in every role on it, made through the functions alone."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from convex import ConvexError

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id

DAY = 24 * 3600 * 1000.0  # ms
ROLES = ("viewer", "commenter", "editor")


@dataclass
class People:
    """Callers on one board, by what they are to it; `ids` are their users ids."""

    board: str
    callers: dict[str, Caller]
    ids: dict[str, str]

    def __getitem__(self, who: str) -> Caller:
        return self.callers[who]


def new_token() -> str:
    return f"inv_{secrets.token_urlsafe(24)}"


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def invite(owner: Caller, board: str, role: str = "editor", **options: Any) -> tuple[str, Any]:
    """A new invitation's token, and what the function says of it."""
    token = new_token()
    args = {"operationId": new_id(), "board": board, "hash": hash_of(token), "role": role, "life": DAY} | options
    return token, await owner.mutation("invites:create", **args)


async def redeem(caller: Caller, token: str) -> Any:
    """Raises ConvexError for what null stands for, too: a token that does not count."""
    done = await caller.mutation("invites:redeem", operationId=new_id(), token=token)
    if done is None:
        raise ConvexError("no such invitation", {"code": "not_found"})
    return done


async def join(owner: Caller, board: str, caller: Caller, role: str) -> str:
    """Puts somebody on the board; their users id."""
    await redeem(caller, (await invite(owner, board, role))[0])
    return str((await caller.mutation("users:store"))["id"])


async def members(caller: Caller, board: str) -> dict[str, str]:
    """Roles by name."""
    return {member["name"]: member["role"] for member in await caller.query("members:list", board=board)}


async def people(deployment: Deployment, issuer: Issuer, visibility: str = "private") -> People:
    """A board with an owner, an editor, a commenter, a viewer, somebody who was removed, and a stranger to it."""

    def caller(name: str) -> Caller:
        return Caller(deployment, issuer.guest_token(new_id(), name)[0])

    callers = {name: caller(name) for name in ("owner", *ROLES, "removed", "stranger")}
    owner = callers["owner"]
    board = await owner.create_board(visibility)
    ids = {"owner": str((await owner.mutation("users:store"))["id"])}
    for role in ROLES:
        ids[role] = await join(owner, board, callers[role], role)
    ids["removed"] = await join(owner, board, callers["removed"], "editor")
    await owner.mutation("members:remove", operationId=new_id(), board=board, user=ids["removed"])
    ids["stranger"] = str((await callers["stranger"].mutation("users:store"))["id"])
    return People(board, callers | {"anonymous": Caller(deployment, None)}, ids)
