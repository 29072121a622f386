"""Easel as people run it, in real processes: started, stopped, killed and suspended by the tests."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol, Self

from app.web.bundle import bundle
from harness.pids import command_line, group

ROOT = Path(__file__).parent.parent
RATES = (
    "CHANGES",
    "PRESENCE",
    "ANONYMOUS",
    "SIGN_INS",
    "BOARDS",
    "INVITES",
    "GUESSES",
    "UPLOADS",
    "EDITS",
    "BYTES",
    "PICTURES",
    "PRESENCE_BYTES",
    "READS",
)
NO_LIMITS = {f"RATE_{what}": "0" for what in RATES} | {"DAY_CHANGES": "0", "DAY_BYTES": "0"}
UNASKED = {"THUMBNAILS_AHEAD": "false"}  # of every board of a test: half a second of the processor each
START_LIMIT = 60.0  # s
STOP_LIMIT = 15.0  # s


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], what: str, limit: float = START_LIMIT) -> None:
    """Poll for a state of the outside world that nothing announces. Raises AssertionError after `limit` seconds."""
    began = time.monotonic()
    while not true():
        waited = time.monotonic() - began
        assert waited < limit, f"not within {limit} s: {what}"
        time.sleep(min(0.02 + waited / 20, 0.25))  # to look costs the processor too


async def until(true: Callable[[], bool], what: str, limit: float = START_LIMIT) -> None:
    """The same in a test's event loop, which goes on meanwhile: what it still has to send or to close depends on it."""
    await asyncio.to_thread(wait_until, true, what, limit)


class Process(Protocol):
    """What `subprocess.Popen` has of a process that runs."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


def execute(command: list[str], environment: dict[str, str], log: Path) -> Process:
    with log.open("ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )


@dataclass
class Program:
    """A program, its process group, and its log."""

    # Tests fork what they can instead.
    begin: ClassVar[Callable[[list[str], dict[str, str], Path], Process]] = staticmethod(execute)

    command: list[str]
    environment: dict[str, str]
    log: Path
    process: Process | None = field(default=None, init=False)

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | self.environment
        self.process = Program.begin(self.command, environment, self.log)

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def wait(self, limit: float = STOP_LIMIT) -> int:
        assert self.process
        return self.process.wait(limit)

    def stop(self) -> int:
        """SIGTERM to the program alone, as `kill` does; the exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """`kill -9` of everything in the program's process group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()
        wait_until(lambda: not group(self.pid), "every process of the group is gone")

    def child(self, part: str) -> int:
        """The pid of the process of this group whose command line has `part`. Raises LookupError."""
        for pid in group(self.pid):
            if part in command_line(pid):
                return pid
        raise LookupError(part)  # not StopIteration, which an event loop waits for without end


SETTINGS = {
    "HOST",
    "PORT",
    "DATA_DIR",
    "PUBLIC_ORIGIN",
    "CONVEX_URL",
    "CONVEX_PORT",
    "ENVIRONMENT",
    "AUTH_PROVIDER",
}


class Served(ABC):
    """Servers that run while a block does."""

    @abstractmethod
    def start(self) -> None:
        """Returns when they answer."""

    @abstractmethod
    def kill(self) -> None: ...

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()


class Easel(Served):
    """`make run` without make: the embedded deployment and one web process, and more web processes on request."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port, self.convex_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.convex_url = f"http://127.0.0.1:{self.convex_port}"
        self.settings = {**NO_LIMITS, **UNASKED, "DATA_DIR": str(folder / "data"), **settings}
        ports = {"PORT": str(self.port), "CONVEX_PORT": str(self.convex_port)}
        self.program = Program([sys.executable, "-m", "launch.run"], {**self.settings, **ports}, folder / "easel.log")
        self.others: list[Program] = []

    def kill(self) -> None:
        for other in self.others:
            other.kill()
        self.program.kill()

    def start(self) -> None:
        bundle()  # before a web process has to do it, whose start has a time limit
        self.program.start()
        try:
            self.wait_ready(self.url)
        except BaseException:
            self.program.kill()
            raise

    def start_another_web(self, limit: str = "", until: str = "readyz", **settings: str) -> str:
        """A second web process on the same deployment; its URL. `limit` is a command of the shell that starts it.

        Returns when the process answers `/{until}` with 200.
        """
        port = free_port()
        environment = {**self.settings, "PORT": str(port), "CONVEX_URL": self.convex_url, **settings}
        command = [sys.executable, "-m", "app"]
        limited = ["/bin/sh", "-c", f"{limit}; exec {' '.join(command)}"]
        other = Program(limited if limit else command, environment, self.folder / f"web-{port}.log")
        self.others.append(other)
        other.start()
        url = f"http://127.0.0.1:{port}"
        self.wait_ready(url, until)
        return url

    def wait_ready(self, url: str, path: str = "readyz") -> None:
        def ready() -> bool:
            assert self.program.process
            assert self.program.process.poll() is None, f"Easel did not start:\n{self.program.log.read_text()}"
            return answers(f"{url}/{path}")

        wait_until(ready, f"{url} is ready; see {self.program.log}")

    @property
    def deployment_pid(self) -> int:
        return self.program.child("embedded/main.ts")

    @property
    def web_pid(self) -> int:
        return self.program.child("-m app")


def answers(url: str) -> bool:
    """Whether a GET gives 200."""
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
        return bool(answer.status == 200)
    return False
