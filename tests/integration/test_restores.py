"""Restoring a board to a moment, as a program and a browser without script ask for it."""

import asyncio
import re
import uuid
from typing import Any

from harness.people import Person, stroke
from tests.integration.sharing import join
from tests.integration.test_takebacks import form, shown


async def drawn_on(owner: Person) -> tuple[str, str]:
    """A board on which two shapes were drawn, and then one was moved, one removed and one added; and the moment."""
    board = await owner.create_board("Ours", "link-edit")
    moment = (await owner.draw(board, stroke("a"), stroke("b"))).json["ts"]
    change = {"changeId": uuid.uuid4().hex, "patch": {"a": {"x": 5}}, "remove": ["b"], "put": [stroke("c")]}
    assert (await owner.post(f"/boards/{board}/changes", change)).status == 201
    return board, moment


async def finished(person: Person, board: str, restore: str) -> Any:
    while True:
        answer = await person.get(f"/boards/{board}/restores/{restore}")
        assert answer.status == 200, answer.body
        if answer.json["done"]:
            return answer.json
        await asyncio.sleep(0.02)


async def test_it_says_what_it_would_do_and_does_it_once(ana: Person) -> None:
    board, moment = await drawn_on(ana)
    counts = {"removed": 1, "restored": 1, "changed": 1}
    offered = await ana.get(f"/boards/{board}/restores?to={moment}")
    assert offered.json == {"to": moment, **counts, "whole": True}
    wanted = {"id": uuid.uuid4().hex, "to": moment}
    assert (await ana.post(f"/boards/{board}/restores", wanted)).status == 202
    done = await finished(ana, board, wanted["id"])
    assert done == {**wanted, **counts, "done": True, "changes": 1, "kept": []}
    await shown(ana, board, {"a", "b"})
    assert (await ana.post(f"/boards/{board}/restores", wanted)).json == done
    again = await ana.get(f"/boards/{board}/restores?to={moment}")
    assert again.json == {"to": moment, "removed": 0, "restored": 0, "changed": 2, "whole": True}
    (row,) = (await ana.get(f"/boards/{board}/changes?after={int(done['to']) + 1}")).json["changes"][1:]
    assert row["changeId"] == wanted["id"]


async def test_an_editor_restores_some_shapes(ana: Person, ben: Person) -> None:
    board, moment = await drawn_on(ana)
    wanted = {"id": "some", "to": moment, "shapes": ["b"]}
    refused = await ben.post(f"/boards/{board}/restores", wanted)
    assert (refused.status, refused.error["code"]) == (403, "forbidden")
    await join(ana, board, ben, "editor")
    offered = (await ben.get(f"/boards/{board}/restores?to={moment}&shapes=a,b")).json
    assert (offered["removed"], offered["restored"], offered["changed"]) == (0, 1, 1)
    assert (await ben.post(f"/boards/{board}/restores", wanted)).status == 202
    await finished(ben, board, "some")
    await shown(ana, board, {"a", "b", "c"})
    for bad, field in (({"to": -1}, "to"), ({"shapes": []}, "shapes"), ({"shapes": ["a b"]}, "shapes")):
        refused = await ben.post(f"/boards/{board}/restores", wanted | bad)
        assert (refused.status, refused.error["field"]) == (422, field)


async def test_a_frame_takes_along_what_was_in_it_and_what_is_in_it(ana: Person) -> None:
    board = await ana.create_board()
    frame = {"id": "f", "kind": "frame", "x": 0, "y": 0, "w": 400, "h": 300}
    inside, outside = (10, 10, 50, 50), (600, 10, 650, 50)
    drawn = [frame, stroke("gone", inside), stroke("moved", inside), stroke("out", outside)]
    moment = (await ana.draw(board, *drawn)).json["ts"]
    change = {"changeId": uuid.uuid4().hex, "patch": {"moved": {"x": 900}, "out": {"x": 9}}, "remove": ["gone"]}
    await ana.post(f"/boards/{board}/changes", change | {"put": [stroke("new", inside)]})
    offered = (await ana.get(f"/boards/{board}/restores?to={moment}&shapes=f")).json
    assert (offered["removed"], offered["restored"], offered["changed"]) == (1, 1, 1)
    await ana.post(f"/boards/{board}/restores", {"id": "frame", "to": moment, "shapes": ["f"]})
    await finished(ana, board, "frame")
    await shown(ana, board, {"f", "gone", "moved", "out"})
    after = {shape["id"]: shape["x"] for shape in await ana.shapes(board)}
    assert (after["moved"], after["out"]) == (0, 9)


async def test_a_browser_without_script_restores_too(ana: Person) -> None:
    board, moment = await drawn_on(ana)
    html = {"Accept": "text/html"}
    history = (await ana.get(f"/boards/{board}/history", headers=html)).body.decode()
    found = re.search(rf'href="(/boards/{board}/restores\?to=\d+)"', history)
    assert found
    assert "has not changed since" in (await ana.get(found[1], headers=html)).body.decode()
    page = (await ana.get(f"/boards/{board}/restores?to={moment}&shapes=a,b", headers=html)).body.decode()
    fields = dict(re.findall(r'name="(id|to|shapes)" value="([\w,]+)"', page))
    headers = html | {"Content-Type": "application/x-www-form-urlencoded"}
    sent = await ana.post(f"/boards/{board}/restores", headers=headers, data=form(fields))
    assert (sent.status, sent.headers["Location"]) == (303, f"/boards/{board}/restores/{fields['id']}")
    await finished(ana, board, fields["id"])
    done = (await ana.get(sent.headers["Location"], headers=html)).body.decode()
    assert "1 shape brought back, 1 as before." in done
    await shown(ana, board, {"a", "b", "c"})
