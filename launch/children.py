"""Child processes, which end when their parent ends."""

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIRST_DELAY = 0.5  # s between a child's death and its next start
LONGEST_DELAY = 30.0  # s, for a child that keeps dying
HEALTHY = 30.0  # s of life that reset the count of deaths


class StartError(Exception):
    """Why Easel does not start, in a sentence; without one, a child has said it on stderr."""


class Restarts:
    """How long to wait before a child that died is started again: 0.5 s, doubling to 30 s while it keeps dying."""

    def __init__(self) -> None:
        self._deaths = 0
        self._started = time.monotonic()

    def started(self) -> None:
        self._started = time.monotonic()

    def delay(self) -> float:
        """Seconds to wait after one more death."""
        if time.monotonic() - self._started >= HEALTHY:
            self._deaths = 0
        self._deaths += 1
        return float(min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(self._deaths - 1, 10)))


async def start_child(
    *command: str,
    stdout: int | None = None,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str | None] | None = None,
) -> Process:
    """`environment` is added to ours; None leaves a variable as it is."""
    settings = {name: value for name, value in (environment or {}).items() if value is not None}
    environ = {**os.environ, **settings, "EASEL_PARENT": "1"}
    return await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=stdout, cwd=ROOT, env=environ, pass_fds=pass_fds
    )


async def end(process: Process, limit: float) -> None:
    """Sends SIGTERM, and SIGKILL after `limit` seconds. Closes the pipes while the loop still runs."""
    try:
        send(process, signal.SIGTERM)
        await asyncio.wait_for(process.communicate(b""), limit)
    except TimeoutError:
        send(process, signal.SIGKILL)
        await process.communicate(b"")


def send(process: Process, number: signal.Signals) -> None:
    # Not process.send_signal: it reaps a child that has just ended, which asyncio then complains about.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)
