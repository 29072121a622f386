"""The kind of fault: a page of trouble forgets who is signed in."""

import aiohttp
import pytest

from harness.people import Person
from harness.processes import Easel

PAGE = {"Accept": "text/html", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("path", ["/nowhere", "/boards/none", "/boards?cursor=x", "/static/none.js"])
async def test_a_page_of_trouble_knows_who_is_signed_in(ana: Person, path: str) -> None:
    answer = await ana.get(path, headers=PAGE)
    assert answer.status >= 400
    assert f'account-name">{ana.name}<'.encode() in answer.body


async def test_a_stranger_is_nobody_there(easel: Easel, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{easel.url}/nowhere", headers=PAGE) as answer:
        assert answer.status == 404
        assert "account-name" not in await answer.text()
