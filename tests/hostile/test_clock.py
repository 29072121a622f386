"""A clock that is set back: what is drawn later lies above what was drawn before, and time goes on."""

import asyncio
from pathlib import Path

import aiohttp

from harness.people import Person, stroke
from harness.processes import Easel

AHEAD = 600_000  # ms: the deployment believes its clock, as one does before somebody sets it right
FAST = f"--import data:text/javascript,const{{now}}=Date;Date.now=()=>now()+{AHEAD}"


async def test_new_shapes_lie_on_top_after_the_clock_was_set_back(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    easel = Easel(tmp_path, NODE_OPTIONS=FAST)
    with easel:
        eve = await Person.sign_in(http, easel.url, "Eve")
        board = await eve.create_board()
        ahead = int((await eve.draw(board, stroke("z"))).json["ts"])
        easel.program.stop()
        easel.program.environment.pop("NODE_OPTIONS")
        await asyncio.to_thread(easel.start)
        for id in "yxwv":  # by id they would lie the other way round
            assert int((await eve.draw(board, stroke(id))).json["ts"]) > ahead
        assert [shape["id"] for shape in await eve.shapes(board)] == list("zyxwv")
        to_front = {"changeId": "to-front", "patch": {"z": {"z": "front"}}}
        assert (await eve.post(f"/boards/{board}/changes", to_front)).status == 201
        await eve.draw(board, stroke("u"))
        assert [shape["id"] for shape in await eve.shapes(board)] == list("yxwvzu")
