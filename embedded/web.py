"""The web processes of `make run`."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process

from app.listening import listen
from app.settings import Settings
from embedded.children import RESTART_DELAY, end, start_child

STOP_LIMIT = 8.0  # s for a web process to drain its streams


class Web:
    """The web processes. They share this process's listening socket: while one of them lives nobody is refused."""

    def __init__(self, settings: Settings, convex_url: str | None) -> None:
        self._listener = listen(settings)
        self.port: int = self._listener.getsockname()[1]
        self.ended = False
        self._convex_url = convex_url
        self._processes: list[Process] = []
        self._next: Process | None = None
        self._keeping: list[asyncio.Task[int]] = []
        self._count = settings.web_concurrency

    async def start(self) -> None:
        self._processes = [await self._start_one() for _ in range(self._count)]

    async def keep_running(self) -> int:
        """Until the only one ends, or one does not start: its exit status. One of several is started again."""
        self._keeping = [asyncio.create_task(self._keep(place)) for place in range(self._count)]
        await asyncio.wait(self._keeping, return_when=asyncio.FIRST_COMPLETED)
        self.ended = True
        return next(task.result() for task in self._keeping if task.done())

    async def keep_fresh(self, asked: asyncio.Event) -> None:
        """Whenever it is asked, new processes take the places of all, one after another."""
        while True:
            await asked.wait()
            asked.clear()
            for place in range(self._count):
                await self._replace(place)

    async def _replace(self, place: int) -> None:
        """The new one answers before the old one is sent away; one that does not start says why, and is left out."""
        self._next = new = await self._start_one()
        assert new.stdout
        if await new.stdout.readline():
            old, self._processes[place], self._next = self._processes[place], new, None
            await end(old, STOP_LIMIT)

    async def stop(self) -> None:
        self.ended = True
        for task in self._keeping:
            task.cancel()
        ending = [*self._processes, self._next] if self._next else self._processes
        await asyncio.gather(*(end(process, STOP_LIMIT) for process in ending))
        self._listener.close()

    async def _keep(self, place: int) -> int:
        while True:
            process = self._processes[place]
            status = await process.wait()
            if process is not self._processes[place]:  # another one has taken its place
                continue
            if self._count == 1 or status == 1:  # that it could not start: it has said why
                return status
            await asyncio.sleep(RESTART_DELAY)
            self._processes[place] = await self._start_one()

    async def _start_one(self) -> Process:
        listener = self._listener.fileno()
        settings = {"PORT": str(self.port), "CONVEX_URL": self._convex_url, "EASEL_LISTENER": str(listener)}
        return await start_child(*(sys.executable, "-m", "app"), stdout=PIPE, pass_fds=[listener], environment=settings)
