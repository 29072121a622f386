"""Programs that a fork server starts for us: their pids, and how they ended."""

import atexit
import functools
import json
import os
import select
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from harness.processes import ROOT, Process, execute

PYTHONPATH = os.environ.get("PYTHONPATH")  # what a forked program has, however a test changes it


class ForkServer:
    """One of `harness/forkserver.py`, which ends with us."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "harness.forkserver"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._alone = threading.Lock()

    def ask(self, **question: Any) -> int:
        assert self._process.stdin
        assert self._process.stdout
        with self._alone:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


class Forked:
    """What `subprocess.Popen` is for a program that this process starts itself."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.pid = server().ask(command=command, environment=environment, log=str(log))
        self.returncode: int | None = None
        self._ends = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return status

    def _status(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._ends], [], [], timeout)[0]:
            self.returncode = server().ask(pid=self.pid)
            os.close(self._ends)
        return self.returncode


def fork(command: list[str], environment: dict[str, str], log: Path) -> Process:
    """Starts `python -m ...` by a fork, and executes anything else."""
    forks = command[:2] == [sys.executable, "-m"] and environment.get("PYTHONPATH") == PYTHONPATH
    return (Forked if forks else execute)(command, environment, log)


@functools.cache
def server() -> ForkServer:
    started = ForkServer()
    atexit.register(started.end)
    return started
