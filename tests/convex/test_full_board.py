"""A board holds 100,000 shapes."""

import pytest
from convex import ConvexError

from tests.convex.conftest import new_id, stroke
from tests.convex.metered import Metered, Somebody

MOST, SLOTS = 100_000, 64


async def test_a_full_board_takes_no_more(metered: Metered, guest: Somebody) -> None:
    board = (await guest.call("boards:create", operationId=new_id(), title="Full"))["id"]
    (author,) = await metered.people(1)
    drawn = {name: value for name, value in stroke("s1").items() if name != "id"}
    row = {
        "boardId": board,
        "shapeId": "s1",
        "author": author,
        "ts": "commitTs",
        "z": 1,
        "source": "seed",
        "removed": False,
    }
    await metered.seed("shapes", [row | drawn])
    # Each counter has passed its share, so that every change looks at all of them.
    full = {"boardId": board, "shapes": MOST // 50, "at": 0}
    await metered.seed("counters", [full | {"slot": slot} for slot in range(SLOTS)])
    with pytest.raises(ConvexError) as refused:
        await guest.commit(board, new_id(), put=[stroke("s2")])
    assert (refused.value.data["code"], refused.value.data["limit"]) == ("board_full", MOST)
    await guest.commit(board, new_id(), remove=["s1"])
