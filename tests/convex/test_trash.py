"""The trash: a deleted board is gone for everybody, and all of it comes back when its owner restores it."""

import asyncio
import time

from convex import ConvexInt64

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, live, new_id, stroke
from tests.convex.crons import Crons
from tests.convex.sharing import DAY, People, invite, members, people, redeem

PAGE = {"numItems": 10, "cursor": None}
ROLES = ("viewer", "commenter", "editor", "owner", "stranger", "removed")


async def trash(owner: Caller, board: str, operation: str | None = None) -> None:
    await owner.mutation("boards:remove", operationId=operation or new_id(), board=board)


async def restore(owner: Caller, board: str, operation: str | None = None) -> None:
    await owner.mutation("trash:restore", operationId=operation or new_id(), board=board)


async def trashed(caller: Caller) -> list[str]:
    return [board["id"] for board in (await caller.query("trash:list", paginationOpts=PAGE))["page"]]


async def test_in_the_trash_a_board_is_gone_for_everybody(
    deployment: Deployment, issuer: Issuer, relay: Caller
) -> None:
    there = await people(deployment, issuer, "link-edit")
    token, _ = await invite(there["owner"], there.board)
    await trash(there["owner"], there.board)
    for who in ROLES:
        caller = there[who]
        for call in (
            caller.query("boards:get", board=there.board),
            caller.query("changes:list", board=there.board, after=ConvexInt64(0)),
            caller.query("members:list", board=there.board),
            caller.commit(there.board, put=[stroke("a")]),
            caller.mutation("members:visit", board=there.board),
            caller.mutation("boards:update", operationId=new_id(), board=there.board, title="Mine"),
            caller.mutation("invites:redeem", operationId=new_id(), token=token),
        ):
            assert (await caller.refused(call))["code"] == "not_found", who
        assert (await caller.query("cards:list", paginationOpts=PAGE))["page"] == []
        assert await trashed(caller) == ([there.board] if who == "owner" else [])
    assert await relay.query("relay:access", board=there.board) is None
    assert await relay.query("relay:admits", board=there.board) is False


async def test_restoring_brings_back_members_roles_link_invitations_and_drawing(
    deployment: Deployment, issuer: Issuer, relay: Caller
) -> None:
    there = await people(deployment, issuer, "link-view")
    await there["editor"].commit(there.board, put=[stroke("kept")])
    token, _ = await invite(there["owner"], there.board)
    before = await everything(there, relay)
    await trash(there["owner"], there.board)
    await restore(there["owner"], there.board)
    assert await everything(there, relay) == before
    assert await trashed(there["owner"]) == []
    assert (await there["stranger"].query("boards:get", board=there.board))["role"] == "viewer"
    assert (await redeem(there["stranger"], token))["role"] == "editor"
    removed = there["removed"].query("boards:get", board=there.board)
    assert (await there["removed"].refused(removed))["code"] == "not_found"
    await there["editor"].undo(there.board)
    assert await live(relay, there.board) == {}


async def everything(there: People, relay: Caller) -> object:
    roles = await members(there["owner"], there.board)
    access = await relay.query("relay:access", board=there.board)
    return roles, access, await live(relay, there.board), await there["owner"].log(there.board)


async def test_each_of_its_mutations_has_one_effect_however_often_it_is_sent(owner: Caller) -> None:
    board, into, back = await owner.create_board(), new_id(), new_id()
    await trash(owner, board, into)
    await trash(owner, board, into)
    await restore(owner, board, back)
    await trash(owner, board)
    await restore(owner, board, back)  # a late repetition
    assert await trashed(owner) == [board]
    assert (await owner.refused(restore(owner, board, into)))["code"] == "conflict"


async def test_nobody_restores_or_deletes_what_is_not_in_their_trash(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    for path in ("trash:restore", "trash:remove"):
        for caller, id in ((owner, board), (owner, "nonsense"), (owner, ""), (other, board)):
            refused = await caller.refused(caller.mutation(path, operationId=new_id(), board=id))
            assert refused["code"] == "not_found"
    assert (await owner.query("boards:get", board=board))["role"] == "owner"


async def test_the_last_deleted_comes_first_in_pages_with_the_day_of_its_end(owner: Caller) -> None:
    boards = [await owner.create_board(title=f"Board {n}") for n in range(3)]
    for board in boards:
        await trash(owner, board)
    first = await owner.query("trash:list", paginationOpts={"numItems": 2, "cursor": None})
    rest = await owner.query("trash:list", paginationOpts={"numItems": 2, "cursor": first["continueCursor"]})
    assert [board["id"] for board in first["page"] + rest["page"]] == boards[::-1]
    for board in first["page"]:
        assert board["until"] == board["trashedAt"] + 30 * DAY


async def test_deleted_for_good_it_cannot_be_restored(owner: Caller, crons: Crons) -> None:
    board = await owner.create_board()
    await trash(owner, board)
    operation = new_id()
    for _ in range(2):
        await owner.mutation("trash:remove", operationId=operation, board=board)
    assert await trashed(owner) == []
    assert (await owner.refused(restore(owner, board)))["code"] == "not_found"
    assert [row for row in await crons.rows("members") if row["boardId"] == board] == []


async def test_after_thirty_days_it_is_erased_unless_it_was_restored(owner: Caller, crons: Crons) -> None:
    board, restored, kept = [await owner.create_board() for _ in range(3)]
    await trash(owner, board)
    await trash(owner, restored)
    now = time.time() * 1000
    await crons.run("trash:expire", now=now + 29 * DAY)
    await crons.run("purge:boards", now=now + 29 * DAY)
    await restore(owner, restored)
    await crons.run("trash:expireOne", board=restored, now=now + 31 * DAY)
    assert await trashed(owner) == [board]
    assert await crons.run("trash:expire", now=now + 31 * DAY) >= 1
    while {row["_id"] for row in await crons.rows("boards")} >= {board}:
        await asyncio.sleep(0.1)
    assert {row["_id"] for row in await crons.rows("boards")} >= {restored, kept}
    assert (await owner.query("boards:get", board=restored))["role"] == "owner"
