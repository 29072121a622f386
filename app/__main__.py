"""`python -m app` serves until SIGTERM, SIGHUP or SIGINT, then ends by itself within 10 s, streams or not.

Prints nothing but what is wrong. With EASEL_PARENT=1 it prints a line when it accepts connections, and also ends when
its standard input does: its parent is gone.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
from types import FrameType

import uvicorn

from app.drawing import render
from app.lifespan import drain
from app.listening import ListenError, listen, most_files, often
from app.main import create_app
from app.settings import Settings, SettingsError, load
from app.web import log
from app.web.bundle import BundleError
from app.wire import Crowd, connections_of
from app.wire.numbers import ACCEPTED

HAS_PARENT = os.environ.get("EASEL_PARENT") == "1"
LISTENER = os.environ.get("EASEL_LISTENER")  # the number of an open socket
SPARE = 64  # files that no connection may take
DRAIN = 3.0  # s for the streams to be sent away
GRACE = 4.0  # s for what is being answered then
SWITCH = 0.0005  # s after which another Python thread gives way to the event loop; Python's default is 0.005


class Server(uvicorn.Server):
    """uvicorn waits for open streams when it stops: send them away first. And a stop is no failure: exit status 0."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # 110,000 objects that stay: every full collection looked at them, for up to 70 ms
        if HAS_PARENT and self.started:
            print("ready", flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if sig == signal.SIGINT and HAS_PARENT:
            return  # Ctrl-C reaches the whole process group; the parent says when
        # A signal to the group comes twice, the second time from the parent, who also kills if this takes too long.
        self.force_exit = self.should_exit and not HAS_PARENT
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        try:
            async with asyncio.timeout(DRAIN):
                await drain(self.config.app)  # type: ignore[arg-type]
        except TimeoutError:
            pass
        await super().shutdown(sockets)


def main() -> int:
    sys.setswitchinterval(SWITCH)
    try:
        settings = load()
        log.configure(settings.log_level)
        app = create_app(settings)
        render.warm()  # while the deployment is starting on another core
        listener = accepting(settings)
    except (SettingsError, ListenError, BundleError) as error:
        print(error, file=sys.stderr)
        return 1
    most = most_files() - SPARE
    server = Server(
        uvicorn.Config(
            app,
            loop="uvloop" if sys.platform != "win32" else "asyncio",
            http=connections_of(Crowd(settings.max_connections_per_address, most, settings.proxies)),  # type: ignore[arg-type]
            ws="none",
            access_log=False,  # it would have query strings in it
            log_config=None,
            server_header=False,
            proxy_headers=False,  # app/web/proxies.py
            timeout_graceful_shutdown=int(GRACE),
            limit_concurrency=most,
        )
    )
    if HAS_PARENT:
        threading.Thread(target=end_with_parent, args=[server], daemon=True).start()
    signal.signal(signal.SIGHUP, server.handle_exit)
    server.run(sockets=often(listener, ACCEPTED))
    return 0 if server.started else 1


def accepting(settings: Settings) -> socket.socket:
    """The parent's listener, which all its web processes share, or our own. Raises ListenError."""
    return socket.socket(fileno=int(LISTENER)) if LISTENER else listen(settings.host, settings.port)


def end_with_parent(server: uvicorn.Server) -> None:
    # Not sys.stdin: a thread that waits inside it would keep the interpreter from ending.
    while os.read(0, 4096):
        pass
    server.should_exit = True


if __name__ == "__main__":
    sys.exit(main())
