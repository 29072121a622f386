"""Files as the functions keep them: who may show them, how long they stay, what is counted."""

from io import BytesIO
from typing import Any

import pytest
from convex import ConvexInt64

from app.convex.deployment import DeploymentError, Storage
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.crons import Crons
from tests.convex.stored import NO_QUOTAS, digest_of, image, keep, upload

HOUR, DAY = 3_600_000, 86_400_000  # ms
PAGE = {"numItems": 10, "cursor": None}


@pytest.fixture
async def board(owner: Caller) -> str:
    return await owner.create_board()


async def listed(caller: Caller, board: str) -> Any:
    return await caller.query("files:list", board=board, paginationOpts=PAGE)


async def exists(relay: Caller, storage: Storage, board: str, file: str) -> bool:
    found = await relay.query("files:get", board=board, file=file)
    if found is None:
        return False
    async with storage.open(found["variants"][0]["url"]) as parts:
        return bool(len(b"".join([part async for part in parts])) == found["variants"][0]["size"])


async def test_a_file_is_what_was_uploaded(relay: Caller, storage: Storage, board: str) -> None:
    file = (await keep(relay, storage, board))["id"]
    assert await exists(relay, storage, board, file)
    assert await relay.query("files:get", board=board, file="nothing") is None


async def test_what_is_not_as_it_was_sent_gets_no_row(relay: Caller, storage: Storage, board: str) -> None:
    variant = await upload(relay, storage, board, b"some bytes")
    args = {"board": board, "person": "p", "digest": "0" * 64, "name": "a", "quotas": NO_QUOTAS}
    for wrong in ({"size": 9.0}, {"sha256": digest_of(b"others")}):
        call = relay.mutation("files:keep", **args, variants=[variant | wrong])
        assert (await relay.refused(call))["field"] == "variants"
    await relay.mutation("files:discard", storage=[variant["storage"]])
    call = relay.mutation("files:keep", **args, variants=[variant])
    assert (await relay.refused(call))["field"] == "variants"


async def test_storage_itself_refuses_bytes_that_changed_on_the_way(
    relay: Caller, storage: Storage, board: str
) -> None:
    args = {"person": "p", "size": 3, "count": 1, "quotas": NO_QUOTAS}
    (url,) = await relay.mutation("files:prepare", board=board, **args)
    with pytest.raises(DeploymentError):
        await storage.put(url, BytesIO(b"abc"), 3, digest_of(b"abd"), "image/webp")


async def test_the_same_digest_twice_is_one_file(relay: Caller, storage: Storage, board: str, owner: Caller) -> None:
    args = {"person": "p", "digest": "1" * 64, "name": "a", "quotas": NO_QUOTAS}
    variants = [await upload(relay, storage, board, body) for body in (b"one", b"two")]
    kept = [await relay.mutation("files:keep", board=board, **args, variants=[variant]) for variant in variants]
    assert kept[0] == kept[1]
    assert (await listed(owner, board))["board"] == {"bytes": 3, "files": 1}


async def test_quotas_hold_where_the_row_is_written(relay: Caller, storage: Storage, board: str) -> None:
    await keep(relay, storage, board, person="q", size=60)
    variant = await upload(relay, storage, board, bytes(50))
    for quotas in ({"board": 100.0, "person": 0.0}, {"board": 0.0, "person": 100.0}):
        args = {"person": "q", "digest": "2" * 64, "name": "a", "variants": [variant], "quotas": quotas}
        refused = await relay.refused(relay.mutation("files:keep", board=board, **args))
        assert (refused["code"], refused["limit"]) == ("storage_full", 100)
        prepare = relay.mutation("files:prepare", board=board, person="q", size=50, count=1, quotas=quotas)
        assert (await relay.refused(prepare))["code"] == "storage_full"
    await relay.mutation("files:discard", storage=[variant["storage"]])


async def test_discard_never_takes_what_has_a_row(relay: Caller, storage: Storage, board: str) -> None:
    variant = await upload(relay, storage, board, b"kept")
    args = {"person": "p", "digest": "3" * 64, "name": "a", "quotas": NO_QUOTAS, "variants": [variant]}
    file = (await relay.mutation("files:keep", board=board, **args))["id"]
    await relay.mutation("files:discard", storage=[variant["storage"]])
    assert await exists(relay, storage, board, file)


async def test_keeping_the_same_again_takes_nothing_away(
    owner: Caller, relay: Caller, storage: Storage, board: str
) -> None:
    variant = await upload(relay, storage, board, b"sent twice")
    args = {"person": "p", "digest": "4" * 64, "name": "a", "quotas": NO_QUOTAS, "variants": [variant]}
    first, again = [await relay.mutation("files:keep", board=board, **args) for _ in range(2)]
    assert first == again
    assert await exists(relay, storage, board, first["id"])
    snapshot = await upload(relay, storage, board, b"a drawing")
    one, two = [(await owner.commit(board, put=[stroke(id)]))["ts"] for id in "ab"]
    for ts in (one, one, two):
        kept = {"ts": ConvexInt64(ts), "version": "v", "storage": snapshot["storage"]}
        await relay.mutation("snapshots:keep", board=board, **kept)
        found = await relay.query("snapshots:latest", board=board)
        async with storage.open(found["url"]) as parts:
            assert b"".join([part async for part in parts]) == b"a drawing"


async def test_a_file_with_more_uses_than_are_looked_at_is_not_deleted(
    owner: Caller, relay: Caller, storage: Storage, board: str
) -> None:
    file = (await keep(relay, storage, board))["id"]
    for start in range(0, 1_000, 200):
        ids = [f"a{n:04}" for n in range(start, start + 200)]
        await owner.commit(board, put=[image(id, file) for id in ids])
        await owner.commit(board, remove=ids)
    await owner.commit(board, put=[image("z", file)])
    refused = await owner.refused(owner.mutation("files:remove", operationId=new_id(), board=board, file=file))
    assert refused["code"] == "conflict"


async def test_an_image_shows_only_a_file_of_its_board(
    relay: Caller, storage: Storage, board: str, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    other = await owner.create_board()
    for wrong in (file, "nothing", "j" * 32):
        refused = await owner.refused(owner.commit(other, put=[image(new_id(), wrong)]))
        assert (refused["code"], refused["field"]) == ("invalid", "put.file")
    await owner.commit(board, put=[image("i", file)])
    refused = await owner.refused(owner.commit(board, patch=[{"id": "i", "set": {"file": "nothing"}}]))
    assert refused["code"] == "invalid"


async def test_a_file_that_was_never_shown_goes_after_an_hour(
    relay: Caller, storage: Storage, board: str, crons: Crons, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    at = (await listed(owner, board))["files"]["page"][0]["at"]
    await crons.collect(now=at + HOUR / 2)
    assert await exists(relay, storage, board, file)
    await crons.collect(now=at + HOUR + 1000)
    assert not await exists(relay, storage, board, file)
    assert (await listed(owner, board))["board"] == {"bytes": 0, "files": 0}


async def test_a_used_file_stays_and_a_removed_one_stays_for_thirty_days(
    relay: Caller, storage: Storage, board: str, crons: Crons, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    await owner.commit(board, put=[image("i", file)])
    at = (await listed(owner, board))["files"]["page"][0]["at"]
    await crons.collect(now=at + 20 * DAY)
    await crons.collect(now=at + 100 * DAY)
    assert await exists(relay, storage, board, file)
    await owner.commit(board, remove=["i"])
    await owner.undo(board)
    await crons.collect(now=at + 200 * DAY)
    assert await exists(relay, storage, board, file)


async def test_a_removed_picture_can_be_restored_for_thirty_days_only(
    relay: Caller, storage: Storage, board: str, crons: Crons, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    await owner.commit(board, put=[image("i", file)])
    await owner.commit(board, remove=["i"])
    (row,) = (await listed(owner, board))["files"]["page"]
    assert row["shown"] == 0
    await crons.collect(now=row["keptUntil"] - 1000)
    assert await exists(relay, storage, board, file)
    await crons.collect(now=row["keptUntil"] + 1000)
    assert not await exists(relay, storage, board, file)


async def test_a_replaced_picture_stays_for_undo(
    relay: Caller, storage: Storage, board: str, crons: Crons, owner: Caller
) -> None:
    before, after = [(await keep(relay, storage, board))["id"] for _ in range(2)]
    await owner.commit(board, put=[image("i", before)])
    await owner.commit(board, patch=[{"id": "i", "set": {"file": after}}])
    shown = {row["id"]: row["shown"] for row in (await listed(owner, board))["files"]["page"]}
    assert shown == {before: 0, after: 1}
    at = (await listed(owner, board))["files"]["page"][0]["at"]
    await crons.collect(now=at + 10 * DAY)
    await owner.undo(board)
    shown = {row["id"]: row["shown"] for row in (await listed(owner, board))["files"]["page"]}
    assert shown == {before: 1, after: 0}
    assert await exists(relay, storage, board, before)


async def test_a_stored_object_without_a_row_is_swept_after_a_day(
    relay: Caller, storage: Storage, board: str, crons: Crons, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    await upload(relay, storage, board, b"stray")
    at = (await listed(owner, board))["files"]["page"][0]["at"]
    await crons.run("files:sweep", now=at)
    assert (await crons.run("files:sweep", now=at + 2 * DAY))["deleted"] >= 1
    assert await exists(relay, storage, board, file)


async def test_only_the_owner_and_the_adder_delete_a_file_and_never_a_shown_one(
    relay: Caller, storage: Storage, board: str, owner: Caller
) -> None:
    file = (await keep(relay, storage, board))["id"]
    await owner.commit(board, put=[image("i", file)])
    remove = {"board": board, "file": file}
    call = owner.mutation("files:remove", operationId=new_id(), **remove)
    assert (await owner.refused(call))["code"] == "conflict"
    await owner.commit(board, remove=["i"])
    await owner.mutation("files:remove", operationId="once", **remove)
    await owner.mutation("files:remove", operationId="once", **remove)
    assert not await exists(relay, storage, board, file)
    await owner.undo(board)  # the shape comes back; its picture cannot
    assert not await exists(relay, storage, board, file)
