"""The socket that web processes accept from, and how many connections they may hold."""

import errno
import resource
import socket
from contextlib import suppress

BACKLOG = 2048
UNACKNOWLEDGED = 15_000  # ms that a client may leave what it was sent untaken: then it is gone, and the kernel says so
MOST_FILES = 65_536  # asked for, if the system allows so many
OPEN_MAX = 10_240  # files; macOS's own constant
RESERVED = 256  # files for requests, the deployment and everything else that is no stream


class ListenError(Exception):
    """What is wrong with HOST or PORT, in a sentence."""


def listen(host: str, port: int) -> socket.socket:
    """Raises ListenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ListenError(f"PORT {port} is in use: stop what runs there, or set another PORT.") from None
        raise ListenError(f"HOST {host}, PORT {port} cannot be used: {error.strerror}.") from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Connections inherit it. Without it a laptop that was closed is on the board for a quarter of an hour.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED)
    return listener


def often(listener: socket.socket, times: int) -> list[socket.socket]:
    """The same listener so many times: libuv accepts one connection of each in a turn of the event loop.

    With one alone, whoever connects behind a hundred others waits for a hundred turns (*measured*: 100 ms).
    """
    # A copy of a blocking socket makes all of them block, those of other processes too, which then freeze in accept().
    listener.setblocking(False)
    return [listener, *(listener.dup() for _ in range(times - 1))]


def most_files() -> int:
    """How many files this process may have open, connections included; raised as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft == resource.RLIM_INFINITY:
        return MOST_FILES
    # macOS says that there is no limit, and then refuses more than kern.maxfilesperproc.
    for files in (wanted, OPEN_MAX):
        if soft < files:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
                return files
    return soft


def most_streams() -> int:
    """Further ones are sent away while there is still room to say so."""
    files = most_files()
    return max(files - RESERVED, files // 2)
