"""Calls of Convex functions: their refusals and failures become our errors."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from convex import ConvexError

from app import timing
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated
from app.convex.deployment.http import UNSAVED
from app.convex.refusals import no_cursor, refusal
from app.errors import DiskFull, EaselError, TooLarge, TooMuch, Unavailable
from app.errors import Unauthenticated as SignInAgain

UNSAVED_MESSAGE = "The server's disk fails, so nothing can be saved. The person who runs it must repair it."
DISK_RETRY = 10.0  # s
# Convex's errors for a function that exceeds Convex's own limits. A retry would fail too.
TOO_MUCH = re.compile(r"too (many|large|long|nested)|timed out|maximum size|ArgumentValidationError", re.IGNORECASE)
NO_CURSOR = "Failed to parse cursor"  # Convex's error for a text that is none
FAILED = "That failed, and nothing was changed. The server's log says why. Try again in a moment."
FAILED_RETRY = 5.0  # s

log = logging.getLogger("easel.store")


async def answered(call: Callable[..., Awaitable[Any]], path: str, args: Mapping[str, Any], token: str) -> Any:
    try:
        with timing.measured("deployment"):
            return await call(path, args, token=token)
    except ConvexError as error:
        raise refusal(error.data) from error
    except DeploymentError as error:
        raise refused(error, path) from error


def refused(error: DeploymentError, path: str) -> EaselError:
    """Our error for a call without an answer; `path` is for the log."""
    if isinstance(error, DeploymentUnavailable):
        return unavailable(error)
    if isinstance(error, Unauthenticated):
        log.warning("Convex refused a token that is good here: is AUTH_PROVIDERS up to date? %s", error)
        return SignInAgain("Your session was not accepted: pick a name again.")
    if isinstance(error, FunctionFailed) and NO_CURSOR in str(error):
        return no_cursor()
    log.error("%s failed: %.300r", path, str(error))
    if isinstance(error, FunctionFailed):
        return TooMuch() if TOO_MUCH.search(str(error)) else Unavailable(FAILED, retry_after=FAILED_RETRY)
    return TooLarge() if error.status == 413 else Unavailable(retry_after=FAILED_RETRY)


def unavailable(error: DeploymentUnavailable, message: str | None = None) -> Unavailable:
    """Our error for a deployment that cannot answer now, with `message` in place of the usual sentence."""
    if error.code in UNSAVED:
        return (
            DiskFull(retry_after=DISK_RETRY)
            if error.code == "StorageFull"
            else Unavailable(UNSAVED_MESSAGE, retry_after=DISK_RETRY)
        )
    return Unavailable(message, retry_after=error.retry_after)
