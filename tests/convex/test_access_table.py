"""THE ACCESS TABLE of the functions: every public one, for everybody. A new function without a row fails."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from convex import ConvexError, ConvexInt64

from app.auth import signing_key
from app.auth.issuer import Issuer
from app.convex.deployment import Deployment, Storage
from app.settings import Settings
from harness.processes import ROOT, Easel
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import DAY, People, hash_of, invite, new_token, people
from tests.convex.stored import NO_QUOTAS, keep, upload
from tests.identity.provider import Provider

WHO = ("anonymous", "stranger", "removed", "link", "viewer", "commenter", "editor", "owner", "relay")
PAGE = {"numItems": 10, "cursor": None}

# "+" is allowed; else the code of the refusal. The board is private, but for "link": a stranger to one that anybody
# with the link may look at.
U, F, N = "unauthenticated", "forbidden", "not_found"
READ = (U, N, N, "+", "+", "+", "+", "+", F)
HISTORY = (U, N, N, F, F, F, "+", "+", F)
DRAW = (U, N, N, F, F, F, "+", "+", F)
OWN = (U, N, N, F, F, F, F, "+", F)
TRASHED = (U, N, N, N, N, N, N, "+", F)
SELF = (U, "+", "+", "+", "+", "+", "+", "+", F)
MEMBERS = (U, N, N, F, "+", "+", "+", "+", F)
LOOK_BACK = (U, N, N, F, F, F, "+", "+", F)  # others where the owner allows it: test_sittings.py
RELAY = (F, F, F, F, F, F, F, F, "+")

TABLE: dict[str, tuple[str, ...]] = {
    "users:store": SELF,
    "boards:create": SELF,
    "boards:create source": DRAW,  # viewers where the owner allows it: test_cards.py
    "cards:list": SELF,
    "cards:some": SELF,  # of the boards that they may see
    "cards:gather": SELF,
    "cards:star": READ,
    "cards:leave": (U, N, N, "+", "+", "+", "+", "conflict", F),
    "boards:get": READ,
    "boards:update": DRAW,
    "boards:update visibility": OWN,
    "boards:update presenting": OWN,
    "boards:update embeddable": OWN,
    "boards:update template": OWN,
    "boards:update copyable": OWN,
    "boards:update historyOpen": OWN,
    "boards:remove": OWN,
    "trash:list": SELF,
    "trash:find": SELF,  # null, but for the owner of a board in the trash
    "trash:restore": TRASHED,
    "trash:remove": TRASHED,
    "writings:search": SELF,  # of the caller's own boards: tests/convex/test_writings.py
    "changes:list": READ,
    "blame:makers": HISTORY,
    "blame:shape": HISTORY,
    "changes:commit": DRAW,
    "changes:undo": DRAW,
    "changes:redo": DRAW,
    "changes:unclear": OWN,
    "history:sittings": LOOK_BACK,
    "history:ofShapes": LOOK_BACK,
    "history:people": LOOK_BACK,
    "history:gather": LOOK_BACK,
    "versions:list": LOOK_BACK,
    "versions:create": DRAW,
    "versions:rename": DRAW,
    "versions:remove": DRAW,
    "takebacks:start": OWN,
    "takebacks:get": OWN,
    "takebacks:person": OWN,
    "files:find": RELAY,
    "files:prepare": RELAY,
    "files:keep": RELAY,
    "files:discard": RELAY,
    "files:get": RELAY,
    "files:list": MEMBERS,
    "files:remove": (U, N, N, F, F, F, F, "+", F),  # of one that the relay's "somebody" added
    "members:list": MEMBERS,
    "members:others": OWN,
    "members:visit": READ,
    "members:setRole": OWN,
    "members:remove": OWN,
    "members:remove oneself": (U, N, N, N, "+", "+", "+", "conflict", F),
    "members:transfer": OWN,
    "invites:create": OWN,
    "invites:list": OWN,
    "invites:revoke": OWN,
    "invites:redeem": SELF,
    "invites:redeem nothing": SELF,  # null, so that it is counted
    "asks:make": SELF,  # null, whatever board there is
    "asks:dismiss": (U, N, N, F, F, F, F, "+", F),
    "claims:offer": SELF,
    "claims:take": (U, F, F, F, F, F, F, F, F),  # all of these are guests; accounts: tests/identity
    "guestKeys:keep": SELF,
    "guestKeys:drop": SELF,
    "guestKeys:find": RELAY,
    "sessions:keep": RELAY,
    "sessions:get": RELAY,
    "sessions:renew": RELAY,
    "sessions:end": RELAY,
    "sessions:over": RELAY,
    "sessions:ended": RELAY,
    "sessions:hook": RELAY,
    "relay:ping": RELAY,
    "relay:head": RELAY,
    "relay:tail": RELAY,
    "relay:known": RELAY,
    "relay:page": RELAY,
    "relay:shapes": RELAY,
    "relay:access": RELAY,
    "relay:admits": RELAY,
    "relay:title": RELAY,
    "relay:invite": RELAY,
    "relay:announce": RELAY,
    "relay:presence": RELAY,
    "relay:signal": RELAY,
    "relay:signals": RELAY,
    "snapshots:latest": RELAY,
    "snapshots:prepare": RELAY,
    "snapshots:keep": RELAY,
    "thumbnails:latest": RELAY,
    "thumbnails:prepare": RELAY,
    "thumbnails:keep": RELAY,
}


RELAYS = {row.split()[0] for row, outcomes in TABLE.items() if outcomes is RELAY}


def public_functions() -> dict[str, str]:
    """query, mutation or action, by the path of each function that anybody can call."""
    found = {}
    for file in sorted((ROOT / "convex").glob("*.ts")):
        for name, kind in re.findall(r"^export const (\w+) = (query|mutation|action)\(", file.read_text(), re.M):
            found[f"{file.stem}:{name}"] = kind
    return found


FUNCTIONS = public_functions()


def test_every_public_function_has_a_row() -> None:
    assert {row.split()[0] for row in TABLE} == set(FUNCTIONS)


def test_no_function_is_public_in_another_way() -> None:
    """Helpers are no functions, and whatever is exported as one is found by the pattern above."""
    for file in sorted(Path(ROOT / "convex").rglob("*.ts")):
        made = re.findall(r"=\s*(query|mutation|action|queryGeneric|mutationGeneric)\(", file.read_text())
        module = file.relative_to(ROOT / "convex").with_suffix("")
        assert len(made) == sum(path.startswith(f"{module}:") for path in FUNCTIONS), file


async def stored_for(row: str, relay: Caller, storage: Storage, board: str) -> tuple[str, dict[str, Any]]:
    """A file's id, and a variant that is only uploaded, for the rows that are about them."""
    if row not in ("files:keep", "files:remove", "snapshots:keep", "thumbnails:keep"):
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


async def taken_back(there: People) -> str:
    """The id of a takeback."""
    args = {"takebackId": new_id(), "user": there.ids["viewer"], "since": ConvexInt64(0)}
    return str((await there["owner"].mutation("takebacks:start", board=there.board, **args))["takebackId"])


async def into_trash(row: str, there: People) -> None:
    if row in ("trash:restore", "trash:remove"):
        with suppress(ConvexError):  # it is there already
            await there["owner"].mutation("boards:remove", operationId=new_id(), board=there.board)


async def arguments(row: str, who: str, there: People, relay: Caller, storage: Storage) -> dict[str, Any]:
    board, operation = {"board": there.board}, {"operationId": new_id()}
    one = {"user": there.ids["viewer"] if who != "viewer" else there.ids["editor"]}
    whose = {"person": "somebody", "quotas": NO_QUOTAS}
    stored = await stored_for(row, relay, storage, there.board)
    revoked = await invite(there["owner"], there.board) if row.startswith("invites:re") else ("", {"id": ""})
    asking = await asker(there) if row == "asks:dismiss" else ""
    taken = await taken_back(there) if row == "takebacks:get" else ""
    version = await named(there) if row.startswith("versions:re") else ""
    await into_trash(row, there)
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
        "blame:makers": lambda: board | {"shapes": ["a"]},
        "blame:shape": lambda: board | {"shape": "a"},
        "changes:list": lambda: board | {"after": ConvexInt64(0)},
        "changes:commit": lambda: board | {"changeId": new_id(), "put": [stroke(new_id())], "patch": [], "remove": []},
        "changes:undo": lambda: board | {"changeId": new_id()},
        "changes:redo": lambda: board | {"changeId": new_id()},
        "changes:unclear": lambda: board | {"changeId": new_id()},
        "history:sittings": lambda: board,
        "history:ofShapes": lambda: board | {"shapes": ["a"]},
        "history:people": lambda: board,
        "history:gather": lambda: board | {"upTo": ConvexInt64(0)},
        "versions:list": lambda: board,
        "versions:create": lambda: operation | board | {"name": "Before"},
        "versions:rename": lambda: operation | board | {"version": version, "name": "After"},
        "versions:remove": lambda: operation | board | {"version": version},
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
        "sessions:hook": lambda: {"hookId": new_id(), "at": 0.0},
        "relay:ping": lambda: {},
        "relay:head": lambda: board,
        "relay:tail": lambda: board | {"after": ConvexInt64(0)},
        "relay:known": lambda: board | {"ts": ConvexInt64(0)},
        "relay:page": lambda: board | {"paginationOpts": PAGE},
        "relay:shapes": lambda: board | {"ids": []},
        "relay:access": lambda: board,
        "relay:admits": lambda: board,
        "relay:title": lambda: board,
        "relay:invite": lambda: {"hash": hash_of(new_token())},
        "relay:announce": lambda: board | {"process": "p", "people": []},
        "relay:presence": lambda: board,
        "relay:signal": lambda: board | {"process": "p", "signs": "{}"},
        "relay:signals": lambda: board,
        "thumbnails:latest": lambda: board,
        "thumbnails:prepare": lambda: board,
        "thumbnails:keep": lambda: (
            board | {"ts": ConvexInt64(0), "light": stored[1]["storage"], "dark": stored[1]["storage"]}
        ),
        "snapshots:latest": lambda: board,
        "snapshots:prepare": lambda: board,
        "snapshots:keep": lambda: board | {"ts": ConvexInt64(0), "version": "v", "storage": stored[1]["storage"]},
    }
    return make[row]()


@pytest.mark.parametrize("row", TABLE)
async def test_everybody_may_call_what_the_table_says(
    row: str, deployment: Deployment, issuer: Issuer, relay: Caller, storage: Storage
) -> None:
    path = row.split()[0]
    private = await people(deployment, issuer)
    for who, expected in zip(WHO, TABLE[row], strict=True):
        there = await people(deployment, issuer, "link-view") if who == "link" else private
        caller = relay if who == "relay" else there["stranger" if who == "link" else who]
        call = caller.query if FUNCTIONS[path] == "query" else caller.mutation
        try:
            await call(path, **await arguments(row, who, there, relay, storage))
            outcome = "+"
        except ConvexError as error:
            outcome = str(error.data["code"])
        assert outcome == expected, who
        if there is private and outcome == "+" and FUNCTIONS[path] == "mutation":
            private = await people(deployment, issuer)  # what one has done would change what the next one meets


@pytest.mark.parametrize("row", TABLE)
async def test_an_ended_or_incomplete_session_calls_nothing_even_as_the_owner(
    row: str, clerk_easel: Easel, running_provider: Provider
) -> None:
    """Asked of the functions themselves, with the provider's good token: nothing stands before them here."""
    relay_token = Issuer(signing_key(Settings(data_dir=Path(clerk_easel.settings["DATA_DIR"])))).relay_token()
    url = clerk_easel.convex_url
    async with Deployment(url) as deployment, Storage(url) as storage:
        token = running_provider.session_token
        owner, relay = Caller(deployment, token()), Caller(deployment, relay_token)
        over, pending = Caller(deployment, token(session="over")), Caller(deployment, token(sts="pending"))
        there = People(await owner.create_board(), {"owner": owner}, {})
        for name in ("viewer", "editor", "stranger", "owner"):
            there.ids[name] = str((await owner.mutation("users:store"))["id"])
        await relay.mutation("sessions:end", session="over")
        path = row.split()[0]
        for caller in (over, pending):
            call = caller.query if FUNCTIONS[path] == "query" else caller.mutation
            refused = await caller.refused(call(path, **await arguments(row, "owner", there, relay, storage)))
            assert refused["code"] == (F if path in RELAYS else U)
