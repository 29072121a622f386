"""Reads a deployment's HTTP answers."""

import logging
from collections.abc import Mapping
from typing import Any

from app.convex.deployment.errors import (
    RETRY_AFTER,
    DeploymentError,
    DeploymentUnavailable,
    FunctionFailed,
    Unauthenticated,
    convex_error,
)
from app.convex.deployment.values import decode, loads

logger = logging.getLogger(__name__)


def outcome(body: bytes, path: str) -> Any:
    """The value in a function's answer; raises the function's error, or DeploymentError for a malformed answer."""
    try:
        answer = loads(body)
        for line in answer.get("logLines", ()):
            logger.debug("%s: %s", path, line)
        if answer["status"] == "success":
            return decode(answer["value"])
        message = answer["errorMessage"]
        error = convex_error(message, decode(answer["errorData"])) if "errorData" in answer else FunctionFailed(message)
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise DeploymentError(f"not a deployment's answer: {problem}", status=200) from problem
    raise error


def refusal(status: int, headers: Mapping[str, str], body: bytes, *, repeatable: bool) -> DeploymentError:
    """The error for an answer that no function gave. `repeatable`: the call cannot have changed anything."""
    code, message = _code_and_message(body)
    what = f"{status} {code or ''}: {message}" if message else f"{status}"
    if status == 401:
        return Unauthenticated(what, status=status, code=code)
    if status == 429 or status >= 500:
        return DeploymentUnavailable(
            what,
            status=status,
            code=code,
            retry_after=_seconds(headers.get("retry-after")),
            # 429 and 503 (overloaded, or too many conflicts) promise that nothing was committed.
            maybe_applied=not repeatable and status not in (429, 503),
        )
    return DeploymentError(what, status=status, code=code)


def _code_and_message(body: bytes) -> tuple[str | None, str | None]:
    try:
        answer = loads(body)
        return str(answer["code"]), str(answer["message"])[:500]
    except (ValueError, LookupError, TypeError):
        return None, None


def _seconds(text: str | None) -> float:
    """A Retry-After in seconds; the form with a date is rare and taken as "soon"."""
    return float(text) if text and text.isdecimal() else RETRY_AFTER
