"""Who drew what, for people who may see the history of a board."""

import asyncio
import uuid
from typing import Any

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.integration.sharing import join, people


@pytest.fixture
async def board(ana: Person, ben: Person) -> str:
    """Ana's board, on which Ben draws too."""
    made = await ana.create_board("Ours")
    await join(ana, made, ben, "editor")
    return made


async def change(person: Person, board: str, **what: Any) -> int:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": str(uuid.uuid4()), **what})
    assert answer.status == 201, answer.body
    return int(answer.json["ts"])


async def authors(person: Person, board: str, after: int = 0) -> dict[str, tuple[int, list[str]]]:
    answer = await person.get(f"/boards/{board}/authors?after={after}")
    assert answer.status == 200, answer.body
    return {one["name"]: (one["count"], sorted(one["shapes"])) for one in answer.json["people"]}


async def last(person: Person, board: str, *shapes: str) -> Any:
    answer = await person.get(f"/boards/{board}/authors/last?shapes={','.join(shapes)}")
    assert answer.status == 200, answer.body
    return answer.json


async def level(person: Person, board: str, ts: int) -> None:
    """Waits until the board shows this change."""
    while int((await person.get(f"/boards/{board}.json")).json["ts"]) < ts:
        await asyncio.sleep(0.05)


async def test_each_shape_belongs_to_who_made_it(ana: Person, ben: Person, board: str) -> None:
    await change(ana, board, put=[stroke("a"), stroke("b")])
    await change(ben, board, put=[stroke("c")])
    ts = await change(ben, board, patch={"a": {"color": "red"}}, remove=["b"])
    await level(ana, board, ts)
    assert await authors(ana, board) == {"Ana": (1, ["a"]), "Ben": (1, ["c"])}
    document = (await ana.get(f"/boards/{board}.json")).json
    known = (await ana.get(f"/boards/{board}/authors")).json
    assert known["ts"] == document["ts"]
    assert {one["author"] for one in known["people"]} == {shape["author"] for shape in document["shapes"]}
    await level(ana, board, await change(ben, board, put=[stroke("d")]))
    assert await authors(ana, board, ts) == {"Ana": (1, []), "Ben": (2, ["d"])}


async def test_people_have_the_id_and_colour_of_their_cursor(ana: Person, ben: Person, board: str) -> None:
    await level(ana, board, await change(ben, board, put=[stroke("a")]))
    page = (await ben.get(f"/boards/{board}", headers={"Accept": "text/html"})).body.decode()
    (one,) = (await ana.get(f"/boards/{board}/authors")).json["people"]
    assert f'data-person="{one["id"]}"' in page
    assert one["color"] == int(one["id"][-1], 16) % 10


async def test_a_shape_says_who_made_and_who_changed_it(ana: Person, ben: Person, board: str) -> None:
    await level(ana, board, await change(ana, board, put=[stroke("a"), stroke("b")]))
    fresh = await last(ana, board, "a")
    assert (fresh["total"], fresh["made"]["name"], fresh["changed"]) == (1, "Ana", None)
    await level(ana, board, await change(ben, board, patch={"a": {"x": 5}}))
    changed = await last(ana, board, "a")
    assert (changed["made"]["name"], changed["changed"]["name"]) == ("Ana", "Ben")
    assert changed["made"]["at"] <= changed["changed"]["at"]
    both = await last(ana, board, "a", "b", "gone")
    assert (both["total"], both["changed"]["name"]) == (2, "Ben")
    assert [(one["name"], one["count"]) for one in both["people"]] == [("Ana", 2)]
    assert await last(ana, board, "gone") == {"total": 0, "people": [], "changed": None}


async def test_who_may_not_see_the_history_sees_no_authors(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url, "link-edit")
    owner = there["owner"]
    await level(owner, there.board, await change(there["editor"], there.board, put=[stroke("a")]))
    paths = (f"/boards/{there.board}/authors", f"/boards/{there.board}/authors/last?shapes=a")
    for path in paths:
        # Whoever draws by the link is no member. The owner decides for all of them.
        for who in ("viewer", "commenter", "stranger"):
            refused = await there[who].get(path)
            assert (refused.status, "Editor" in str(refused.json)) == (403, False)
        assert (await there["removed"].get(path)).status == 404
        assert "Editor" in str((await there["editor"].get(path)).json)
    opened = await owner.request("PATCH", f"/boards/{there.board}", json={"historyOpen": True})
    assert opened.status == 200
    for path in paths:
        assert [(await there[who].get(path)).status for who in ("viewer", "stranger", "removed")] == [200, 200, 404]


async def test_ids_of_shapes_are_checked(ana: Person, board: str) -> None:
    for wrong in ("", "?shapes=", "?shapes=a,,b", f"?shapes={','.join('a' * 501)}", "?shapes=a&more=1"):
        assert (await ana.get(f"/boards/{board}/authors/last{wrong}")).status == 422
    assert (await ana.get(f"/boards/{board}/authors?after=-1")).status == 422
