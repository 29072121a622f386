"""The frames of a stream: server-sent events as bytes. An `id` is the ts up to which the frame brings its reader."""

import random
import re
from collections.abc import Iterable
from typing import Any

import orjson

LINE_END = re.compile(r"\r\n|\r|\n")
FIRST_RETRY = (500, 1_500)  # ms, after the network was lost
RESTART_RETRY = (500, 3_500)  # ms: all readers come back at different times, within 5 s (htmx adds up to 30 %)


def message(html: str, ts: int | None = None) -> bytes:
    """An unnamed message: htmx swaps it."""
    id = f"id: {ts}\n" if ts is not None else ""
    data = "".join(f"data: {line}\n" for line in LINE_END.split(html))
    return f"{id}{data}\n".encode()


def event(name: str, data: Any = None, ts: int | None = None) -> bytes:
    """A named event with JSON for data."""
    id = b"id: %d\n" % ts if ts is not None else b""
    return b"event: %b\n%bdata: %b\n\n" % (name.encode(), id, orjson.dumps({} if data is None else data))


def whole(ts: int, shapes: Iterable[bytes]) -> bytes:
    """A whole frame for programs: all shapes, already JSON."""
    return b'event: snapshot\nid: %d\ndata: {"ts":"%d","shapes":[%b]}\n\n' % (ts, ts, b",".join(shapes))


def status(stale: bool) -> bytes:
    return event("status", {"state": "stale" if stale else "live"})


def access(role: str | None) -> bytes:
    return event("access", {"role": role})


def sharing(visibility: str, presenting: bool) -> bytes:
    """Roles or sharing changed; a page that shows them fetches them."""
    return event("sharing", {"visibility": visibility, "presenting": presenting})


def asks(names: Iterable[str]) -> bytes:
    """For the owner: who asks for access."""
    return event("asks", {"names": list(names)})


def timer(timer: dict[str, Any] | None) -> bytes:
    """The board's timer; None once it was removed."""
    return event("timer", {"timer": timer})


def version(version: str) -> bytes:
    """The version of the pages that this process serves: an older page offers a reload."""
    return event("version", {"version": version})


def hello(stale: bool) -> bytes:
    """The first frame of a page's stream: the status, and when to come back if the stream breaks."""
    return b"retry: %d\n%b" % (random.randint(*FIRST_RETRY), status(stale))


def restart() -> bytes:
    return b"retry: %d\n%b" % (random.randint(*RESTART_RETRY), event("restart"))


PING = event("ping")
PUT_BACK = event("put-back")  # the log lacks changes that the reader has seen; a whole frame follows
COMMENT = b": ping\n\n"
SUPERSEDED = event("superseded")
