"""Unbounded work in a function: the history of a long log."""

import asyncio
import base64
from typing import Any

from tests.convex.conftest import new_id, stroke
from tests.convex.metered import Somebody

ROWS = 1_100


def int64(ts: str) -> dict[str, str]:
    return {"$integer": base64.b64encode(int(ts).to_bytes(8, "little")).decode()}


async def test_a_long_log_is_gathered_in_parts_and_read_in_pages(guest: Somebody) -> None:
    board = (await guest.call("boards:create", operationId=new_id(), title="A board"))["id"]
    for n in range(ROWS):
        await guest.commit(board, new_id(), put=[stroke(f"s{n}")])
    page: Any = (await guest.query("history:sittings", board=board)).value
    made = await guest.mutation("history:gather", board=board, upTo=int64(page["head"]))
    assert made.value is False
    assert 500 < made.read < 520
    assert made.written < 10
    # The second call is refused its turn while the job of the first goes on.
    again = await guest.mutation("history:gather", board=board, upTo=int64(page["head"]))
    assert (again.value, again.written) == (False, 0)
    while True:
        found = await guest.query("history:sittings", board=board)
        if found.value["ts"] == found.value["head"]:
            break
        await asyncio.sleep(0.05)
    assert found.read < 20
    assert found.value["sittings"][0]["changes"] == ROWS
