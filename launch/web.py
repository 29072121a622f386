"""The web processes of `make run`."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process

from app.listening import listen
from launch.children import Restarts, end, start_child
from launch.plan import Plan

START_LIMIT = float(
    os.environ.get("EASEL_START_LIMIT", 30)
)  # s for a web process to accept connections; tests wait less
STOP_LIMIT = 8.0  # s for a web process to drain its streams
CANNOT_START = 1  # the exit status of a web process that has said why it cannot start


class Web:
    """The web processes. They share this process's listening socket, so connections succeed while one of them lives."""

    def __init__(self, plan: Plan, convex_url: str | None) -> None:
        self._listener = listen(plan.host, plan.port)
        self.port: int = self._listener.getsockname()[1]
        self.accepts = asyncio.Event()
        self._convex_url = convex_url
        self._processes: list[Process] = []
        self._next: Process | None = None
        self._keeping: list[asyncio.Task[int]] = []
        self._count = plan.web_concurrency
        # Restart and replacement of one place exclude each other.
        self._places = [asyncio.Lock() for _ in range(self._count)]

    async def start(self) -> None:
        self._processes = [await self._start_one() for _ in range(self._count)]

    async def keep_running(self) -> int:
        """Restarts each process that ends. Returns the exit status of a process that cannot start at all."""
        self._keeping = [asyncio.create_task(self._keep(place)) for place in range(self._count)]
        await asyncio.wait(self._keeping, return_when=asyncio.FIRST_COMPLETED)
        return next(task.result() for task in self._keeping if task.done())

    async def keep_fresh(self, asked: asyncio.Event) -> None:
        """Replaces all processes, one after another, each time `asked` is set."""
        while True:
            await asked.wait()
            asked.clear()
            for place in range(self._count):
                await self._replace(place)

    async def _replace(self, place: int) -> None:
        """Stops the old process after the new one accepts. If the new one does not start, the old one stays."""
        async with self._places[place]:
            self._next = new = await self._start_one()
            accepts = await self._accepts(new)
            old, self._next = self._processes[place], None
            if accepts:
                self._processes[place] = new
        if accepts:
            await end(old, STOP_LIMIT)
        else:
            print("The new web process did not start; the old one goes on.", file=sys.stderr)

    async def stop(self) -> None:
        for task in self._keeping:
            task.cancel()
        ending = [*self._processes, self._next] if self._next else self._processes
        await asyncio.gather(*(end(process, STOP_LIMIT) for process in ending))
        self._listener.close()

    async def _keep(self, place: int) -> int:
        restarts = Restarts()
        first = self._processes[place]
        if not await self._accepts(first) and first.returncode == CANNOT_START:
            return CANNOT_START
        while True:
            process = self._processes[place]
            status = await process.wait()
            if process is not self._processes[place]:  # it was replaced
                continue
            delay = restarts.delay()
            print(f"A web process ended ({cause(status)}); starting it again in {delay:g} s.", file=sys.stderr)
            await asyncio.sleep(delay)
            async with self._places[place]:
                if process is self._processes[place]:
                    self._processes[place] = new = await self._start_one()
                    restarts.started()
                    await self._accepts(new)

    async def _accepts(self, process: Process) -> bool:
        """Waits until the process accepts connections. Kills it if it does not within 30 s."""
        assert process.stdout
        try:
            if await asyncio.wait_for(process.stdout.readline(), START_LIMIT):
                self.accepts.set()
                return True
            await process.wait()
        except TimeoutError:
            print(f"A web process did not accept connections within {START_LIMIT:g} s.", file=sys.stderr)
            await end(process, 0)
        return False

    async def _start_one(self) -> Process:
        listener = self._listener.fileno()
        settings = {"PORT": str(self.port), "CONVEX_URL": self._convex_url, "EASEL_LISTENER": str(listener)}
        return await start_child(*(sys.executable, "-m", "app"), stdout=PIPE, pass_fds=[listener], environment=settings)


def cause(status: int) -> str:
    return f"killed by signal {-status}" if status < 0 else f"exit status {status}"
