"""The child process that reads the settings, `launch/prepare.py`, as its parent sees it."""

import sys
from asyncio.subprocess import PIPE, Process
from typing import Self

from launch.children import StartError, end, start_child
from launch.plan import Plan


class Preparation:
    """Ends with its block. Each method raises StartError if the child found something wrong."""

    async def __aenter__(self) -> Self:
        self._process: Process = await start_child(sys.executable, "-m", "launch.prepare", stdout=PIPE)
        return self

    async def __aexit__(self, *error: object) -> None:
        await end(self._process, 1)

    async def plan(self) -> Plan:
        return Plan.read(await self._line())

    async def variables(self) -> bytes:
        """JSON for the embedded deployment; of a deployment elsewhere, none, once it has been checked."""
        return await self._line()

    async def _line(self) -> bytes:
        assert self._process.stdout
        line = await self._process.stdout.readline()
        if not line:
            raise StartError
        return line
