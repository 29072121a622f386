"""Thumbnails: the newest stay, in both themes, and no others."""

from typing import Any

import pytest

from app.convex.deployment import Storage
from tests.convex.conftest import Caller, stroke
from tests.convex.crons import Crons
from tests.convex.stored import keep_thumbnails
from tests.convex.test_deletion import DAY, now


@pytest.fixture
async def board(owner: Caller) -> str:
    return await owner.create_board()


async def drawn(relay: Caller, storage: Storage, board: str) -> list[Any] | None:
    """The ts of the board's thumbnails, and both."""
    found = (await relay.query("thumbnails:latest", board=board))["drawn"]
    if found is None:
        return None
    bodies = []
    for theme in ("light", "dark"):
        async with storage.open(found[theme]) as parts:
            bodies.append(b"".join([part async for part in parts]))
    return [found["ts"], *bodies]


async def test_newer_thumbnails_replace_older_ones_and_never_the_other_way(
    owner: Caller, relay: Caller, storage: Storage, board: str, crons: Crons
) -> None:
    one, two = [(await owner.commit(board, put=[stroke(id)]))["ts"] for id in "ab"]
    stored = []
    for ts, body, shown in ((one, b"first", one), (two, b"second", two), (one, b"late", two), (two, b"again", two)):
        stored.append(await keep_thumbnails(relay, storage, board, ts, body))
        assert (await drawn(relay, storage, board) or [0])[0] == shown
    assert await drawn(relay, storage, board) == [two, b"second in light", b"second in dark"]
    files = set(await crons.export())
    assert [f"_storage/{one['light']}" in files for one in stored] == [False, True, False, False]


async def test_what_another_version_has_drawn_of_the_same_board_is_replaced(
    owner: Caller, relay: Caller, storage: Storage, board: str
) -> None:
    ts = (await owner.commit(board, put=[stroke("a")]))["ts"]
    for body, version in ((b"old", "1"), (b"new", "2"), (b"late", "2")):
        await keep_thumbnails(relay, storage, board, ts, body, version)
    assert (await relay.query("thumbnails:latest", board=board))["drawn"]["version"] == "2"
    assert await drawn(relay, storage, board) == [ts, b"new in light", b"new in dark"]


async def test_a_thumbnail_of_a_ts_that_the_log_lacks_is_not_kept(
    owner: Caller, relay: Caller, storage: Storage, board: str
) -> None:
    ts = (await owner.commit(board, put=[stroke("a")]))["ts"]
    assert (await relay.query("thumbnails:latest", board=board)) == {"head": ts, "drawn": None}
    await keep_thumbnails(relay, storage, board, ts + 1, b"lost")
    assert await drawn(relay, storage, board) is None


async def test_thumbnails_stay_as_long_as_the_board(relay: Caller, storage: Storage, board: str, crons: Crons) -> None:
    await keep_thumbnails(relay, storage, board, 0, b"blank")
    await crons.run("files:sweep", now=now() + 400 * DAY)
    assert await drawn(relay, storage, board) == [0, b"blank in light", b"blank in dark"]
