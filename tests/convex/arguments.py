"""What each function of the access table is called with."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from convex import ConvexError, ConvexInt64

from app.convex.deployment import Storage
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import DAY, People, hash_of, invite, new_token
from tests.convex.stored import NO_QUOTAS, keep, upload

PAGE = {"numItems": 10, "cursor": None}


async def stored_for(row: str, relay: Caller, storage: Storage, board: str) -> tuple[str, dict[str, Any]]:
    """A file's id, and a variant that is only uploaded, for the rows that are about them."""
    storing = ("files:keep", "files:remove", "checkpoints:keep", "snapshots:keep", "thumbnails:keep", "archives:keep")
    if row not in storing:
        return "", {}
    file = await keep(relay, storage, board)
    return str(file["id"]), await upload(relay, storage, board, b"uploaded")


async def asker(there: People) -> str:
    """Somebody, by their users id, who asks to be let in to the board if it is private."""
    if (stranger := there.callers.get("stranger")) is None:
        return there.ids["stranger"]
    await stranger.mutation("asks:make", board=there.board)
    return there.ids["stranger"]


async def named(there: People) -> str:
    """A version of the board."""
    made = await there["owner"].mutation("versions:create", operationId=new_id(), board=there.board, name="Before")
    return str(made["id"])


async def hook_of(there: People) -> str:
    """The id of an incoming hook."""
    args = {"operationId": new_id(), "board": there.board, "name": "CI", "hash": hash_of(new_token())}
    return str((await there["owner"].mutation("hooks:create", **args))["id"])


async def restored_in(there: People) -> str:
    """The id of a restore."""
    args = {"restoreId": new_id(), "to": ConvexInt64(0)}
    return str((await there["owner"].mutation("restores:start", board=there.board, **args))["restoreId"])


async def taken_back(there: People) -> str:
    """The id of a takeback."""
    args = {"takebackId": new_id(), "user": there.ids["viewer"], "since": ConvexInt64(0)}
    return str((await there["owner"].mutation("takebacks:start", board=there.board, **args))["takebackId"])


async def into_trash(row: str, there: People) -> None:
    if row in ("trash:restore", "trash:remove"):
        with suppress(ConvexError):  # it is there already
            await there["owner"].mutation("boards:remove", operationId=new_id(), board=there.board)


async def timed(row: str, there: People) -> None:
    if row == "timers:change":
        await there["owner"].mutation("timers:start", operationId=new_id(), board=there.board, seconds=60)


async def arguments(row: str, who: str, there: People, relay: Caller, storage: Storage) -> dict[str, Any]:
    board, operation = {"board": there.board}, {"operationId": new_id()}
    one = {"user": there.ids["viewer"] if who != "viewer" else there.ids["editor"]}
    whose = {"person": "somebody", "quotas": NO_QUOTAS}
    stored = await stored_for(row, relay, storage, there.board)
    revoked = await invite(there["owner"], there.board) if row.startswith("invites:re") else ("", {"id": ""})
    asking = await asker(there) if row == "asks:dismiss" else ""
    taken = await taken_back(there) if row == "takebacks:get" else ""
    restored = await restored_in(there) if row == "restores:get" else ""
    version = await named(there) if row.startswith("versions:re") else ""
    hook = await hook_of(there) if row in ("hooks:rename", "hooks:revoke") else ""
    await into_trash(row, there)
    await timed(row, there)
    make: dict[str, Callable[[], dict[str, Any]]] = {
        "users:store": dict,
        "boards:create": lambda: operation | {"title": "Mine"},
        "boards:create source": lambda: operation | {"title": "Mine", "source": there.board},
        "cards:list": lambda: {"paginationOpts": PAGE},
        "cards:some": lambda: {"boards": [there.board], "now": 0.0},
        "cards:gather": lambda: {"after": 0.0},
        "cards:leave": lambda: operation | board,
        "cards:star": lambda: operation | board | {"starred": True},
        "boards:get": lambda: board,
        "boards:update": lambda: operation | board | {"title": "Renamed"},
        "boards:update visibility": lambda: operation | board | {"visibility": "link-edit"},
        "writings:search": lambda: {"words": "milk"},
        "boards:update presenting": lambda: operation | board | {"presenting": True},
        "boards:update embeddable": lambda: operation | board | {"embeddable": True},
        "boards:update template": lambda: operation | board | {"template": True},
        "boards:update copyable": lambda: operation | board | {"copyable": True},
        "boards:update historyOpen": lambda: operation | board | {"historyOpen": True},
        "boards:remove": lambda: operation | board,
        "trash:find": lambda: board,
        "trash:list": lambda: {"paginationOpts": PAGE},
        "trash:restore": lambda: operation | board,
        "trash:remove": lambda: operation | board,
        "lastSeen:note": lambda: board | {"ts": ConvexInt64(0)},
        "lastSeen:since": lambda: board,
        "blame:makers": lambda: board | {"shapes": ["a"]},
        "blame:shape": lambda: board | {"shape": "a"},
        "changes:list": lambda: board | {"after": ConvexInt64(0)},
        "timers:start": lambda: operation | board | {"seconds": 60},
        "timers:change": lambda: operation | board | {"add": 60},
        "timers:remove": lambda: operation | board,
        "changes:commit": lambda: board | {"changeId": new_id(), "put": [stroke(new_id())], "patch": [], "remove": []},
        "changes:undo": lambda: board | {"changeId": new_id()},
        "changes:redo": lambda: board | {"changeId": new_id()},
        "changes:unclear": lambda: board | {"changeId": new_id()},
        "history:sittings": lambda: board,
        "history:ofShapes": lambda: board | {"shapes": ["a"]},
        "history:people": lambda: board,
        "history:log": lambda: board | {"after": ConvexInt64(0)},
        "history:gather": lambda: board | {"upTo": ConvexInt64(0)},
        "versions:list": lambda: board,
        "versions:create": lambda: operation | board | {"name": "Before"},
        "versions:rename": lambda: operation | board | {"version": version, "name": "After"},
        "versions:remove": lambda: operation | board | {"version": version},
        "restores:start": lambda: board | {"restoreId": new_id(), "to": ConvexInt64(0)},
        "restores:preview": lambda: board | {"to": ConvexInt64(0)},
        "restores:get": lambda: board | {"restoreId": restored},
        "takebacks:start": lambda: board | one | {"takebackId": new_id(), "since": ConvexInt64(0)},
        "takebacks:get": lambda: board | {"takebackId": taken},
        "takebacks:person": lambda: board | {"person": "0" * 16},
        "files:find": lambda: board | {"digest": ""},
        "files:prepare": lambda: board | whose | {"size": 1.0, "count": 1.0},
        "files:keep": lambda: board | whose | {"digest": "0" * 64, "name": "a", "variants": [stored[1]]},
        "files:discard": lambda: {"storage": []},
        "files:get": lambda: board | {"file": "f"},
        "files:list": lambda: board | {"paginationOpts": PAGE},
        "files:remove": lambda: operation | board | {"file": stored[0]},
        "members:list": lambda: board,
        "members:others": lambda: board,
        "members:visit": lambda: board,
        "members:setRole": lambda: operation | board | one | {"role": "commenter"},
        "members:remove": lambda: operation | board | one,
        "members:remove oneself": lambda: operation | board | {"user": there.ids.get(who, there.ids["stranger"])},
        "members:transfer": lambda: operation | board | one,
        "invites:create": lambda: operation | board | {"hash": hash_of(new_token()), "role": "editor", "life": DAY},
        "invites:list": lambda: board,
        "invites:revoke": lambda: operation | board | {"invite": revoked[1]["id"]},
        "invites:redeem": lambda: operation | {"token": revoked[0]},
        "invites:redeem nothing": lambda: operation | {"token": new_token()},
        "hooks:create": lambda: operation | board | {"name": "CI", "hash": hash_of(new_token())},
        "hooks:list": lambda: board,
        "hooks:rename": lambda: operation | board | {"hook": hook, "name": "Builds"},
        "hooks:revoke": lambda: operation | board | {"hook": hook},
        "asks:make": lambda: board,
        "asks:dismiss": lambda: operation | board | {"user": asking},
        "claims:offer": lambda: {"hash": hash_of(new_token())},
        "claims:take": lambda: {"secret": new_token()},
        "guestKeys:keep": lambda: {"hash": hash_of(new_token()), "kind": "browser"},
        "guestKeys:drop": dict,
        "guestKeys:find": lambda: {"hash": hash_of(new_token())},
        "sessions:keep": lambda: {"key": new_id(), "sealed": "", "version": 0.0, "expiresAt": 0.0},
        "sessions:get": lambda: {"key": new_id()},
        "sessions:renew": lambda: {"key": new_id(), "version": 0.0},
        "sessions:over": lambda: {"keys": [new_id()]},
        "sessions:end": lambda: {"session": new_id()},
        "sessions:ended": dict,
        "relay:ping": lambda: {},
        "relay:head": lambda: board,
        "relay:tail": lambda: board | {"after": ConvexInt64(0)},
        "relay:known": lambda: board | {"ts": ConvexInt64(0)},
        "relay:page": lambda: board | {"paginationOpts": PAGE},
        "relay:shapes": lambda: board | {"ids": []},
        "relay:access": lambda: board,
        "relay:timer": lambda: board,
        "relay:admits": lambda: board,
        "relay:title": lambda: board,
        "relay:invite": lambda: {"hash": hash_of(new_token())},
        "relay:announce": lambda: board | {"process": "p", "people": []},
        "relay:presence": lambda: board,
        "relay:signal": lambda: board | {"process": "p", "signs": "{}"},
        "relay:signals": lambda: board,
        "archives:start": lambda: {"person": new_id(), "shared": True},
        "archives:mine": lambda: {"person": "somebody", "now": 0.0},
        "archives:boards": lambda: {"person": "somebody", "shared": True, "paginationOpts": PAGE},
        "archives:report": lambda: {"archive": "none", "done": 0.0, "total": 0.0, "left": 0.0},
        "archives:prepare": dict,
        "archives:keep": lambda: (
            {"archive": "none", "storage": stored[1]["storage"], "size": 8.0, "done": 0.0, "left": 0.0}
        ),
        "archives:fail": lambda: {"archive": "none", "message": ""},
        "archives:drop": lambda: {"person": "somebody"},
        "thumbnails:latest": lambda: board,
        "thumbnails:prepare": lambda: board,
        "thumbnails:keep": lambda: (
            board | {"ts": ConvexInt64(0), "light": stored[1]["storage"], "dark": stored[1]["storage"]}
        ),
        "checkpoints:find": lambda: board | {"at": ConvexInt64(0), "base": ConvexInt64(0), "format": 1.0},
        "checkpoints:rows": lambda: board | {"after": ConvexInt64(0), "until": ConvexInt64(0)},
        "checkpoints:prepare": lambda: board,
        "checkpoints:keep": lambda: (
            board | {"ts": ConvexInt64(0), "changes": 0.0, "size": 0.0, "format": 1.0, "storage": stored[1]["storage"]}
        ),
        "retention:next": lambda: {"before": ConvexInt64(0), "cursor": None},
        "retention:begin": lambda: board | {"ts": ConvexInt64(0)},
        "retention:finish": lambda: board | {"ts": ConvexInt64(0)},
        "snapshots:latest": lambda: board,
        "snapshots:prepare": lambda: board,
        "snapshots:keep": lambda: board | {"ts": ConvexInt64(0), "version": "v", "storage": stored[1]["storage"]},
    }
    return make[row]()
