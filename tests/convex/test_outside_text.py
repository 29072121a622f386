"""Outside text taken at its word: whoever calls the functions directly names nothing that cannot be seen."""

from collections.abc import Callable

import pytest

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment, Storage
from tests.convex.conftest import Caller, new_id
from tests.convex.stored import keep

HOSTILE = "\x1b[31m\u202eAna\u200b\r\nWARNING\u2028\u2066x"
CLEAN = "Ana WARNING x"


async def title_of(caller: Caller, board: str) -> str:
    title: str = (await caller.query("boards:get", board=board))["title"]
    return title


async def test_titles_are_cleaned_when_they_are_made_and_changed(owner: Caller) -> None:
    board = await owner.create_board(title=HOSTILE)
    assert await title_of(owner, board) == CLEAN
    await owner.mutation("boards:update", operationId=new_id(), board=board, title=f"{HOSTILE} 2")
    assert await title_of(owner, board) == f"{CLEAN} 2"
    page = await owner.query("cards:list", paginationOpts={"numItems": 1, "cursor": None})
    assert page["page"][0]["title"] == f"{CLEAN} 2"


async def test_a_title_that_nobody_can_see_is_none(owner: Caller) -> None:
    for title in ("\u200b\u2060", "\u3164", "\x00\x1b[0m"):
        refused = await owner.refused(owner.mutation("boards:create", operationId=new_id(), title=title))
        assert (refused["code"], refused["field"], refused["limit"]) == ("invalid", "title", 200)


async def test_a_title_has_as_many_emoji_as_letters(owner: Caller) -> None:
    board = await owner.create_board(title="\U0001f600" * 200)
    assert await title_of(owner, board) == "\U0001f600" * 200
    longer = owner.mutation("boards:create", operationId=new_id(), title="\U0001f600" * 201)
    assert (await owner.refused(longer))["limit"] == 200


@pytest.fixture
def named(deployment: Deployment, issuer: Issuer) -> Callable[..., Caller]:
    def make(name: str, subject: str | None = None) -> Caller:
        return Caller(deployment, issuer.guest_token(subject or new_id(), name)[0])

    return make


async def test_a_name_in_a_token_is_cleaned(named: Callable[..., Caller]) -> None:
    assert (await named(HOSTILE).mutation("users:store"))["name"] == CLEAN
    assert (await named("\u200b\ufe0f").mutation("users:store"))["name"] == "Guest"
    assert (await named("x" * 100).mutation("users:store"))["name"] == "x" * 60


async def test_the_first_write_keeps_a_clean_name(named: Callable[..., Caller]) -> None:
    person = named(HOSTILE)
    board = await person.create_board()
    (member,) = await person.query("members:list", board=board)
    assert member["name"] == CLEAN


async def test_the_name_of_a_file_is_cleaned(owner: Caller, relay: Caller, storage: Storage) -> None:
    board = await owner.create_board()
    await keep(relay, storage, board, name=HOSTILE + "y" * 500)
    page = await owner.query("files:list", board=board, paginationOpts={"numItems": 1, "cursor": None})
    (name,) = [file["name"] for file in page["files"]["page"]]
    assert name.startswith(f"{CLEAN}yyy")
    assert len(name) == 200
