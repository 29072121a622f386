"""Whatever two people do at random: a page that plays the log shows the board as it was after each change."""

import asyncio
import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from harness.people import Person
from harness.processes import ROOT
from launch.deployment import NODE
from tests.convex.test_fold import STEPS, Board, Table, act

PLAYER = ROOT / "tests/js/history/folded.ts"


async def log(person: Person, board: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = "0"
    while after is not None:
        page = (await person.get(f"/boards/{board}/history/log?after={after}")).json
        found, after = found + page["changes"], page["next"]
    return found


async def played(rows: list[dict[str, Any]]) -> dict[str, Board]:
    """The board after each change, by its ts, as browser/history/fold.ts has it."""
    pipe = asyncio.subprocess.PIPE
    node = await asyncio.create_subprocess_exec(NODE, str(PLAYER), stdin=pipe, stdout=pipe)
    boards: dict[str, Board] = json.loads((await node.communicate(json.dumps(rows).encode()))[0])
    return boards


def seen(shapes: list[dict[str, Any]]) -> Board:
    """Without what a row of the log says of all its shapes."""
    return {
        shape["id"]: {name: value for name, value in shape.items() if name not in ("ts", "author")} for shape in shapes
    }


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_a_page_that_plays_the_log_shows_what_the_board_was(
    ana: Person, ben: Person, steps: list[tuple[bool, Any]]
) -> None:
    table = await Table.set(ana, ben)
    states: dict[str, Board] = {}
    for first, step in steps:
        await act(ana if first else ben, table, step)
        board = (await ana.get(f"/boards/{table.board}.json")).json
        states[board["ts"]] = seen(board["shapes"])
    boards = await played(await log(ana, table.board))
    assert {ts: boards.get(ts, {}) for ts in states} == states
