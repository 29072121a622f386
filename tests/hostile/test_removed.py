"""People who lose a board while it is drawn or written for them: what was not sent yet, they do not get."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.conftest import connections
from tests.hostile.raw import Raw, request
from tests.integration.sharing import join

WINDOW = 4096  # bytes that the connection holds
FIRST = 1000  # bytes


@pytest.fixture(scope="module")
async def large(easel: Easel) -> AsyncIterator[tuple[Person, str]]:
    """A private board and its owner; it is more than the machine keeps for a connection, which is 4 MB."""
    async with connections() as http:
        owner = await Person.sign_in(http, easel.url, "Owner")
        board = await owner.create_board()
        line = [float(n * 7 % 500) for n in range(600)]
        for n in range(50):
            many = [stroke(f"s{n}-{m}", line, x=10 * m) for m in range(60)]
            assert (await owner.draw(board, *many)).status == 201
        yield owner, board


@pytest.fixture
async def board(large: tuple[Person, str], ben: Person) -> AsyncIterator[str]:
    """With Ben as a member."""
    owner, board = large
    await join(owner, board, ben, "viewer")
    yield board
    await owner.post(f"/trash/{board}/restore")


async def loses(owner: Person, ben: Person, board: str, how: str) -> None:
    path = f"/boards/{board}" + ("/members/" + ben.id if how == "removed" else "")
    assert (await owner.request("DELETE", path)).status == 204
    while (await ben.get(f"/boards/{board}.json")).status != 404:
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("form", "how"),
    [("easel.json", "removed"), ("json", "deleted"), ("svg", "removed"), ("excalidraw", "deleted")],
)
async def test_a_file_ends_where_its_reader_lost_the_board(
    easel: Easel, large: tuple[Person, str], ben: Person, board: str, form: str, how: str
) -> None:
    whole = len((await ben.get(f"/boards/{board}.{form}")).body)
    slow = await Raw.open(easel.port, window=WINDOW)
    await slow.send(request("GET", f"/boards/{board}.{form}", f"Authorization: Bearer {ben.token}"))
    begun = await slow.reader.readexactly(FIRST)
    assert begun.startswith(b"HTTP/1.1 200")
    await loses(large[0], ben, board, how)
    assert FIRST + len(await slow.rest()) < whole


@pytest.mark.parametrize("path", [".png?width={n}", ".pdf?background=none&shapes=s{n}-1", "/thumbnail?at={n}"])
async def test_who_is_removed_while_a_picture_is_made_does_not_get_it(
    large: tuple[Person, str], ben: Person, board: str, path: str
) -> None:
    asked = [asyncio.create_task(ben.get(f"/boards/{board}{path.format(n=n)}")) for n in range(10, 14)]
    await ben.get(f"/boards/{board}")  # by now they are all admitted
    await loses(large[0], ben, board, "removed")
    assert (await asked[-1]).status == 404
    assert {answer.status for answer in await asyncio.gather(*asked)} <= {200, 404}
