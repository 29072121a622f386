"""Invitations: who may make one, whom it lets in, and when it does no longer."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from harness.processes import Easel
from tests.convex.conftest import Caller, new_id
from tests.convex.sharing import DAY, hash_of, invite, join, members, new_token, redeem

MAX_MEMBERS = 1_000


async def test_an_invitation_puts_who_takes_it_on_the_board_in_its_role(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    token, made = await invite(owner, board, "commenter")
    assert abs(made["expiresAt"] - DAY - time.time() * 1000) < 60_000
    assert await redeem(other, token) == {"board": board, "role": "commenter"}
    assert (await members(owner, board))["Ben"] == "commenter"
    [listed] = await owner.query("invites:list", board=board)
    assert (listed["uses"], listed["maxUses"]) == (1, None)


async def test_an_invitation_never_lowers_a_role_and_is_then_not_used_up(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    await join(owner, board, other, "editor")
    token, made = await invite(owner, board, "viewer", maxUses=1)
    for caller in (other, owner):
        await redeem(caller, token)
    assert await members(owner, board) == {"Ana": "owner", "Ben": "editor"}
    listed = {row["id"]: row for row in await owner.query("invites:list", board=board)}
    assert listed[made["id"]]["uses"] == 0


async def test_a_better_invitation_raises_a_role(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    for role in ("viewer", "commenter", "editor"):
        await redeem(other, (await invite(owner, board, role))[0])
        assert (await members(owner, board))["Ben"] == role


async def test_a_repeated_redeeming_counts_once(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    token, _ = await invite(owner, board)
    operation = new_id()
    answers = [await other.mutation("invites:redeem", operationId=operation, token=token) for _ in range(2)]
    assert answers[0] == answers[1]
    assert [row["uses"] for row in await owner.query("invites:list", board=board)] == [1]


async def test_an_invitation_for_one_admits_one_even_when_two_come_at_once(
    owner: Caller, deployment: Deployment, issuer: Issuer
) -> None:
    board = await owner.create_board()
    token, _ = await invite(owner, board, maxUses=1)
    callers = [Caller(deployment, issuer.guest_token(new_id(), f"Guest {n}")[0]) for n in range(6)]
    results = await asyncio.gather(*(redeem(caller, token) for caller in callers), return_exceptions=True)
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert len(await members(owner, board)) == 2


async def test_neither_the_hash_nor_the_row_opens_a_board(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    token, made = await invite(owner, board)
    for guess in (hash_of(token), made["id"], token[:-1], "", new_token()):
        assert (await other.refused(redeem(other, guess)))["code"] == "not_found"


def kept_by(easel: Easel) -> bytes:
    return b"".join(file.read_bytes() for file in Path(easel.settings["DATA_DIR"]).rglob("*") if file.is_file())


async def test_what_is_kept_on_disk_is_not_the_token(easel: Easel, owner: Caller, other: Caller) -> None:
    token, _ = await invite(owner, await owner.create_board())
    await redeem(other, token)
    kept = kept_by(easel)
    assert hash_of(token).encode() in kept
    assert token.encode() not in kept


async def test_an_invitation_that_ran_out_lets_nobody_in(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    token, made = await invite(owner, board, life=1)
    while time.time() * 1000 <= made["expiresAt"]:
        await asyncio.sleep(0.001)
    assert (await other.refused(redeem(other, token)))["code"] == "not_found"


async def test_an_invitation_is_deleted_when_it_ends(owner: Caller) -> None:
    """By the scheduler, so that who looks at the list sees it go."""
    board = await owner.create_board()
    _, made = await invite(owner, board, life=300)
    kept = (await invite(owner, board))[1]["id"]
    async with asyncio.timeout(10):
        while [row["id"] for row in await owner.query("invites:list", board=board)] != [kept]:
            await asyncio.sleep(0.05)
    assert time.time() * 1000 >= made["expiresAt"]


async def test_a_revoked_invitation_lets_nobody_in_and_who_came_stays(
    owner: Caller, other: Caller, deployment: Deployment, issuer: Issuer
) -> None:
    board = await owner.create_board()
    token, made = await invite(owner, board)
    await redeem(other, token)
    args = {"operationId": new_id(), "board": board, "invite": made["id"]}
    for _ in range(2):
        await owner.mutation("invites:revoke", **args)
    late = Caller(deployment, issuer.guest_token(new_id(), "Late")[0])
    assert (await late.refused(redeem(late, token)))["code"] == "not_found"
    assert set(await members(owner, board)) == {"Ana", "Ben"}


async def test_an_invitation_is_revoked_by_its_own_boards_owner_only(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    token, made = await invite(owner, board)
    theirs = await other.create_board()
    for target in (theirs, board):
        revoking = other.mutation("invites:revoke", operationId=new_id(), board=target, invite=made["id"])
        assert (await other.refused(revoking))["code"] == "not_found"
    assert (await redeem(other, token))["board"] == board


async def test_an_invitation_to_a_removed_board_leads_nowhere(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    token, _ = await invite(owner, board)
    await owner.mutation("boards:remove", operationId=new_id(), board=board)
    assert (await other.refused(redeem(other, token)))["code"] == "not_found"
    assert await relay.query("relay:invite", hash=hash_of(token)) is None


async def test_an_invitations_page_learns_only_the_title_and_the_sender(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board(title="Plans")
    token, made = await invite(owner, board, "viewer")
    shown = await relay.query("relay:invite", hash=hash_of(token))
    assert shown == {"title": "Plans", "from": "Ana", "role": "viewer", "expiresAt": made["expiresAt"]}
    assert await relay.query("relay:invite", hash=token) is None


async def test_making_one_twice_with_one_operation_id_makes_one_and_says_so(owner: Caller) -> None:
    board = await owner.create_board()
    operation = new_id()
    first = (await invite(owner, board, operationId=operation))[1]
    again = (await invite(owner, board, operationId=operation))[1]
    assert (first["id"], first["repeated"], again["repeated"]) == (again["id"], False, True)
    assert len(await owner.query("invites:list", board=board)) == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("hash", {"hash": "short"}), ("expiresIn", {"life": 0}), ("expiresIn", {"life": 366 * DAY})]
    + [("maxUses", {"maxUses": wrong}) for wrong in (0, 1.5, 1001)],
)
async def test_a_wrong_invitation_is_refused_by_its_field(owner: Caller, field: str, wrong: dict[str, Any]) -> None:
    board = await owner.create_board()
    refused = await owner.refused(invite(owner, board, **wrong))
    assert (refused["code"], refused["field"]) == ("invalid", field)


async def test_a_board_has_at_most_fifty_invitations_and_forgets_ended_ones(owner: Caller) -> None:
    board = await owner.create_board()
    for _ in range(49):
        await invite(owner, board)
    short = (await invite(owner, board, life=1))[1]
    while time.time() * 1000 <= short["expiresAt"]:
        await asyncio.sleep(0.001)
    await invite(owner, board)
    refused = await owner.refused(invite(owner, board))
    assert (refused["field"], refused["limit"]) == ("invites", 50)


async def test_a_board_that_is_full_of_people_says_so(
    owner: Caller, relay: Caller, deployment: Deployment, issuer: Issuer
) -> None:
    board = await owner.create_board()
    token, _ = await invite(owner, board)
    for n in range(MAX_MEMBERS - 1):
        await redeem(Caller(deployment, issuer.guest_token(f"member-{board}-{n}", "Member")[0]), token)
    assert len((await relay.query("relay:access", board=board))["members"]) == MAX_MEMBERS
    late = Caller(deployment, issuer.guest_token(new_id(), "Late")[0])
    refused = await late.refused(redeem(late, token))
    assert (refused["code"], refused["field"], refused["limit"]) == ("invalid", "members", MAX_MEMBERS)
