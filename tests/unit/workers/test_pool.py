"""Scripts under limits: what they say comes back, and they can break nothing but themselves."""

import asyncio
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.workers.nameless import nameless
from app.workers.pool import Job, Pool

COPIES = """
import os, sys
os.write(int(sys.argv[-1]), sys.stdin.buffer.read().upper())
print(sys.argv[1])
"""
BREAKING = {
    "dies": "import os; os.abort()",
    "says nothing": "",
    "computes for ever": "while True: pass",
    "never stops talking": "while True: print('x' * 1000)",
    "takes all memory": "bytes(10**9)",
    "raises its own limit": "import resource; resource.setrlimit(resource.RLIMIT_CPU, (99, 99))",
}


def job(folder: Path, code: str, patience: float = 30.0) -> Job:
    script = folder / "script.py"
    script.write_text(code)
    return Job(script, memory=200 * 2**20, cpu=1, largest=10**6, patience=patience)


async def said(pool: Pool, job: Job, *arguments: str, address: str = "") -> tuple[bytes, bytes]:
    """What the script said, and what it wrote."""
    with nameless() as read, nameless() as output:
        read.write(b"abc")
        read.seek(0)
        answer = await pool.run(job, read, [output], *arguments, address=address)
        output.seek(0)
        return answer, output.read()


async def test_a_script_reads_its_input_and_writes_to_its_outputs(tmp_path: Path) -> None:
    assert await said(Pool(1), job(tmp_path, COPIES), "hello") == (b"hello\n", b"ABC")


@pytest.mark.parametrize("what", BREAKING)
async def test_a_script_that_breaks_breaks_nothing_else(what: str, tmp_path: Path) -> None:
    pool = Pool(1)
    assert (await said(pool, job(tmp_path, BREAKING[what])))[0] == b""
    assert (await said(pool, job(tmp_path, COPIES), "well"))[0] == b"well\n"


async def test_a_machine_that_is_too_busy_is_no_fault_of_the_job(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await said(Pool(1), job(tmp_path, "import time; time.sleep(60)", patience=0.2))


async def test_so_many_wait_and_no_more(tmp_path: Path) -> None:
    pool, copying = Pool(1, waiting=3), job(tmp_path, COPIES)
    results = await asyncio.gather(*(said(pool, copying, "x") for _ in range(6)), return_exceptions=True)
    assert results.count((b"x\n", b"ABC")) == 3
    assert sum(isinstance(result, Unavailable) for result in results) == 3


async def test_addresses_take_turns_however_many_jobs_one_has(tmp_path: Path) -> None:
    pool, copying, order = Pool(1), job(tmp_path, COPIES), list[str]()

    async def by(address: str) -> None:
        await said(pool, copying, "x", address=address)
        order.append(address)

    await asyncio.gather(*[by("a") for _ in range(4)], by("b"), by("b"), by("c"))
    assert order == ["a", "a", "b", "c", "a", "b", "a"]


async def test_one_address_leaves_a_worker_to_the_others(tmp_path: Path) -> None:
    pool, copying = Pool(2, each=1), job(tmp_path, COPIES)
    (tmp_path / "slow").mkdir()
    waiting = job(tmp_path / "slow", "import time; time.sleep(60)")
    heavy = [asyncio.create_task(said(pool, waiting, address="a")) for _ in range(3)]
    assert await said(pool, copying, "x", address="b") == (b"x\n", b"ABC")
    for task in heavy:
        task.cancel()
    assert await asyncio.gather(*heavy, return_exceptions=True)
    assert await said(pool, copying, "x", address="a") == (b"x\n", b"ABC")


async def test_one_address_cannot_take_all_places(tmp_path: Path) -> None:
    pool, copying = Pool(1, crowd=2), job(tmp_path, COPIES)
    many = [said(pool, copying, "x", address="a") for _ in range(4)]
    *results, other = await asyncio.gather(*many, said(pool, copying, "x", address="b"), return_exceptions=True)
    assert sum(isinstance(result, Unavailable) for result in results) == 2
    assert other == (b"x\n", b"ABC")


async def test_who_goes_away_keeps_nobody_waiting(tmp_path: Path) -> None:
    pool, copying = Pool(1), job(tmp_path, COPIES)
    first, gone, last = [asyncio.create_task(said(pool, copying, "x", address=who)) for who in "aba"]
    await asyncio.sleep(0)
    gone.cancel()
    assert (await first, await last) == ((b"x\n", b"ABC"), (b"x\n", b"ABC"))
    assert await said(pool, copying, "y") == (b"y\n", b"ABC")
