"""Who is on a board: roles given and taken, leaving, and giving the board away."""

import pytest

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import People, join, members, people

OPTIONS = {"numItems": 10, "cursor": None}


@pytest.fixture
async def there(deployment: Deployment, issuer: Issuer) -> People:
    return await people(deployment, issuer)


async def test_everybody_on_a_board_sees_who_else_is_and_which_one_they_are(there: People) -> None:
    found = await there["viewer"].query("members:list", board=there.board)
    assert {member["name"]: member["role"] for member in found} == {
        name: name for name in ("owner", "editor", "commenter", "viewer")
    }
    assert [member["name"] for member in found if member["you"]] == ["viewer"]


async def test_who_came_by_the_link_does_not_see_who_is_on_the_board(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    assert (await other.refused(other.query("members:list", board=board)))["code"] == "forbidden"


async def test_a_new_role_holds_at_once(there: People) -> None:
    change = {"board": there.board, "user": there.ids["editor"]}
    await there["editor"].commit(there.board, put=[stroke("a")])
    await there["owner"].mutation("members:setRole", operationId=new_id(), **change, role="viewer")
    refused = await there["owner"].refused(there["editor"].commit(there.board, put=[stroke("b")]))
    assert refused["code"] == "forbidden"
    await there["owner"].mutation("members:setRole", operationId=new_id(), **change, role="editor")
    await there["editor"].commit(there.board, put=[stroke("b")])


async def test_a_repeated_operation_does_not_undo_what_came_after_it(there: People) -> None:
    args = {"operationId": new_id(), "board": there.board, "user": there.ids["editor"], "role": "viewer"}
    await there["owner"].mutation("members:setRole", **args)
    await there["owner"].mutation("members:setRole", **args | {"operationId": new_id(), "role": "editor"})
    await there["owner"].mutation("members:setRole", **args)
    assert (await members(there["owner"], there.board))["editor"] == "editor"


async def test_a_removed_member_has_neither_the_board_nor_its_title(there: People) -> None:
    removed = there["removed"]
    assert (await removed.refused(removed.query("boards:get", board=there.board)))["code"] == "not_found"
    assert (await removed.query("cards:list", paginationOpts=OPTIONS))["page"] == []


async def test_members_find_the_board_in_their_list_with_their_current_role(there: People) -> None:
    for role in ("viewer", "commenter", "editor"):
        [board] = (await there[role].query("cards:list", paginationOpts=OPTIONS))["page"]
        assert (board["id"], board["role"]) == (there.board, role)
    await there["owner"].mutation("boards:update", operationId=new_id(), board=there.board, presenting=True)
    [board] = (await there["editor"].query("cards:list", paginationOpts=OPTIONS))["page"]
    assert board["role"] == "viewer"


async def test_everybody_but_the_owner_may_leave(there: People) -> None:
    for who in ("viewer", "commenter", "editor"):
        args = {"operationId": new_id(), "board": there.board, "user": there.ids[who]}
        for _ in range(2):  # the second is the same operation, sent again
            await there[who].mutation("members:remove", **args)
    assert await members(there["owner"], there.board) == {"owner": "owner"}
    owner, id = there["owner"], there.ids["owner"]
    leaving = owner.mutation("members:remove", operationId=new_id(), board=there.board, user=id)
    assert (await owner.refused(leaving))["code"] == "conflict"


async def test_the_owner_gives_the_board_away_and_is_an_editor_then(there: People) -> None:
    give = {"operationId": new_id(), "board": there.board, "user": there.ids["viewer"]}
    for _ in range(2):
        await there["owner"].mutation("members:transfer", **give)
    roles = await members(there["viewer"], there.board)
    assert (roles["owner"], roles["viewer"]) == ("editor", "owner")
    back = {"board": there.board, "user": there.ids["owner"]}
    refused = await there["owner"].refused(there["owner"].mutation("members:transfer", operationId=new_id(), **back))
    assert refused["code"] == "forbidden"
    await there["owner"].mutation("members:remove", operationId=new_id(), **back)
    assert list((await members(there["viewer"], there.board)).values()).count("owner") == 1


async def test_the_owners_role_is_nobodys_to_change(there: People) -> None:
    args = {"operationId": new_id(), "board": there.board, "user": there.ids["owner"], "role": "viewer"}
    assert (await there["owner"].refused(there["owner"].mutation("members:setRole", **args)))["code"] == "conflict"


@pytest.mark.parametrize("user", ["", "nonsense", "removed", "stranger"])
async def test_who_is_not_on_the_board_is_not_found(there: People, user: str) -> None:
    args = {"board": there.board, "user": there.ids.get(user, user)}
    owner = there["owner"]
    for path, more in (("members:setRole", {"role": "editor"}), ("members:remove", {}), ("members:transfer", {})):
        if path == "members:setRole" and user == "removed":
            continue  # that lets them back in
        refused = await owner.refused(owner.mutation(path, operationId=new_id(), **args, **more))
        assert refused["code"] == "not_found"


async def test_a_member_of_one_board_is_nobody_on_another(there: People, owner: Caller) -> None:
    other = await owner.create_board()
    args = {"operationId": new_id(), "board": other, "user": there.ids["editor"], "role": "viewer"}
    assert (await owner.refused(owner.mutation("members:setRole", **args)))["code"] == "not_found"
    assert (await members(there["owner"], there.board))["editor"] == "editor"


async def test_while_the_owner_presents_everybody_else_looks_on(there: People, relay: Caller) -> None:
    present = {"board": there.board, "presenting": True}
    await there["owner"].mutation("boards:update", operationId=new_id(), **present, visibility="link-edit")
    assert (await relay.query("relay:access", board=there.board))["presenting"] is True
    for who in ("editor", "commenter", "viewer", "stranger"):
        assert (await there[who].query("boards:get", board=there.board))["role"] == "viewer"
        assert (await there["owner"].refused(there[who].commit(there.board, put=[stroke("a")])))["code"] == "forbidden"
    await there["owner"].commit(there.board, put=[stroke("mine")])
    await there["owner"].mutation("boards:update", operationId=new_id(), board=there.board, presenting=False)
    await there["editor"].commit(there.board, put=[stroke("theirs")])
    assert (await members(there["owner"], there.board))["editor"] == "editor"


async def test_a_role_given_to_a_person_holds_whatever_the_link_gives(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    user = await join(owner, board, other, "viewer")
    assert (await other.query("boards:get", board=board))["role"] == "viewer"
    assert (await owner.refused(other.commit(board, put=[stroke("a")])))["code"] == "forbidden"
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="link-view")
    await owner.mutation("members:setRole", operationId=new_id(), board=board, user=user, role="editor")
    await other.commit(board, put=[stroke("a")])
