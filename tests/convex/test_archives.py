"""Archives of all boards of a person: one of each person, few at a time, for a day."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from convex import ConvexError

from app.convex.deployment import Storage
from tests.convex.conftest import Caller, new_id
from tests.convex.crons import Crons
from tests.convex.stored import digest_of
from tests.convex.test_deletion import DAY, now

SILENT = 60_000  # ms
MOST = 4
COUNTS = {"done": 3.0, "total": 3.0, "left": 0.0}


@pytest.fixture
async def people(relay: Caller) -> AsyncIterator[list[str]]:
    """More than may have one made at a time. None of them has one afterwards."""
    people = [f"https://issuer.invalid|{new_id()}" for _ in range(MOST + 1)]
    yield people
    for person in people:
        await relay.mutation("archives:drop", person=person)


async def begin(relay: Caller, person: str) -> str:
    return str(await relay.mutation("archives:start", person=person, shared=False))


async def mine(relay: Caller, person: str, at: float = 0) -> Any:
    return await relay.query("archives:mine", person=person, now=now() + at)


async def keep(relay: Caller, storage: Storage, archive: str, body: bytes) -> str:
    url = await relay.mutation("archives:prepare")
    stored = await storage.put(url, BytesIO(body), len(body), digest_of(body), "application/zip")
    made = {"size": float(len(body)), "done": 3.0, "left": 0.0}
    await relay.mutation("archives:keep", archive=archive, storage=stored, **made)
    return f"_storage/{stored}"


async def test_one_is_made_for_a_person_and_few_at_a_time(relay: Caller, people: list[str]) -> None:
    for person in people[:MOST]:
        await begin(relay, person)
    for person, code in ((people[0], "conflict"), (people[MOST], "too_many_requests")):
        with pytest.raises(ConvexError) as refused:
            await begin(relay, person)
        assert refused.value.data["code"] == code
    await relay.mutation("archives:drop", person=people[1])
    await begin(relay, people[MOST])


async def test_whoever_does_not_report_counts_as_gone(relay: Caller, people: list[str]) -> None:
    archive = await begin(relay, people[0])
    assert await relay.mutation("archives:report", archive=archive, **COUNTS)
    assert [(await mine(relay, people[0], at))["state"] for at in (0, SILENT + 1000)] == ["working", "failed"]


async def test_a_file_stays_for_a_day(relay: Caller, storage: Storage, people: list[str], crons: Crons) -> None:
    archive = await begin(relay, people[0])
    file = await keep(relay, storage, archive, b"zip")
    found = await mine(relay, people[0])
    assert (found["state"], found["size"], found["url"] is None) == ("ready", 3, False)
    await crons.run("files:sweep", now=now() + 2 * DAY)
    assert file in await crons.export()
    await crons.run("archives:expire", archive=archive, now=now() + DAY - SILENT)
    assert (await mine(relay, people[0]))["state"] == "ready"
    assert await mine(relay, people[0], DAY + SILENT) is None
    await crons.run("archives:expire", archive=archive, now=now() + DAY + SILENT)
    assert file not in await crons.export()


async def test_what_nobody_wants_any_more_is_not_kept(
    relay: Caller, storage: Storage, people: list[str], crons: Crons
) -> None:
    archive = await begin(relay, people[0])
    await relay.mutation("archives:drop", person=people[0])
    assert not await relay.mutation("archives:report", archive=archive, **COUNTS)
    assert await keep(relay, storage, archive, b"late") not in await crons.export()
    await relay.mutation("archives:fail", archive=archive, message="Late.")
    assert await mine(relay, people[0]) is None


async def test_a_new_one_takes_the_place_of_the_one_before(
    relay: Caller, storage: Storage, people: list[str], crons: Crons
) -> None:
    file = await keep(relay, storage, await begin(relay, people[0]), b"first")
    archive = await begin(relay, people[0])
    assert file not in await crons.export()
    await relay.mutation("archives:fail", archive=archive, message="The disk is full.")
    found = await mine(relay, people[0])
    assert (found["state"], found["message"], found["url"]) == ("failed", "The disk is full.", None)


async def test_the_file_goes_with_the_account(
    relay: Caller, owner: Caller, storage: Storage, people: list[str], crons: Crons
) -> None:
    await owner.create_board()
    person = next(row["tokenIdentifier"] for row in reversed(await crons.rows("users")) if row["name"] == "Ana")
    people.append(person)
    file = await keep(relay, storage, await begin(relay, person), b"private")
    message = {"id": new_id(), "at": now(), "person": person, "deleted": True}
    while await crons.run("clerk:apply", **message):
        pass
    assert file not in await crons.export()
    assert await mine(relay, person) is None
