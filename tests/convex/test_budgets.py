"""Unbounded work in a function: each has a budget of documents, and the worst data for it is refused with a reason."""

import math
from collections.abc import Iterator

import pytest

from tests.convex.conftest import Caller, new_id, stroke
from tests.people import Person

# 5,000 points from corner to corner of all there is: 95 kB in steps of tenths of a px.
LARGE = " ".join(["-9999999 -9999999", *["19999998 19999998", "-19999998 -19999998"] * 2_499, "19999998 19999998"])


def adjacent(count: int) -> Iterator[float]:
    z = 1.0
    for _ in range(count):
        yield z
        z = math.nextafter(z, math.inf)


@pytest.fixture
async def dense(owner: Caller) -> str:
    """A board whose 600 shapes lie on adjacent doubles."""
    board = await owner.create_board()
    zs = list(adjacent(600))
    for start in range(0, 600, 200):
        await owner.commit(board, put=[stroke(f"s{n}", z=zs[n]) for n in range(start, start + 200)])
    return board


def places(count: int) -> list[dict[str, object]]:
    """Each above another shape, where there is no room for hundreds of shapes."""
    return [stroke(f"new{n}", z={"above": f"s{n}"}) for n in range(count)]


async def test_too_many_places_without_room_are_refused_with_a_reason(owner: Caller, dense: str) -> None:
    refused = await owner.refused(owner.commit(dense, put=places(200)))
    assert (refused["code"], refused["field"], refused["limit"]) == ("invalid", "z", 2_000)
    assert len(await owner.log(dense)) == 3


async def test_a_few_places_without_room_are_found(owner: Caller, dense: str) -> None:
    await owner.commit(dense, put=places(3))
    assert len(await owner.log(dense)) == 4


async def test_large_shapes_count_by_their_bytes(owner: Caller) -> None:
    board = await owner.create_board()
    zs = list(adjacent(96))
    for start in range(0, 96, 8):
        await owner.commit(board, put=[stroke(f"s{n}", LARGE, z=zs[n]) for n in range(start, start + 8)])
    refused = await owner.refused(owner.commit(board, put=places(40)))
    assert (refused["code"], refused["field"]) == ("invalid", "z")


async def test_more_than_a_function_may_read_is_422_and_not_500(ana: Person, owner: Caller) -> None:
    """200 of the largest shapes at once: nothing of that is done, and the answer says so."""
    caller = Caller(owner.deployment, ana.token)
    board = await ana.create_board()
    for start in range(0, 200, 8):
        await caller.commit(board, put=[stroke(f"s{n}", LARGE) for n in range(start, start + 8)])
    patch = {f"s{n}": {"color": "red"} for n in range(200)}
    answer = await ana.post(f"/boards/{board}/changes", {"changeId": new_id(), "patch": patch})
    assert answer.status == 422, answer.body
    assert "in parts" in answer.error["message"]
