"""Limits that only FastAPI enforces: what a token may do is counted by the functions too, whoever calls them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from convex import ConvexError

from app.auth.issuer import Issuer
from app.auth.signing_key import signing_key
from app.convex.deployment import Deployment
from app.settings import Settings
from harness.people import Person
from harness.processes import Easel
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import invite, redeem

LIMITS = {"RATE_BOARDS": "5", "RATE_EDITS": "3", "RATE_INVITES": "2", "RATE_GUESSES": "2"}
LIMITS |= {"RATE_CHANGES": "1", "RATE_BYTES": "80000"}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    with Easel(tmp_path_factory.mktemp("strict"), **LIMITS) as running:
        yield running


@pytest.fixture
async def callers(strict: Easel) -> AsyncIterator[list[Caller]]:
    """Two people at the deployment itself."""
    issuer = Issuer(signing_key(Settings(data_dir=Path(strict.settings["DATA_DIR"]))))
    deployment = Deployment(strict.convex_url)
    yield [Caller(deployment, issuer.guest_token(new_id(), name)[0]) for name in ("Ana", "Ben")]
    await deployment.close()


async def refusals(calls: list[Any]) -> list[Any]:
    """The data of the refusals among calls that are made at once."""
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, ConvexError) for result in results if isinstance(result, BaseException)), results
    return [result.data for result in results if isinstance(result, ConvexError)]


async def test_boards_beyond_the_limit_are_refused_and_say_when(callers: list[Caller]) -> None:
    ana, ben = callers
    refused = await refusals([ana.create_board() for _ in range(20)])
    assert len(refused) == 15
    assert {data["code"] for data in refused} == {"too_many_requests"}
    assert all(0 < data["retryAfter"] <= 3600 and data["limit"] == 5 for data in refused)
    assert await refusals([ben.create_board()]) == []


async def test_a_repeated_request_is_not_counted(callers: list[Caller]) -> None:
    ana, _ = callers
    same = [ana.mutation("boards:create", operationId="once", title="A") for _ in range(20)]
    assert await refusals(same) == []


async def test_edits_and_invitations_are_counted(callers: list[Caller]) -> None:
    ana, _ = callers
    board = await ana.create_board()
    renames = [ana.mutation("boards:update", operationId=new_id(), board=board, title=f"T{n}") for n in range(9)]
    assert len(await refusals(renames)) == 6
    args = {"board": board, "role": "viewer", "life": 60_000.0}
    invites = [ana.mutation("invites:create", operationId=new_id(), hash=f"{n:064x}", **args) for n in range(5)]
    assert len(await refusals(invites)) == 3


async def test_wrong_invitations_are_counted_although_they_do_nothing(callers: list[Caller]) -> None:
    ana, ben = callers
    right, _ = await invite(ben, await ben.create_board())
    codes = [(await ana.refused(redeem(ana, "wrong")))["code"] for _ in range(2)]
    assert codes == ["not_found"] * 2
    assert (await ana.refused(redeem(ana, right)))["code"] == "too_many_requests"
    assert (await ben.refused(redeem(ben, "wrong")))["code"] == "not_found"


async def test_changes_are_counted_and_what_is_refused_is_not_kept(callers: list[Caller]) -> None:
    ana, ben = callers
    board = await ana.create_board()
    refused = await refusals([ana.commit(board, put=[stroke(f"s{n}")]) for n in range(30)])
    assert (len(refused), len(await ana.log(board))) == (20, 10)
    assert await refusals([ben.commit(await ben.create_board(), put=[stroke("s")])]) == []


async def test_bytes_are_counted(callers: list[Caller]) -> None:
    ana, _ = callers
    board = await ana.create_board()
    line = "1 2 " * 1_500  # 6 kB, of which one fits each of eight shares of 10 kB
    refused = await refusals([ana.commit(board, put=[stroke(f"s{n}", points=line.strip())]) for n in range(10)])
    assert [(data["code"], data["limit"]) for data in refused] == [("too_many_requests", 80_000)] * 2


async def test_the_web_process_passes_it_on(strict: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, strict.url, "Ana")
    board = await ana.create_board()
    answers = [await ana.request("PATCH", f"/boards/{board}", json={"title": f"T{n}"}) for n in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[3].error["code"] == "too_many_requests"
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
