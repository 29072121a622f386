"""The stream's frames. An `id` is the ts up to which a page that took the frame shows the board."""

import random
import re
from collections.abc import Iterable
from typing import Any

import orjson

LINE_END = re.compile(r"\r\n|\r|\n")
FIRST_RETRY = (500, 1_500)  # ms: after a loss of network
RESTART_RETRY = (500, 3_500)  # ms: everybody comes back, not at once, and (htmx adds up to 30 %) within 5 s


def message(html: str, ts: int | None = None) -> bytes:
    """An unnamed message: htmx swaps it."""
    id = f"id: {ts}\n" if ts is not None else ""
    data = "".join(f"data: {line}\n" for line in LINE_END.split(html))
    return f"{id}{data}\n".encode()


def event(name: str, data: Any = None, ts: int | None = None) -> bytes:
    """A named event with JSON for data."""
    id = b"id: %d\n" % ts if ts is not None else b""
    return b"event: %b\n%bdata: %b\n\n" % (name.encode(), id, orjson.dumps({} if data is None else data))


def snapshot(ts: int, shapes: Iterable[bytes]) -> bytes:
    """All shapes, each already JSON, for programs."""
    return b'event: snapshot\nid: %d\ndata: {"ts":"%d","shapes":[%b]}\n\n' % (ts, ts, b",".join(shapes))


def status(stale: bool) -> bytes:
    return event("status", {"state": "stale" if stale else "live"})


def access(role: str | None) -> bytes:
    return event("access", {"role": role})


def sharing(visibility: str, presenting: bool) -> bytes:
    """Something about who may do what is new; a page that shows it asks for it."""
    return event("sharing", {"visibility": visibility, "presenting": presenting})


def asks(names: Iterable[str]) -> bytes:
    """For the owner: who asks to be let in."""
    return event("asks", {"names": list(names)})


def version(version: str) -> bytes:
    """Of the pages that this process gives out: an older page offers to be reloaded."""
    return event("version", {"version": version})


def hello(stale: bool) -> bytes:
    """The first frame of a page's stream: how things are, and when to come back if the stream breaks."""
    return b"retry: %d\n%b" % (random.randint(*FIRST_RETRY), status(stale))


def restart() -> bytes:
    return b"retry: %d\n%b" % (random.randint(*RESTART_RETRY), event("restart"))


PING = event("ping")
PUT_BACK = event("put-back")  # what the reader has seen is not in the log any more; all there is follows
COMMENT = b": ping\n\n"
SUPERSEDED = event("superseded")
