"""An older copy of the data put in place of the data, with everything stopped or with the deployment alone killed."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.pids import command_line, group
from harness.processes import Easel, wait_until


@contextmanager
def deployment_killed(easel: Easel) -> Iterator[None]:
    """The deployment is dead, and started again at the end; the web process goes on meanwhile."""
    os.kill(easel.program.pid, signal.SIGSTOP)  # so that nobody starts it sooner
    try:
        for pid in deployments(easel):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not deployments(easel), "the deployment is dead")
        yield
    finally:
        os.kill(easel.program.pid, signal.SIGCONT)


def deployments(easel: Easel) -> list[int]:
    return [pid for pid in group(easel.program.pid) if "embedded/main.ts" in command_line(pid)]


def copy_of(easel: Easel) -> Path:
    """What the data folder holds. Nothing may write to it meanwhile."""
    return Path(shutil.copytree(easel.folder / "data", easel.folder / "copy"))


def put_back(easel: Easel, copy: Path) -> None:
    data = easel.folder / "data"
    shutil.rmtree(data)
    shutil.copytree(copy, data)
