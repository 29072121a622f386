"""Whatever four people do at random: every moment of the board is what a naive fold of its log gives."""

import asyncio
from typing import Any

import aiohttp
import orjson
from convex import ConvexInt64
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shapes import shape_of
from harness.people import Person
from harness.processes import Easel
from tests.convex.conftest import Caller, new_id
from tests.convex.test_fold import CHANGES, Table, act

Board = dict[str, dict[str, Any]]

# A number picks the person whose work is taken back, or the moment that is restored.
ACTS = st.one_of(
    *(CHANGES, CHANGES, CHANGES, st.sampled_from(["undo", "redo"])),
    st.tuples(st.sampled_from(["takeback", "restore", "fork"]), st.integers(0, 99)),
)
STEPS = st.lists(st.tuples(st.integers(0, 3), ACTS), max_size=16)


async def anybody_acts(people: list[Person], table: Table, who: int, step: Any, moments: list[int]) -> None:
    if not isinstance(step, tuple):
        await act(people[who], table, step)
        return
    verb, number = step
    path, id = f"/boards/{table.board}", new_id()
    match verb:
        case "takeback":
            user = people[number % 4].id
            await until_done(people[0], f"{path}/takebacks", {"id": id, "user": user, "since": 0})
        case "restore":
            to = moments[number % len(moments)]
            await until_done(people[0], f"{path}/restores", {"id": id, "to": to})
        case "fork":
            fork = await people[who].post(f"{path}/copies")
            assert fork.status == 201, fork.body
            now, there = [await people[who].shapes(board) for board in (table.board, fork.json["id"])]
            assert [shape["kind"] for shape in now] == [shape["kind"] for shape in there]


async def until_done(owner: Person, path: str, body: dict[str, Any]) -> None:
    answer = await owner.post(path, body)
    assert answer.status == 202, answer.body
    while not answer.json["done"]:
        await asyncio.sleep(0.02)
        answer = await owner.get(f"{path}/{body['id']}")


def fold(rows: list[tuple[str, list[dict[str, Any]]]], until: int) -> Board:
    """Step by step, from the first row on."""
    live: Board = {}
    gone: Board = {}
    for ts, ops in rows:
        for op in ops if int(ts) <= until else ():
            match op["type"]:
                case "put":
                    live[op["shape"]["id"]] = op["shape"] | {"ts": int(ts)}
                case "patch":
                    live[op["id"]] = live[op["id"]] | op["set"] | {"ts": int(ts)}
                case "remove":
                    gone[op["id"]] = live.pop(op["id"])
                case "restore":
                    live[op["id"]] = gone.pop(op["id"]) | {"ts": int(ts)}
    return {id: shape_of(shape).json() for id, shape in live.items()}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.randoms(use_true_random=False))
async def test_every_moment_is_what_the_log_folds_to(
    ana: Person, ben: Person, http: aiohttp.ClientSession, easel: Easel, relay: Caller, steps: Any, chance: Any
) -> None:
    people = [ana, ben, *[await Person.sign_in(http, easel.url, name) for name in ("Cyd", "Dan")]]
    table = await Table.set(ana, ben)
    moments = [0]
    shown: dict[int, Board] = {}
    for who, step in steps:
        await anybody_acts(people, table, who, step, moments)
        now = (await ana.get(f"/boards/{table.board}.json")).json
        if int(now["ts"]) != moments[-1]:
            moments.append(int(now["ts"]))
        shown[moments[-1]] = {shape["id"]: shape for shape in now["shapes"]}
    whole = {"after": ConvexInt64(0), "until": ConvexInt64(2**63 - 1)}
    rows = orjson.loads((await relay.query("checkpoints:rows", board=table.board, **whole))["text"])
    asked = [int(ts) for ts, _ in rows]
    chance.shuffle(asked)
    for ts in asked:
        then = (await ana.get(f"/boards/{table.board}.json?at={ts}")).json
        found = {shape["id"]: shape for shape in then["shapes"]}
        assert seen(found) == seen(fold(rows, ts))
        assert found == shown.get(ts, found)


def seen(board: Board) -> Board:
    """Without what the API works out: where bound lines end."""
    ends = ("points", "x", "y", "rotation")
    return {
        id: {name: value for name, value in shape.items() if name not in ends or shape["kind"] not in ("line", "arrow")}
        for id, shape in board.items()
    }
