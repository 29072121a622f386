"""A page that is older than its server: the stream says which version of the pages there is."""

import re

from harness.people import Person
from tests.integration.sse import reading


async def page_version(person: Person, board: str) -> str:
    page = await person.get(f"/boards/{board}", headers={"Accept": "text/html"})
    found = re.search(r'data-version="([0-9a-f]{16}-[0-9a-f]{16})"', page.body.decode())
    assert found
    return found[1]


async def test_streams_begin_with_the_version_that_pages_carry(ana: Person) -> None:
    board = await ana.create_board()
    version = await page_version(ana, board)
    for query in ("", "?after=0", "?after=0&once=true", "?after=0&format=cells"):
        async with reading(ana, board, query) as stream:
            assert (await stream.event("version")).json == {"version": version}


async def test_programs_are_told_nothing_of_pages(ana: Person) -> None:
    board = await ana.create_board()
    async with reading(ana, board, "?after=0&format=json&once=true") as stream:
        assert "version" not in [frame.event for frame in await stream.rest()]
