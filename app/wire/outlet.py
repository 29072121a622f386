"""The way of a stream's frames past everything that wraps `send`: fifty readers cost fifty writes, and no more."""

from collections.abc import Callable
from functools import partial

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

NAME = "easel.outlet"  # of this extension of ASGI, in a request's scope


def outlet_of(cycle: RequestResponseCycle) -> Callable[[bytes], bool]:
    """Writes a piece of this answer's chunked body at once, once `send` has sent the head; see `written`."""
    return partial(written, cycle)


def written(cycle: RequestResponseCycle, piece: bytes) -> bool:
    """False, and nothing is written, if `cycle.send` would have to wait for the client, or has lost it."""
    if cycle.flow.write_paused or cycle.disconnected or cycle.transport.is_closing():
        return False
    cycle.transport.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    return True
