"""Who sees what was on a board before: its owner and editors; others where the owner shows the history to everybody."""

from typing import Any

import pytest
from convex import ConvexError, ConvexInt64

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment, Storage
from tests.convex.arguments import arguments
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import People, people
from tests.convex.stored import image, keep
from tests.convex.test_access_table import FUNCTIONS, TABLE

SECRET = "zxsecret"
WITHOUT = ("viewer", "commenter", "stranger")  # the last one may draw, by the link
QUERIES = [row for row in TABLE if FUNCTIONS[row.split()[0]] == "query"]


@pytest.fixture
async def there(deployment: Deployment, issuer: Issuer, relay: Caller, storage: Storage) -> People:
    """A board with secrets in its past."""
    there = await people(deployment, issuer, "link-edit")
    owner, board = there["owner"], there.board
    file = (await keep(relay, storage, board, name=f"{SECRET}.png"))["id"]
    note = stroke("n") | {"kind": "note", "w": 200, "h": 200, "text": SECRET, "size": 20, "align": "left"}
    del note["points"], note["width"]
    await owner.commit(board, put=[note | {"group": "", "locked": False}, image("i", file, alt=SECRET)])
    await owner.commit(board, patch=[{"id": "n", "set": {"text": "present"}}], remove=["i"])
    return there


async def answer(caller: Caller, row: str, args: dict[str, Any]) -> Any:
    """The result, or the data of the refusal."""
    try:
        return await caller.query(row.split()[0], **args)
    except ConvexError as error:
        return error.data


@pytest.mark.parametrize("who", WITHOUT)
async def test_no_query_shows_what_is_gone(there: People, relay: Caller, storage: Storage, who: str) -> None:
    for row in QUERIES:
        assert SECRET not in str(await answer(there[who], row, await arguments(row, who, there, relay, storage))), row


async def test_the_owner_shows_the_log_to_everybody_or_to_editors(there: People) -> None:
    owner, board = there["owner"], there.board
    for shown in (True, False):
        await owner.mutation("boards:update", operationId=new_id(), board=board, historyOpen=shown)
        for who in WITHOUT:
            log = there[who].query("changes:list", board=board, after=ConvexInt64(0))
            if shown:
                assert SECRET in str(await log)
            else:
                assert (await there[who].refused(log))["code"] == "forbidden"


async def test_an_editor_keeps_the_history_while_the_owner_presents(there: People) -> None:
    await there["owner"].mutation("boards:update", operationId=new_id(), board=there.board, presenting=True)
    assert SECRET in str(await there["editor"].log(there.board))
