"""Unbounded work in a function: each has a budget of documents, and the worst data for it is refused with a reason."""

import math
from collections.abc import Iterator

import pytest

from app.convex.deployment import Storage
from app.hub.log import READ
from harness.people import Person
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.stored import image, keep

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
    assert (answer.status, answer.error["code"]) == (422, "too_much")
    assert "in parts" in answer.error["message"]
    parts = [{id: patch[id] for id in list(patch)[start : start + 50]} for start in range(0, 200, 50)]
    for number, part in enumerate(parts):  # as a page then sends it
        continues = {"continues": f"part{number - 1}"} if number else {}
        answer = await ana.post(f"/boards/{board}/changes", {"changeId": f"part{number}", "patch": part, **continues})
        assert answer.status == 201, answer.body
    undone = [await ana.post(f"/boards/{board}/undo", {"changeId": f"undo{number}"}) for number in range(4)]
    assert [(step.json["undoes"], step.json.get("more", False)) for step in undone] == [
        (f"part{number}", number > 0) for number in (3, 2, 1, 0)
    ]


async def test_restored_shapes_are_read_in_pieces_that_a_function_may_read(owner: Caller, relay: Caller) -> None:
    """A hub that cannot read them asks again for ever, and nobody sees the board."""
    board = await owner.create_board()
    ids = [f"s{n}" for n in range(READ)]
    for start in range(0, READ, 8):
        await owner.commit(board, put=[stroke(id, LARGE) for id in ids[start : start + 8]])
    assert len(await relay.query("relay:shapes", board=board, ids=ids)) == READ


async def used(owner: Caller, relay: Caller, storage: Storage, board: str, files: int, shapes: int) -> list[str]:
    """Files that were shown, by shapes that are now the largest there are."""
    made = [(await keep(relay, storage, board))["id"] for _ in range(files)]
    for number, file in enumerate(made):
        await owner.commit(board, put=[image(f"{number}-{n}", file) for n in range(shapes)])
    ids = [f"{number}-{n}" for number in range(files) for n in range(shapes)]
    for start in range(0, len(ids), 8):
        await owner.commit(board, put=[stroke(id, LARGE) for id in ids[start : start + 8]])
    return made


async def test_the_list_of_files_reads_no_more_than_it_may(owner: Caller, relay: Caller, storage: Storage) -> None:
    board = await owner.create_board()
    made = await used(owner, relay, storage, board, 12, 20)
    listed = await owner.query("files:list", board=board, paginationOpts={"numItems": 100.0, "cursor": None})
    assert {file["id"] for file in listed["files"]["page"]} == set(made)
    assert {file["shown"] for file in listed["files"]["page"]} == {
        0,
        1,
    }  # those for which there was no time count as shown


async def test_a_file_with_uses_too_large_to_look_at_is_not_deleted(
    owner: Caller, relay: Caller, storage: Storage
) -> None:
    board = await owner.create_board()
    (file,) = await used(owner, relay, storage, board, 1, 200)
    refused = await owner.refused(owner.mutation("files:remove", operationId=new_id(), board=board, file=file))
    assert refused["code"] == "conflict"
