"""`make run`: starts the embedded deployment and the web processes, restarts those that die, and stops all of them.

With `CONVEX_URL` set it starts web processes only. There are WEB_CONCURRENCY of them, which accept connections from one
socket. A child that dies is restarted after 0.5 s, or after up to 30 s if it keeps dying. SIGUSR2 replaces the web
processes one after another, for a new version of Easel. All children stay in this process group and hold a pipe to
this process. They end when the pipe closes, so no child outlives a killed parent.

This process needs the standard library alone, and 20 MB: `launch/prepare.py` has read the settings and ended.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator

from app.listening import ListenError
from launch import addresses
from launch.children import StartError
from launch.deployment import Deployment
from launch.pidfile import PidFile
from launch.plan import Plan
from launch.preparation import Preparation
from launch.web import Web

PARENT_CHECK = 0.5  # s between checks that make still runs


async def run() -> int:
    """Serve until a signal, the parent's death, or a web process that cannot start, whose exit status this returns."""
    stop, fresh = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGUSR2, fresh.set)
    serving = asyncio.create_task(prepared(fresh))
    ends = [serving, asyncio.create_task(stop.wait()), asyncio.create_task(orphaned())]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        return serving.result()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    return 0


async def orphaned() -> None:
    """Returns when the parent is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_CHECK)


async def prepared(fresh: asyncio.Event) -> int:
    async with Preparation() as preparation:
        plan = await preparation.plan()
        with data_folder(plan):
            return await serve(plan, preparation, fresh)


@contextlib.contextmanager
def data_folder(plan: Plan) -> Iterator[None]:
    """Raises StartError if another Easel uses it."""
    with PidFile(plan.data) as pid:
        if pid.held and plan.convex_url is None:
            raise StartError(f"DATA_DIR {plan.data_dir} is in use by another Easel.")
        yield


async def serve(plan: Plan, preparation: Preparation, fresh: asyncio.Event) -> int:
    """Until it is cancelled. Returns the exit status of a web process that cannot start."""
    deployment = None if plan.convex_url else Deployment(plan)
    # Start all at the same time, since each takes a second: a web process waits for the deployment by itself.
    web = Web(plan, deployment.url if deployment else plan.convex_url)
    background: list[asyncio.Task[None]] = []
    try:
        await web.start()
        variables = await preparation.variables()
        if deployment:
            await deployment.start(variables)
            background.append(asyncio.create_task(deployment.keep_running()))
        background.append(asyncio.create_task(announce(plan, web)))
        background.append(asyncio.create_task(web.keep_fresh(fresh)))
        return await web.keep_running()
    finally:
        for task in background:
            task.cancel()
        await web.stop()
        if deployment:
            await deployment.stop()


async def announce(plan: Plan, web: Web) -> None:
    """Print the addresses once a web process accepts connections."""
    await web.accepts.wait()
    print(*addresses.lines(plan, web.port), sep="\n", flush=True)


def main() -> int:
    try:
        return asyncio.run(run())
    except (StartError, ListenError) as error:
        if str(error):
            print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
