"""An asyncio client for Convex deployments: calls over HTTP, live queries over the sync protocol.

    Deployment   query, mutation and action over HTTP, each with its own token
    Sync         one WebSocket: watch, query and mutation as one identity, always reconnecting
    Storage      file storage: objects put and read, over connections of their own
    Site         HTTP actions
    Watch        one live query: an async iterator of values, `latest`, `move`, `close`

Values are the PyPI package `convex`'s, with one difference that makes them telling: an int64 arrives as `int`, a
float64 as `float`. To send an int64, wrap it in `ConvexInt64`; a bare `int` is sent as a float64.
"""

from convex import ConvexError, ConvexInt64

from app.convex.deployment.connection import Limits, TokenSource
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated
from app.convex.deployment.http import Deployment
from app.convex.deployment.site import Site, site_url
from app.convex.deployment.storage import Storage
from app.convex.deployment.sync import Sync
from app.convex.deployment.watch import Watch

__all__ = [
    "ConvexError",
    "ConvexInt64",
    "Deployment",
    "DeploymentError",
    "DeploymentUnavailable",
    "FunctionFailed",
    "Limits",
    "Site",
    "Storage",
    "Sync",
    "TokenSource",
    "Unauthenticated",
    "Watch",
    "site_url",
]
