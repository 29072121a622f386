"""Errors of calls to a deployment.

    DeploymentError             the deployment refused the call: wrong path, wrong arguments, too large
    ├── DeploymentUnavailable   it could not be reached, was too slow, too busy or broken: try again later
    ├── FunctionFailed          the function threw something that is not a ConvexError
    └── Unauthenticated         the token was refused

A `ConvexError` thrown by a function arrives as `convex.ConvexError` with its `data`; it is an answer, not a fault,
and so stands outside this tree.
"""

from typing import Any

from convex import ConvexError

RETRY_AFTER = 1.0  # s, when the deployment does not say


class DeploymentError(Exception):
    """The deployment refused the call. `status` and `code` are those of the HTTP answer, if there was one."""

    def __init__(self, message: str, *, status: int | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class DeploymentUnavailable(DeploymentError):
    """No answer, or one that says "not now".

    `retry_after` is in seconds. `maybe_applied` is true when a mutation or action may have run all the same:
    repeat it only if it carries an operation id of its own.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float = RETRY_AFTER,
        maybe_applied: bool = False,
        status: int | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message, status=status, code=code)
        self.retry_after = retry_after
        self.maybe_applied = maybe_applied


class FunctionFailed(DeploymentError):
    """The function threw; the message is the deployment's, which in production is only "Server Error"."""


class Unauthenticated(DeploymentError):
    """The deployment refused the token."""


def convex_error(message: str, data: Any) -> ConvexError:
    """The ConvexError with this data, its message made as the official client makes it."""
    if isinstance(data, str):
        return ConvexError(data, data)
    if isinstance(data, dict) and isinstance(data.get("message"), str):
        return ConvexError(data["message"], data)
    return ConvexError(message, data)
