"""Taking back what one person did, as a program and a browser without script ask for it; and through crashes."""

import asyncio
import re
import uuid
from typing import Any

from harness.people import Person, stroke
from harness.processes import Easel
from tests.conftest import connections


async def vandalised(owner: Person, vandal: Person, count: int) -> str:
    """A board with one note of the owner's, and so many strokes of somebody who came by the link."""
    board = await owner.create_board("Ours", "link-edit")
    assert (await owner.draw(board, stroke("ours"))).status == 201
    for start in range(0, count, 200):
        strokes = [stroke(f"s{n}") for n in range(start, min(start + 200, count))]
        assert (await vandal.draw(board, *strokes)).status == 201
    return board


async def finished(owner: Person, board: str, takeback: str) -> Any:
    while True:
        answer = await owner.get(f"/boards/{board}/takebacks/{takeback}")
        assert answer.status == 200, answer.body
        if answer.json["done"]:
            return answer.json
        await asyncio.sleep(0.02)


async def shown(person: Person, board: str, ids: set[str]) -> None:
    """Waits until the board has just these shapes."""
    while {shape["id"] for shape in await person.shapes(board)} != ids:
        await asyncio.sleep(0.02)


async def test_the_owner_learns_what_there_is_and_takes_it_back(ana: Person, ben: Person) -> None:
    board = await vandalised(ana, ben, 3)
    await ben.post(f"/boards/{board}/changes", {"changeId": "c", "patch": {"ours": {"x": 5}}, "remove": ["s2"]})
    offered = (await ana.get(f"/boards/{board}/takebacks?user={ben.id}")).json
    assert (offered["user"], offered["name"]) == (ben.id, "Ben")
    (choice,) = offered["choices"]
    deeds = {(deed["verb"], deed["kind"]): deed["count"] for deed in choice["deeds"]}
    assert choice["changes"] == 2
    assert deeds == {("drew", "stroke"): 3, ("moved", ""): 1, ("removed", ""): 1}
    wanted = {"id": uuid.uuid4().hex, "user": ben.id, "since": choice["since"], "remove": True}
    begun = await ana.post(f"/boards/{board}/takebacks", wanted)
    assert begun.status == 202, begun.body
    done = await finished(ana, board, wanted["id"])
    assert (done["changes"], done["removed"], done["kept"]) == (2, 2, [])
    await shown(ana, board, {"ours"})
    assert (await ben.get(f"/boards/{board}.json")).status == 404
    again = await ana.post(f"/boards/{board}/takebacks", wanted)
    assert (again.status, again.json) == (202, done)


async def test_a_person_is_found_by_what_others_see_of_them(ana: Person, ben: Person) -> None:
    board = await vandalised(ana, ben, 1)
    assert (await ben.get(f"/boards/{board}/members")).status == 403
    stream = await ben.http.get(
        f"{ben.url}/boards/{board}/stream?after=0", headers={"Authorization": f"Bearer {ben.token}"}
    )
    async with stream:
        people: list[Any] = []
        while not people:
            people = (await ana.get(f"/boards/{board}/people")).json["people"]
        offered = (await ana.get(f"/boards/{board}/takebacks?person={people[0]['person']}")).json
    assert offered["user"] == ben.id
    assert (await ana.get(f"/boards/{board}/takebacks?person={'0' * 16}")).status == 404
    refused = await ana.get(f"/boards/{board}/takebacks")
    assert (refused.status, refused.error["field"]) == (422, "user")


async def test_a_browser_without_script_does_it_too(ana: Person, ben: Person) -> None:
    board = await vandalised(ana, ben, 3)
    html = {"Accept": "text/html"}
    page = (await ana.get(f"/boards/{board}/takebacks?user={ben.id}&remove=true", headers=html)).body.decode()
    assert "drew 3 strokes" in page
    fields = dict(re.findall(r'name="(id|user|since)" value="(\w+)"', page))
    assert 'name="remove" value="true" checked' in page
    headers = html | {"Content-Type": "application/x-www-form-urlencoded"}
    sent = await ana.post(f"/boards/{board}/takebacks", headers=headers, data=form(fields | {"remove": "true"}))
    assert (sent.status, sent.headers["Location"]) == (303, f"/boards/{board}/takebacks/{fields['id']}")
    await finished(ana, board, fields["id"])
    done = (await ana.get(sent.headers["Location"], headers=html)).body.decode()
    assert "1 change of Ben is taken back" in done
    assert "3 shapes removed" in done
    assert 'http-equiv="refresh"' not in done


def form(fields: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in fields.items())


async def test_it_survives_a_crash_halfway_and_somebody_draws_on(own_easel: Easel) -> None:
    async with connections() as http:
        ana, ben = await Person.sign_in(http, own_easel.url, "Ana"), await Person.sign_in(http, own_easel.url, "Ben")
        board = await vandalised(ana, ben, 3_000)
        takeback = {"id": "takeback", "user": ben.id}
        assert (await ana.post(f"/boards/{board}/takebacks", takeback)).json["done"] is False
        own_easel.program.kill()
        own_easel.start()
        assert (await ana.draw(board, stroke("later"))).status == 201
        assert (await ana.post(f"/boards/{board}/takebacks", takeback)).status == 202
        done = await finished(ana, board, "takeback")
        assert (done["changes"], done["removed"]) == (15, 3_000)
        await shown(ana, board, {"ours", "later"})
