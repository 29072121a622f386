"""`make push`: puts the functions, and the variables that they read, on a Convex backend or on Convex Cloud."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.settings import Settings, SettingsError, load
from launch.children import ROOT
from launch.deployment import NODE
from launch.remote import Remote, Values
from launch.target import Keys, PushError, Target, target
from launch.undo import Undo
from launch.variables import VARIABLES

CLI = ROOT / "node_modules/convex/bin/main.js"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PAUSES = (0, 1, 2, 4)  # s before each attempt to put the variables back


def push(settings: Settings, target: Target) -> int:
    """
    The CLI's exit status. auth.config.ts and the functions read the variables while they are pushed, so the variables
    are set first. If the push does not succeed, they are put back: the functions that stay were pushed with those.
    Raises PushError.
    """
    wanted: Values = {name: value(settings) for name, value in VARIABLES.items()}
    remote = Remote(target)
    remote.check()
    now = remote.variables(wanted)
    undo = Undo(settings.data_dir, target.url)
    undo.begin(now, wanted)
    status = 1
    try:
        remote.change({name: value for name, value in wanted.items() if value != now[name]})
        # The Makefile has checked the types: the CLI would do so while the new variables meet the old functions.
        status = convex(target.environment(), "deploy", "--yes", "--codegen", "disable", "--typecheck", "disable")
    finally:
        with unstoppable():
            if status == 0:
                undo.end()
            else:
                put_back(undo, remote)
    return status


def put_back(undo: Undo, remote: Remote) -> None:
    for pause in PAUSES:
        time.sleep(pause)
        try:
            names = undo.put_back(remote)
        except PushError as error:
            print(error, file=sys.stderr)
            continue
        done = f", so what it changed was put back: {', '.join(names)}" if names else ""
        print(f"The push did not succeed{done}. docs/convex.md says what a backend needs.", file=sys.stderr)
        return
    print("The variables could not be put back. The next `make push` knows what they were.", file=sys.stderr)


def convex(own: Mapping[str, str], *arguments: str) -> int:
    others = {name: value for name, value in os.environ.items() if not name.startswith("CONVEX_")}
    command: list[str | Path] = [NODE, CLI, *arguments]
    stdin = None if sys.stdin.isatty() else subprocess.DEVNULL
    return subprocess.run(command, cwd=ROOT, env={**others, **own}, stdin=stdin, check=False).returncode


@contextmanager
def unstoppable() -> Iterator[None]:
    before = {stop: signal.signal(stop, signal.SIG_IGN) for stop in STOPS}
    yield
    for stop, handler in before.items():
        signal.signal(stop, handler)


def stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    for number in STOPS:
        signal.signal(number, stop)
    try:
        settings = load()
        return push(settings, target(settings, Keys()))
    except (PushError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
