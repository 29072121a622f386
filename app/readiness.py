"""Whether people can be served now, and if not, why not."""

import asyncio
import logging
import time

from app.auth import Verifier
from app.convex.deployment import Deployment
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, Unauthenticated
from app.convex.store import Store

UNSAVED = 30.0  # s that a failed write counts, unless a later one succeeds
MAX_SKEW = 30.0  # s; every fresh token would be from the future, or over

UNREACHABLE = "the deployment cannot be reached"
OTHER_KEY = "the deployment does not accept this server's signing key: see docs/operations.md"
NO_FUNCTIONS = "the deployment refuses a query of this server: run `make push` for this version of Easel"
DISK = "the deployment's disk is full or fails: nothing can be saved"
KEYS = "the keys of the sign-in provider cannot be had"

log = logging.getLogger("easel.readiness")


class Readiness:
    """Asks the deployment as the relay, because that is what every page depends on."""

    def __init__(self, store: Store, deployment: Deployment, verifier: Verifier) -> None:
        self._store, self._deployment, self._verifier = store, deployment, verifier
        self._asking: asyncio.Task[str | None] | None = None
        self._told: str | None = None

    async def reason(self) -> str | None:
        """Why people cannot be served now; None if they can. The deployment is asked once for all who wait."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._find())
        return await asyncio.shield(self._asking)

    async def _find(self) -> str | None:
        reason = await self._trouble()
        if reason and reason != self._told:
            log.warning("not ready: %s", reason)
        self._told = reason
        return reason

    async def _trouble(self) -> str | None:
        try:
            await self._store.ping()
        except Unauthenticated:
            return OTHER_KEY
        except (DeploymentUnavailable, TimeoutError):
            return UNREACHABLE
        except DeploymentError:
            return NO_FUNCTIONS
        if time.monotonic() - self._deployment.unsaved_at < UNSAVED:
            return DISK
        if not await self._verifier.ready():
            return KEYS
        if self._verifier.skew > MAX_SKEW:
            return f"this machine's clock is {self._verifier.skew:.0f} s off from the sign-in provider's"
        return None
