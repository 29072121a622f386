"""Much work in slices: however much there is, whoever asks for something waits for one slice at a time."""

import asyncio
import threading

import pytest

from app import pace
from app.apart import apart
from app.pace import Pace


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(pace, "SLICE", 0.0)
    return []


async def work(seen: list[str], name: str, slices: int) -> None:
    own = Pace()
    for _ in range(slices):
        await own.rest()
        seen.append(name)


async def tick(seen: list[str]) -> None:
    while True:
        seen.append(".")
        await asyncio.sleep(0)


async def test_of_all_work_one_piece_goes_on_in_a_turn_of_the_loop(seen: list[str]) -> None:
    ticking = asyncio.create_task(tick(seen))
    await asyncio.gather(*(work(seen, name, 5) for name in "abcdef"))
    ticking.cancel()
    turns = "".join(seen).split(".")
    assert max(map(len, turns)) == 1
    assert "".join(turns) == "abcdef" * 5


async def test_work_that_is_given_up_keeps_no_other_waiting(seen: list[str]) -> None:
    tasks = {name: asyncio.create_task(work(seen, name, 3)) for name in "abc"}
    await asyncio.sleep(0)
    tasks["b"].cancel()
    await asyncio.wait(tasks.values())
    assert "".join(seen) == "acacac"


async def test_work_goes_on_until_its_slice_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "SLICE", 60.0)
    seen = list[str]()
    ticking = asyncio.create_task(tick(seen))
    await work(seen, "a", 5)
    ticking.cancel()
    assert "".join(seen).endswith(".aaaaa")


async def test_one_thread_works_apart_and_hands_on_what_went_wrong() -> None:
    threads = set(await asyncio.gather(*(apart(threading.current_thread) for _ in range(20))))
    assert len(threads) == 1
    assert threading.current_thread() not in threads
    with pytest.raises(ZeroDivisionError):
        await apart(lambda: 1 // 0)
