"""A program that forks the Python programs of Easel, since it has imported and compiled all that they do.

So a launcher or a web process starts in 0.1 s of the processor instead of 1 or 2. It takes one JSON object a line:
`{"command", "environment", "log"}` starts a program in a session of its own, and is answered with its pid; `{"pid"}` is
answered with the exit status of a program that has ended. What a forked program starts with `python -m` is forked too.
"""

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from app.drawing import render

PROGRAMS = ("app.__main__", "launch.prepare", "launch.run")
READERS = ("app.__main__", "app.wire", "launch")  # packages and modules that read the environment when imported
LATER = ("aiohttp", "anyio._backends._asyncio", "app.auth.issuer", "uvicorn.protocols.http.httptools_impl", "uvloop")
HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR2)


class Popen(subprocess.Popen[bytes]):
    """Where another would execute `python -m`, the forked child goes on as that module."""

    def __init__(self, args: Sequence[str], **options: Any) -> None:
        if [*args[:2]] == [sys.executable, "-m"]:
            options["preexec_fn"] = partial(become, args, options["env"], options.get("pass_fds", ()))
        super().__init__(args, **options)


def become(args: Sequence[str], environment: Mapping[str, str], kept: Sequence[int]) -> None:
    """Never returns."""
    signal.set_wakeup_fd(-1)
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # subprocess gives them back their defaults for a program that is executed; Python ignores them as soon as it runs.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN)
    close_all_but({0, 1, 2, *kept})  # also the pipe by which the parent hears that the program has been executed
    os.environ.clear()
    os.environ.update(environment)
    rename(args)
    sys.argv = [*args[2:]]
    os._exit(status_of(args[2]))


def close_all_but(kept: set[int]) -> None:
    for fd in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        if fd not in kept:
            with contextlib.suppress(OSError):  # the list's own
                os.close(fd)


def rename(args: Sequence[str]) -> None:
    """So that /proc shows the command line that the program would have; it must not be longer than our own."""
    fields = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()
    begin, end = int(fields[45]), int(fields[46])
    line = b"\0".join(map(os.fsencode, args)) + b"\0"
    ctypes.memmove(begin, line.ljust(end - begin, b"\0"), end - begin)


def status_of(module: str) -> int:
    """Runs the module to its end, as the interpreter does."""
    status: Any = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as exit:
        status = exit.code
    except BaseException:
        traceback.print_exc()
        status = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return status if isinstance(status, int) else int(status is not None)


def main() -> None:
    for module in (*PROGRAMS, *LATER):
        importlib.import_module(module)
    render.warm()  # half of what the start of a web process costs
    for module in [name for name in sys.modules if f"{name}.".startswith(tuple(f"{reader}." for reader in READERS))]:
        del sys.modules[module]
    gc.collect()
    gc.freeze()
    subprocess.Popen = Popen  # type: ignore[assignment,misc]
    programs: dict[int, Popen] = {}
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if "pid" in asked:
            answer = programs.pop(asked["pid"]).wait()
        else:
            started = start(**asked)
            programs[started.pid] = started
            answer = started.pid
        sys.stdout.buffer.write(b"%d\n" % answer)
        sys.stdout.buffer.flush()


def start(command: list[str], environment: dict[str, str], log: str) -> Popen:
    with Path(log).open("ab") as output:
        return Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


if __name__ == "__main__":
    main()
