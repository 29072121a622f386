"""A new board made of a board as it was."""

from harness.people import Person, stroke


async def test_a_board_as_it_was_becomes_a_new_board(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plan", "link-view")
    moment = (await ana.draw(board, stroke("a"), stroke("b"))).json["ts"]
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["a", "b"]})).status == 201
    copy = await ana.post(f"/boards/{board}/copies?at={moment}")
    assert (copy.status, copy.json["title"]) == (201, "Copy of Plan")
    assert len(await ana.shapes(copy.json["id"])) == 2
    assert await ana.shapes(board) == []
    form = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
    sent = await ana.post(f"/boards/{board}/copies?at={moment}", headers=form, data="")
    assert sent.status == 303
    assert len(await ana.shapes(sent.headers["Location"].removeprefix("/boards/"))) == 2
    await ana.request("PATCH", f"/boards/{board}", json={"copyable": True})
    assert (await ben.post(f"/boards/{board}/copies")).status == 201
    assert (await ben.post(f"/boards/{board}/copies?at={moment}")).status == 403  # what was there before is not shown
    await ana.request("PATCH", f"/boards/{board}", json={"historyOpen": True})
    forked = await ben.post(f"/boards/{board}/copies?at={moment}")
    assert len(await ben.shapes(forked.json["id"])) == 2
    refused = await ana.post(f"/boards/{board}/copies?at=then")
    assert (refused.status, refused.error["field"]) == (422, "at")
