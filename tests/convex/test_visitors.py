"""A role that is shown and not enforced: removal holds, visitors are listed, and the owner decides about each."""

import pytest
from convex import ConvexInt64

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import invite, join, members, redeem

VISITORS = 200  # of a board


async def user_of(caller: Caller) -> str:
    return str((await caller.mutation("users:store"))["id"])


async def set_role(owner: Caller, board: str, user: str, role: str) -> None:
    await owner.mutation("members:setRole", operationId=new_id(), board=board, user=user, role=role)


async def remove(owner: Caller, board: str, user: str) -> None:
    await owner.mutation("members:remove", operationId=new_id(), board=board, user=user)


async def names(owner: Caller, board: str) -> tuple[list[str], list[str]]:
    """Who came by the link, and who was removed."""
    found = await owner.query("members:others", board=board)
    return [row["name"] for row in found["visitors"]], [row["name"] for row in found["removed"]]


@pytest.fixture
async def board(owner: Caller, other: Caller) -> str:
    """One that Ben has open by its link."""
    board = await owner.create_board("link-edit")
    await other.mutation("members:visit", board=board)
    return board


@pytest.mark.parametrize("visibility", ["link-view", "link-edit"])
@pytest.mark.parametrize("role", ["editor", "commenter", "viewer"])
async def test_a_removed_member_stays_out_whatever_the_link_allows(
    owner: Caller, other: Caller, visibility: str, role: str
) -> None:
    board = await owner.create_board(visibility)
    user = await join(owner, board, other, role)
    await remove(owner, board, user)
    for call in (
        other.query("boards:get", board=board),
        other.query("changes:list", board=board, after=ConvexInt64(0)),
        other.mutation("members:visit", board=board),
        other.commit(board, put=[stroke("a")]),
        other.undo(board),
    ):
        assert (await other.refused(call))["code"] == "not_found"


async def test_a_visitor_is_listed_for_the_owner_alone_and_given_a_role(
    owner: Caller, other: Caller, board: str
) -> None:
    assert await names(owner, board) == (["Ben"], [])
    assert (await other.refused(other.query("members:others", board=board)))["code"] == "forbidden"
    await set_role(owner, board, await user_of(other), "viewer")
    assert (await owner.refused(other.commit(board, put=[stroke("a")])))["code"] == "forbidden"
    assert await members(owner, board) == {"Ana": "owner", "Ben": "viewer"}
    await other.mutation("members:visit", board=board)
    assert await names(owner, board) == ([], [])


async def test_a_visitor_is_removed_and_let_back_in(owner: Caller, other: Caller, relay: Caller, board: str) -> None:
    user = await user_of(other)
    await remove(owner, board, user)
    assert await names(owner, board) == ([], ["Ben"])
    assert len((await relay.query("relay:access", board=board))["removed"]) == 1
    assert (await owner.refused(other.commit(board, put=[stroke("a")])))["code"] == "not_found"
    await set_role(owner, board, user, "editor")
    assert await names(owner, board) == ([], [])
    assert (await relay.query("relay:access", board=board))["removed"] == []
    await other.commit(board, put=[stroke("a")])


async def test_only_an_invitation_made_since_lets_back_in(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    used, unused = [(await invite(owner, board))[0] for _ in range(2)]
    await redeem(other, used)
    await remove(owner, board, await user_of(other))
    for token in (used, unused):
        assert (await other.refused(redeem(other, token)))["code"] == "forbidden"
    new = (await invite(owner, board, "viewer"))[0]
    assert (await redeem(other, new))["role"] == "viewer"
    assert await names(owner, board) == ([], [])


async def test_who_left_comes_again_by_the_link(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-view")
    user = await join(owner, board, other, "editor")
    await remove(other, board, user)
    assert (await other.query("boards:get", board=board))["role"] == "viewer"


async def test_nobody_but_the_owner_removes_a_visitor(owner: Caller, other: Caller, board: str) -> None:
    user = await user_of(owner)
    for call in (remove(other, board, user), set_role(other, board, user, "viewer")):
        assert (await other.refused(call))["code"] == "forbidden"


async def test_a_board_remembers_the_latest_visitors(owner: Caller, deployment: Deployment, issuer: Issuer) -> None:
    board = await owner.create_board("link-view")
    for n in range(VISITORS + 3):
        caller = Caller(deployment, issuer.guest_token(f"visitor-{board}-{n}", f"Guest {n}")[0])
        await caller.mutation("members:visit", board=board)
    visitors, _ = await names(owner, board)
    assert visitors == [f"Guest {n}" for n in range(VISITORS + 2, 2, -1)]


async def test_a_visit_again_is_one_row_and_a_stranger_makes_none(
    owner: Caller, other: Caller, nobody: Caller, board: str
) -> None:
    await other.mutation("members:visit", board=board)
    await owner.mutation("members:visit", board=board)
    assert await names(owner, board) == (["Ben"], [])
    private = await owner.create_board()
    assert (await other.refused(other.mutation("members:visit", board=private)))["code"] == "not_found"
    assert (await nobody.refused(nobody.mutation("members:visit", board=board)))["code"] == "unauthenticated"
    assert await names(owner, private) == ([], [])
