"""What is deleted remains: every row and stored object of a deleted board is erased in time, and nothing else."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from convex import ConvexInt64

from app.auth.issuer import Issuer
from app.convex.deployment import Storage
from harness.processes import Easel
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.crons import Crons
from tests.convex.sharing import invite
from tests.convex.stored import digest_of, image, keep, keep_thumbnails, upload, upload_thumbnails

DAY = 86_400_000  # ms
OPERATIONS = "operations/documents.jsonl"  # kept for a week: ids alone
SECRETS = (b"Zebrafish", b"Quokka", b"Wombat", b"Axolotl", b"Narwhal")


@pytest.fixture(scope="module")
def easel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """Without what other tests have stored: an export has all of it."""
    with Easel(tmp_path_factory.mktemp("deletion")) as running:
        yield running


def now() -> float:
    return time.time() * 1000


async def furnished(owner: Caller, other: Caller, relay: Caller, storage: Storage, issuer: Issuer) -> str:
    """A board with something in every table that names boards."""
    board = await owner.create_board("link-edit", title="Zebrafish")
    token, _ = await invite(owner, board, role="editor", life=DAY)
    await other.mutation("invites:redeem", operationId=new_id(), token=token)
    await invite(owner, board, role="viewer", life=DAY)
    stranger = Caller(owner.deployment, issuer.guest_token(new_id(), "Cleo")[0])
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="private")
    await stranger.mutation("asks:make", board=board)
    file = (await keep(relay, storage, board, name="Quokka.png"))["id"]
    text = {"kind": "text", "text": "Wombat", "w": 0, "size": 24, "align": "left"}
    fields = {"color": "black", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    await owner.commit(board, put=[image("picture", file), {"id": "words", **fields, **text}])
    await other.commit(board, put=[stroke("gone")])
    await other.commit(board, remove=["gone"])
    await other.undo(board)
    ts = (await other.commit(board, remove=["gone"]))["ts"]
    person = {"id": "p", "name": "Axolotl", "color": 1.0}
    await relay.mutation("relay:announce", board=board, process="web", people=[person], watching=1.0)
    await relay.mutation("relay:signal", board=board, process="web", signs="Narwhal")
    drawing = (await upload(relay, storage, board, b"a drawing of a Wombat"))["storage"]
    await relay.mutation("snapshots:keep", board=board, ts=ConvexInt64(ts), version="v", storage=drawing)
    await keep_thumbnails(relay, storage, board, ts, b"a small Wombat")
    return board


async def test_nothing_of_a_deleted_board_is_left_and_all_of_another_is(
    owner: Caller, other: Caller, relay: Caller, storage: Storage, issuer: Issuer, crons: Crons
) -> None:
    board = await furnished(owner, other, relay, storage, issuer)
    kept = await owner.create_board(title="Kept")
    kept_file = (await keep(relay, storage, kept))["id"]
    await owner.commit(kept, put=[image("picture", kept_file), stroke("line")])
    before = await crons.export()
    assert all(any(secret in file for file in before.values()) for secret in SECRETS)
    await delete(owner, board)

    await crons.run("purge:boards", now=now() + 29 * DAY)
    assert any(row["_id"] == board for row in await crons.rows("boards"))
    await crons.run("purge:boards", now=now() + 31 * DAY)
    after = await erased(crons, board)

    assert [name for name, file in after.items() for secret in SECRETS if secret in file] == []
    assert [name for name, file in after.items() if board.encode() in file and name != OPERATIONS] == []
    gone = {name for name in set(before) - set(after) if name.startswith("_storage/")}
    assert len(gone) == 4  # the picture, the drawing and two thumbnails
    assert rows_of(before, kept) == rows_of(after, kept)
    assert rows_of(before, kept_file) == rows_of(after, kept_file)


async def delete(owner: Caller, board: str) -> None:
    """For good."""
    for path in ("boards:remove", "trash:remove"):
        await owner.mutation(path, operationId=new_id(), board=board)


async def erased(crons: Crons, board: str) -> dict[str, bytes]:
    """The export, once the board's own row, the last, is gone."""
    while any(row["_id"] == board for row in await crons.rows("boards")):
        await asyncio.sleep(0.1)
    return await crons.export()


def rows_of(export: dict[str, bytes], id: str) -> list[bytes]:
    named = [line for name, file in sorted(export.items()) if name.endswith(".jsonl") for line in file.splitlines()]
    return [line for line in named if id.encode() in line]


async def test_erasing_what_is_gone_or_was_never_deleted_does_nothing(owner: Caller, crons: Crons) -> None:
    board = await owner.create_board(title="Alive")
    await owner.commit(board, put=[stroke("line")])
    await crons.run("purge:board", board=board)
    assert (await owner.query("boards:get", board=board))["title"] == "Alive"
    assert len(await owner.log(board)) == 1
    await delete(owner, board)
    for _ in range(3):
        await crons.run("purge:board", board=board)
    assert rows_of(await erased(crons, board), board) == rows_of(
        {OPERATIONS: (await crons.export())[OPERATIONS]}, board
    )


async def test_a_late_drawing_of_a_deleted_board_is_thrown_away(
    owner: Caller, relay: Caller, storage: Storage, crons: Crons
) -> None:
    board = await owner.create_board()
    drawing = (await upload(relay, storage, board, b"too late"))["storage"]
    small = await upload_thumbnails(relay, storage, board, b"too late")
    await delete(owner, board)
    await relay.mutation("snapshots:keep", board=board, ts=ConvexInt64(1), version="v", storage=drawing)
    await relay.mutation("thumbnails:keep", board=board, ts=ConvexInt64(0), version="1", **small)
    assert not {f"_storage/{stored}" for stored in (drawing, *small.values())} & set(await crons.export())


async def test_what_has_run_out_is_collected_and_what_counts_stays(
    owner: Caller, other: Caller, relay: Caller, crons: Crons
) -> None:
    board = await owner.create_board()
    await invite(owner, board, role="viewer", life=DAY / 24)
    lasting = (await invite(owner, board, role="viewer", life=300 * DAY))[1]
    await other.mutation("claims:offer", hash=digest_of(new_id().encode()))
    await relay.mutation("relay:announce", board=board, process="dead", people=[])
    await relay.mutation("relay:signal", board=board, process="dead", signs="half a wor")
    login = {"key": "k" * 64, "sealed": "s", "version": 0.0, "expiresAt": now() + DAY}
    await relay.mutation("sessions:keep", **login)
    await relay.mutation("sessions:end", session="over")
    await crons.run("collect:expired", now=now())
    assert [row["process"] for row in await crons.rows("presence") if row["boardId"] == board] == ["dead"]

    await collect(crons, now() + 8 * DAY)
    for table in ("operations", "claims", "presence", "signals", "logins"):
        assert await crons.rows(table) == [], table
    assert "over" in [row["key"] for row in await crons.rows("ended")]  # as long as a guest's token may count
    assert [row["_id"] for row in await crons.rows("invites") if row["boardId"] == board] == [lasting["id"]]
    assert (await owner.query("boards:get", board=board))["role"] == "owner"

    await collect(crons, now() + 32 * DAY)
    assert "over" not in [row["key"] for row in await crons.rows("ended")]


async def collect(crons: Crons, at: float) -> None:
    while await crons.run("collect:expired", now=at):
        pass


async def test_a_snapshot_that_nobody_renews_goes_after_thirty_days(
    owner: Caller, relay: Caller, storage: Storage, crons: Crons
) -> None:
    board = await owner.create_board()
    drawing = (await upload(relay, storage, board, b"a drawing"))["storage"]
    await relay.mutation("snapshots:keep", board=board, ts=ConvexInt64(0), version="v", storage=drawing)
    await crons.run("files:sweep", now=now() + 29 * DAY)
    assert await relay.query("snapshots:latest", board=board) is not None
    await crons.run("files:sweep", now=now() + 32 * DAY)

    async def latest() -> Any:
        return await relay.query("snapshots:latest", board=board)

    while await latest() is not None:
        await asyncio.sleep(0.05)
    assert f"_storage/{drawing}" not in await crons.export()
