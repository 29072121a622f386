"""Since you were here, as pages ask for it."""

import uuid
from typing import Any

import aiohttp

from harness.people import Answer, Person, stroke
from harness.processes import Easel
from tests.integration.sharing import join, people


async def change(person: Person, board: str, **what: Any) -> str:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": str(uuid.uuid4()), **what})
    assert answer.status == 201, answer.body
    return str(answer.json["ts"])


async def see(person: Person, board: str, ts: str) -> Answer:
    return await person.post(f"/boards/{board}/seen", {"ts": ts})


async def test_a_person_learns_what_others_did_on_every_device(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Ours")
    await join(ana, board, ben, "editor")
    ts = await change(ana, board, put=[stroke("a"), stroke("b")])
    assert (await ana.get(f"/boards/{board}/seen")).json == {}
    assert (await see(ana, board, ts)).status == 204
    await change(ben, board, patch={"a": {"x": 1}}, remove=["b"])
    found = (await ana.get(f"/boards/{board}/seen")).json
    assert (found["since"], found["removed"], found["count"], found["more"]) == (ts, 1, 1, False)
    (bens,) = found["people"]
    assert (bens["name"], found["shapes"]) == ("Ben", [{"id": "a", "by": bens["id"]}])
    assert (await (await ana.elsewhere()).get(f"/boards/{board}/seen")).json == found


async def test_a_wrong_ts_is_refused_with_the_reason(ana: Person) -> None:
    board = await ana.create_board("Mine")
    for ts in ("-1", "1.5", "", "9" * 19, "5"):
        refused = await see(ana, board, ts)
        assert (refused.status, refused.error["field"]) == (422, "ts")
    assert (await see(ana, board, "0")).status == 204


async def test_strangers_learn_neither_that_there_is_a_board_nor_what_changed(
    http: aiohttp.ClientSession, easel: Easel
) -> None:
    there = await people(http, easel.url)
    ts = await change(there["editor"], there.board, put=[stroke("a")])
    for who in ("stranger", "removed"):
        hidden = await there[who].get(f"/boards/{there.board}/seen")
        missing = await there[who].get(f"/boards/{there.board[:-4]}zzzz/seen")
        assert (hidden.status, hidden.json) == (missing.status, missing.json)
        assert (await see(there[who], there.board, ts)).status == 404
