"""Forks: copies of boards that one may only view, where the owner allows it."""

import aiohttp

from harness.people import Person, stroke
from harness.processes import Easel

HTML = {"Accept": "text/html"}


async def test_a_viewer_forks_a_board_whose_owner_allows_it(
    http: aiohttp.ClientSession, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Plan", "link-view")
    await ana.draw(board, stroke("line"))
    refused = await ben.post(f"/boards/{board}/copies")
    assert refused.status == 403
    assert refused.error["message"] == "You can view this board, but its owner does not let you copy it."
    allowed = await ana.request("PATCH", f"/boards/{board}", json={"copyable": True})
    assert (allowed.status, allowed.json["copyable"]) == (200, True)
    fork = await ben.post(f"/boards/{board}/copies")
    assert (fork.status, fork.json["title"]) == (201, "Copy of Plan")
    assert len(await ben.shapes(fork.json["id"])) == 1
    [listed] = (await ben.get("/boards?section=mine")).json["boards"]
    assert listed["source"] == {"id": board, "title": "Plan"}
    own = await ana.post(f"/boards/{board}/copies")
    assert [one["source"] for one in (await ana.get("/boards")).json["boards"] if one["id"] == own.json["id"]] == [None]
    async with http.post(f"{easel.url}/boards/{board}/copies") as stranger:
        assert stranger.status == 401
    await ana.request("PATCH", f"/boards/{board}", json={"visibility": "private"})
    assert (await ben.post(f"/boards/{board}/copies")).status == 404
    assert (await ben.get("/boards?section=mine")).json["boards"][0]["source"] is None


async def test_a_fork_says_of_what_to_those_who_may_see_that(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Secret plan", "link-view")
    await ana.request("PATCH", f"/boards/{board}", json={"copyable": True})
    fork = (await ben.post(f"/boards/{board}/copies")).json["id"]
    await ben.request("PATCH", f"/boards/{fork}", json={"title": "Mine", "visibility": "link-view"})

    async def told(person: Person) -> bool:
        page, json = await person.get(f"/boards/{fork}", headers=HTML), await person.get(f"/boards/{fork}.json")
        assert json.json["source"] in (None, {"id": board, "title": "Secret plan"})
        said = b"Secret plan" in page.body
        assert said == (json.json["source"] is not None) == (board.encode() in page.body)
        return said

    assert [await told(ana), await told(ben)] == [True, True]
    await ana.request("PATCH", f"/boards/{board}", json={"visibility": "private"})
    assert [await told(ana), await told(ben)] == [True, False]
    await ana.request("DELETE", f"/boards/{board}")
    assert await told(ana) is False
    assert (await ana.get(f"/boards/{board}.json")).status == 404
