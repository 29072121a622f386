"""A person's list of boards: what is in it, in which order, and that it shows nothing that they have lost."""

import asyncio
from typing import Any

import pytest

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.crons import Crons
from tests.convex.sharing import join, people

MINUTE = 60_000


async def listed(caller: Caller, section: str = "recent", sort: str = "opened", **more: Any) -> list[Any]:
    options = {"numItems": 20, "cursor": None}
    found = await caller.query("cards:list", paginationOpts=options, section=section, sort=sort, **more)
    assert found["complete"]
    page: list[Any] = found["page"]
    return page


async def titles(caller: Caller, section: str = "recent", sort: str = "opened", **more: Any) -> list[str]:
    return [board["title"] for board in await listed(caller, section, sort, **more)]


async def star(caller: Caller, board: str, starred: bool = True, operation: str | None = None) -> None:
    await caller.mutation("cards:star", operationId=operation or new_id(), board=board, starred=starred)


async def test_a_board_is_in_the_sections_that_its_person_expects(owner: Caller, other: Caller) -> None:
    mine, shared, linked = await owner.create_board(title="Mine"), await other.create_board(title="Shared"), ""
    await join(other, shared, owner, "viewer")
    linked = await other.create_board("link-view", title="Linked")
    assert await titles(owner) == ["Shared", "Mine"]
    await owner.mutation("members:visit", board=linked)
    assert await titles(owner) == ["Linked", "Shared", "Mine"]
    assert await titles(owner, "mine") == ["Mine"]
    assert await titles(owner, "shared") == ["Linked", "Shared"]
    assert await titles(owner, "starred") == []
    await star(owner, shared)
    await star(owner, mine)
    await star(owner, mine, False)
    assert await titles(owner, "starred") == ["Shared"]
    assert await titles(other, "starred") == []
    [first, *_] = await listed(owner)
    assert (first["id"], first["role"], first["starred"], first["people"]) == (linked, "viewer", False, [])


async def test_templates_are_a_section_of_those_who_see_the_board_anyway(owner: Caller, other: Caller) -> None:
    board = await owner.create_board(title="Weekly")
    await owner.create_board(title="Other")
    for template in (True, False, True):
        await owner.mutation("boards:update", operationId=new_id(), board=board, template=template)
        assert await titles(owner, "templates") == (["Weekly"] if template else [])
    assert await titles(owner, "templates", search="week") == ["Weekly"]
    assert [one["template"] for one in await listed(owner, sort="title")] == [False, True]
    assert await titles(other, "templates") == []
    assert (await owner.refused(other.query("boards:get", board=board)))["code"] == "not_found"
    await join(owner, board, other, "viewer")
    assert await titles(other, "templates") == ["Weekly"]


async def test_a_fork_names_its_source_to_those_who_may_see_it(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-view", title="Plan")
    create = {"title": "Mine", "source": board}
    refused = await owner.refused(other.mutation("boards:create", operationId=new_id(), **create))
    assert refused["code"] == "forbidden"
    await owner.mutation("boards:update", operationId=new_id(), board=board, copyable=True)
    await other.mutation("boards:create", operationId=new_id(), **create)
    assert [one["source"] for one in await listed(other)] == [{"id": board, "title": "Plan"}]
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="private")
    assert [one["source"] for one in await listed(other)] == [None]
    refused = await owner.refused(other.mutation("boards:create", operationId=new_id(), **create))
    assert refused["code"] == "not_found"


@pytest.mark.parametrize("section", ["recent", "mine", "starred", "templates"])
async def test_every_section_is_sorted_in_three_ways(owner: Caller, section: str) -> None:
    boards = {title: await owner.create_board(title=title) for title in ("Écran", "zebra", "Apple")}
    for board in boards.values():
        await star(owner, board)
        await owner.mutation("boards:update", operationId=new_id(), board=board, template=True)
    await owner.commit(boards["zebra"], put=[stroke("a")])
    await owner.mutation("boards:update", operationId=new_id(), board=boards["zebra"], title="Zoo")
    assert await titles(owner, section, "title") == ["Apple", "Écran", "Zoo"]
    assert await titles(owner, section, "opened") == ["Apple", "Zoo", "Écran"]
    while (await titles(owner, section, "edited"))[0] != "Zoo":  # a scheduled function notes it
        pass
    assert await titles(owner, section, "edited") == ["Zoo", "Apple", "Écran"]


async def test_pages_follow_each_other_in_every_sort(owner: Caller) -> None:
    for title in ("c", "a", "e", "b", "d"):
        await owner.create_board(title=title)
    for sort, expected in {"opened": "dbeac", "edited": "dbeac", "title": "abcde"}.items():
        seen, cursor = "", None
        while cursor != "":
            args = {"paginationOpts": {"numItems": 2, "cursor": cursor}, "sort": sort}
            found = await owner.query("cards:list", **args)
            seen += "".join(board["title"] for board in found["page"])
            cursor = "" if found["isDone"] else found["continueCursor"]
        assert seen == expected


async def test_a_search_stays_in_its_section_and_ignores_accents(owner: Caller, other: Caller) -> None:
    await owner.create_board(title="Café plan")
    theirs = await other.create_board(title="Cafe in Paris")
    await join(other, theirs, owner, "editor")
    assert sorted(await titles(owner, search="cafe")) == ["Cafe in Paris", "Café plan"]
    assert await titles(owner, "mine", search="CAFÉ") == ["Café plan"]
    assert await titles(other, search="plan") == []


async def test_the_last_editor_is_named_and_one_change_a_minute_is_noted(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    assert (await listed(owner))[0]["editor"] is None
    await other.commit(board, put=[stroke("a")])
    while (await listed(owner))[0]["editor"] != "Ben":
        await asyncio.sleep(0.05)
    await owner.commit(board, put=[stroke("b")])
    await owner.commit(board, put=[stroke("c")])
    assert (await listed(owner))[0]["editor"] == "Ben"
    assert (await listed(other))[0:] == []  # who only calls functions has opened nothing


async def test_the_note_of_an_edit_is_repeated_until_nobody_draws(owner: Caller, crons: Crons) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a")])
    while (await listed(owner))[0]["editor"] is None:
        await asyncio.sleep(0.05)
    [before] = [row for row in await crons.rows("boards") if row["_id"] == board]
    for _ in range(2):
        await crons.run("edits:note", board=board)  # too early
    [after] = [row for row in await crons.rows("boards") if row["_id"] == board]
    assert after["editedAt"] == before["editedAt"]


async def test_the_last_of_several_editors_is_noted_a_minute_later(owner: Caller, other: Caller, crons: Crons) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a")])
    while (await listed(owner))[0]["editor"] is None:
        await asyncio.sleep(0.05)
    await other.commit(board, put=[stroke("b")])
    noted = (await listed(owner))[0]["updatedAt"] + MINUTE
    await crons.run("edits:note", board=board, now=noted)
    assert (await listed(owner))[0]["editor"] == "Ben"
    await crons.run("edits:note", board=board, now=noted + MINUTE)  # nobody has drawn since
    assert [row["editedAt"] for row in await crons.rows("boards") if row["_id"] == board] == [noted]


async def test_opening_moves_a_board_to_the_front_once_a_minute(owner: Caller) -> None:
    first, second = [await owner.create_board(title=title) for title in ("First", "Second")]
    await owner.mutation("members:visit", board=first)  # it was made less than a minute ago
    assert await titles(owner) == ["Second", "First"]
    assert {board["id"] for board in await listed(owner)} == {first, second}


async def test_nobody_lists_a_board_that_they_have_lost(deployment: Deployment, issuer: Issuer) -> None:
    there = await people(deployment, issuer, "link-view")
    owner, board = there["owner"], there.board
    await there["stranger"].mutation("members:visit", board=board)
    await star(there["stranger"], board)
    assert len(await listed(there["stranger"])) == len(await listed(there["viewer"])) == 1
    assert await listed(there["removed"]) == []
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="private")
    for section in ("recent", "shared", "starred"):
        assert await listed(there["stranger"], section) == []
    assert (await owner.refused(star(there["stranger"], board)))["code"] == "not_found"
    await owner.mutation("members:remove", operationId=new_id(), board=board, user=there.ids["viewer"])
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="link-view")
    assert await listed(there["viewer"]) == []
    assert len(await listed(there["stranger"], "starred")) == 1
    await owner.mutation("members:setRole", operationId=new_id(), board=board, user=there.ids["viewer"], role="editor")
    assert [one["role"] for one in await listed(there["viewer"])] == ["editor"]


async def test_some_boards_are_told_to_those_who_have_them_listed(deployment: Deployment, issuer: Issuer) -> None:
    there = await people(deployment, issuer, "link-view")
    for who, count in {"owner": 1, "viewer": 1, "removed": 0, "stranger": 0}.items():
        found = await there[who].query("cards:some", boards=[there.board, "nothing"], now=0.0)
        assert [board["id"] for board in found] == [there.board] * count, who
    await there["stranger"].mutation("members:visit", board=there.board)
    assert len(await there["stranger"].query("cards:some", boards=[there.board], now=0.0)) == 1
    private = {"operationId": new_id(), "board": there.board, "visibility": "private"}
    await there["owner"].mutation("boards:update", **private)
    assert await there["stranger"].query("cards:some", boards=[there.board], now=0.0) == []


async def test_the_trash_takes_it_out_of_every_list_and_gives_it_back(deployment: Deployment, issuer: Issuer) -> None:
    there = await people(deployment, issuer)
    await star(there["editor"], there.board)
    before = [await listed(there["editor"], section) for section in ("recent", "shared", "starred")]
    await there["owner"].mutation("boards:remove", operationId=new_id(), board=there.board)
    for who in ("owner", "editor"):
        assert await listed(there[who]) == await listed(there[who], search="board") == []
    await there["owner"].mutation("trash:restore", operationId=new_id(), board=there.board)
    assert [await listed(there["editor"], section) for section in ("recent", "shared", "starred")] == before


async def test_a_board_that_was_given_away_changes_its_section(deployment: Deployment, issuer: Issuer) -> None:
    there = await people(deployment, issuer)
    args = {"operationId": new_id(), "board": there.board, "user": there.ids["editor"]}
    await there["owner"].mutation("members:transfer", **args)
    assert [len(await listed(there["owner"], section)) for section in ("mine", "shared")] == [0, 1]
    assert [len(await listed(there["editor"], section)) for section in ("mine", "shared")] == [1, 0]


async def test_a_star_has_one_effect_for_one_operation(owner: Caller) -> None:
    board, operation = await owner.create_board(), new_id()
    await star(owner, board, True, operation)
    await star(owner, board, False)
    await star(owner, board, True, operation)
    assert await listed(owner, "starred") == []


async def test_people_who_are_there_are_shown_and_dead_processes_are_not(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    crowd = [{"id": f"h{n}", "name": f"Ana {n}", "color": 3} for n in range(6)]
    await relay.mutation("relay:announce", board=board, process="p", people=crowd)
    await relay.mutation("relay:announce", board=board, process="q", people=crowd[:2])
    [card] = await listed(owner)
    assert ([one["name"] for one in card["people"]], card["here"]) == (["Ana 0", "Ana 1", "Ana 2", "Ana 3"], 6)
    [card] = await listed(owner, now=card["openedAt"] + MINUTE)
    assert (card["people"], card["here"]) == ([], 0)
