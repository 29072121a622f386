"""The wire: what a connection may cost before, beside and after a request. uvicorn has no settings for any of it.

`Connection` is the protocol class that uvicorn is given, `Crowd` all connections of this process. docs/security.md has
a table of these numbers.
"""

from app.wire.connection import Connection, connections_of
from app.wire.crowd import Crowd

__all__ = ["Connection", "Crowd", "connections_of"]
