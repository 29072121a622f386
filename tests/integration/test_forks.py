"""Forks: copies of boards that one may only view, where the owner allows it."""

import aiohttp

from harness.people import Person, stroke
from harness.processes import Easel


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
