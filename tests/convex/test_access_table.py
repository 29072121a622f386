"""THE ACCESS TABLE of the functions: every public one, for everybody. A new function without a row fails."""

import re
from pathlib import Path

import pytest
from convex import ConvexError

from app.auth import signing_key
from app.auth.issuer import Issuer
from app.convex.deployment import Deployment, Storage
from app.settings import Settings
from harness.processes import ROOT, Easel
from tests.convex.arguments import arguments
from tests.convex.conftest import Caller
from tests.convex.sharing import People, people
from tests.identity.provider import Provider

WHO = ("anonymous", "stranger", "removed", "link", "viewer", "commenter", "editor", "owner", "relay")

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
    "changes:list": DRAW,  # viewers where the owner shows the history: test_history_open.py
    "lastSeen:note": READ,
    "lastSeen:since": READ,
    "blame:makers": HISTORY,
    "blame:shape": HISTORY,
    "timers:start": DRAW,
    "timers:change": DRAW,
    "timers:remove": DRAW,
    "changes:commit": DRAW,
    "changes:undo": DRAW,
    "changes:redo": DRAW,
    "changes:unclear": OWN,
    "history:sittings": HISTORY,
    "history:ofShapes": HISTORY,
    "history:people": HISTORY,
    "history:log": HISTORY,
    "history:gather": HISTORY,
    "versions:list": HISTORY,
    "versions:create": DRAW,
    "versions:rename": DRAW,
    "versions:remove": DRAW,
    "restores:start": DRAW,
    "restores:preview": DRAW,
    "restores:get": DRAW,
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
    "hooks:create": OWN,
    "hooks:list": OWN,
    "hooks:rename": OWN,
    "hooks:revoke": OWN,
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
    "relay:ping": RELAY,
    "relay:head": RELAY,
    "relay:tail": RELAY,
    "relay:known": RELAY,
    "relay:page": RELAY,
    "relay:shapes": RELAY,
    "relay:access": RELAY,
    "relay:timer": RELAY,
    "relay:admits": RELAY,
    "relay:title": RELAY,
    "relay:invite": RELAY,
    "relay:announce": RELAY,
    "relay:presence": RELAY,
    "relay:signal": RELAY,
    "relay:signals": RELAY,
    "checkpoints:find": RELAY,
    "checkpoints:rows": RELAY,
    "checkpoints:prepare": RELAY,
    "checkpoints:keep": RELAY,
    "retention:next": RELAY,
    "retention:begin": RELAY,
    "retention:finish": RELAY,
    "snapshots:latest": RELAY,
    "snapshots:prepare": RELAY,
    "snapshots:keep": RELAY,
    "thumbnails:latest": RELAY,
    "thumbnails:prepare": RELAY,
    "thumbnails:keep": RELAY,
    "archives:start": RELAY,
    "archives:mine": RELAY,
    "archives:boards": RELAY,
    "archives:report": RELAY,
    "archives:prepare": RELAY,
    "archives:keep": RELAY,
    "archives:fail": RELAY,
    "archives:drop": RELAY,
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
