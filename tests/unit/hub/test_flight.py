"""One call for all callers who wait, and no answer from before a caller came."""

import asyncio

import pytest

from app.hub.flight import Flight
from tests.unit.hub.waits import turns


class Log:
    """Something that grows, and is read slowly."""

    def __init__(self) -> None:
        self.ts = 0
        self.calls = 0
        self.answers = asyncio.Event()

    async def head(self) -> int:
        self.calls += 1
        ts = self.ts
        await self.answers.wait()
        return ts


async def test_all_callers_at_one_time_share_one_call() -> None:
    log, flight = Log(), Flight[int]()
    callers = [asyncio.create_task(flight.get(log.head)) for _ in range(100)]
    await turns()
    log.answers.set()
    assert await asyncio.gather(*callers) == [0] * 100
    assert log.calls == 1


async def test_a_caller_who_comes_during_a_call_gets_the_next_answer() -> None:
    log, flight = Log(), Flight[int]()
    first = asyncio.create_task(flight.get(log.head))
    await turns()
    log.ts = 7
    later = [asyncio.create_task(flight.get(log.head)) for _ in range(100)]
    await turns()
    assert log.calls == 1
    log.answers.set()
    assert await first == 0
    assert await asyncio.gather(*later) == [7] * 100
    assert log.calls == 2


async def test_a_cancelled_caller_takes_the_answer_from_nobody() -> None:
    log, flight = Log(), Flight[int]()
    gone, stays = (asyncio.create_task(flight.get(log.head)) for _ in range(2))
    await turns()
    gone.cancel()
    log.answers.set()
    assert await stays == 0
    assert log.calls == 1


async def test_all_callers_get_the_error_and_the_next_call_is_made() -> None:
    flight = Flight[int]()

    async def fail() -> int:
        raise OSError("away")

    for _ in range(2):
        callers = await asyncio.gather(*(flight.get(fail) for _ in range(3)), return_exceptions=True)
        assert all(isinstance(error, OSError) for error in callers)
    log = Log()
    log.answers.set()
    assert await flight.get(log.head) == 0
    with pytest.raises(OSError, match="away"):
        await flight.get(fail)
