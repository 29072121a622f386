"""Child processes that end when their parent does."""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESTART_DELAY = 0.5  # s between a child's death and its next start


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
    """Ask, then insist; and close the pipes while the loop still runs."""
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
