"""Every refusal of Easel, as one small tree. `app/web/answers.py` writes the answers.

EaselError
├── BadRequest              400 bad_request
│   └── InvalidJson         400 invalid_json
├── Unauthenticated         401 unauthenticated
│   └── SessionExpired      401 expired
├── Forbidden               403 forbidden
│   └── SessionPending      403 pending
├── NotFound                404 not_found
│   └── ClosedBoard         404 not_found
├── MethodNotAllowed        405 method_not_allowed
├── Conflict                409 conflict
│   ├── Removed             409 removed
│   ├── Locked              409 locked
│   ├── Gap                 409 gap
│   └── AccountChanged      409 account_changed
├── Gone                    410 gone
├── TooLarge                413 too_large
│   ├── ChangeTooLarge      413 change_too_large
│   └── StorageFull         413 storage_full
├── UnsupportedMedia        415 unsupported_media
├── Invalid                 422 invalid
│   ├── TooMuch             422 too_much
│   └── BoardFull           422 board_full
├── TooManyRequests         429 too_many_requests
├── Unexpected              500 unexpected
├── NotOffered              501 not_offered
└── Unavailable             503 unavailable
    ├── DiskFull            503 storage_full
    └── SignInNotKept       503 sign_in_not_kept
"""

from typing import Any, ClassVar


class EaselError(Exception):
    """A refusal: what is wrong (`message`), where (`field`, `index`) and what is allowed (`limit`).

    `retry_after` is in seconds and becomes the `Retry-After` header; `soon` is what a kind of refusal says itself.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "unexpected"
    default: ClassVar[str] = "Something went wrong here."
    soon: ClassVar[float | None] = None

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        index: int | None = None,
        limit: float | str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message or self.default)
        self.message = message or self.default
        self.field, self.index, self.limit = field, index, limit
        self.retry_after = self.soon if retry_after is None else retry_after

    def json(self) -> dict[str, Any]:
        """The error shape of the API: `{error: {code, message, field?, index?, limit?}}`."""
        where = {"field": self.field, "index": self.index, "limit": self.limit}
        given = {name: value for name, value in where.items() if value is not None}
        return {"error": {"code": self.code, "message": self.message} | given}


class BadRequest(EaselError):
    status, code, default = 400, "bad_request", "The request is not valid."


class InvalidJson(BadRequest):
    code, default = "invalid_json", "The body is not valid JSON."


class Unauthenticated(EaselError):
    status, code, default = 401, "unauthenticated", "Pick a name first: you have to be signed in for this."


class SessionExpired(Unauthenticated):
    code, default = "expired", "Your session needs a fresh token: try again, or sign in again."


class Forbidden(EaselError):
    status, code, default = 403, "forbidden", "You are not allowed to do that."


class SessionPending(Forbidden):
    code, default = "pending", "Your account is not set up completely yet. Finish that first."


class NotFound(EaselError):
    status, code, default = 404, "not_found", "This does not exist, or you have no access to it."


class ClosedBoard(NotFound):
    """No board for this person: there is none, or it is private. Nothing says which.

    `trashed` is the title of a board in their own trash.
    """

    trashed: str | None = None

    def __init__(self, board: str) -> None:
        super().__init__()
        self.board = board


class MethodNotAllowed(EaselError):
    status, code, default = 405, "method_not_allowed", "This address does not accept that method."


class Conflict(EaselError):
    status, code, default = 409, "conflict", "This changeId was already used for another change."


class Removed(Conflict):
    code, default = "removed", "Only undo brings back a removed shape."


class Locked(Conflict):
    code, default = "locked", "The owner of the board has locked this shape."


class Gap(Conflict):
    code, default = "gap", "This ink does not continue where the last report stopped."


class AccountChanged(Conflict):
    code, default = "account_changed", "You are signed in as somebody else now: reload the page."


class Gone(EaselError):
    """`limit` is the ts of the earliest moment that is left."""

    status, code, default = 410, "gone", "This is no longer remembered."


class TooLarge(EaselError):
    status, code, default = 413, "too_large", "The body is too large."


class ChangeTooLarge(TooLarge):
    code, default = "change_too_large", "The change is too large: split it."


class StorageFull(TooLarge):
    code, default = "storage_full", "There is no more room for pictures."


class UnsupportedMedia(EaselError):
    status, code, default = 415, "unsupported_media", "This content type is not supported here."


class Invalid(EaselError):
    status, code, default = 422, "invalid", "The request is well formed but not allowed."


class TooMuch(Invalid):
    code = "too_much"
    default = "This asks for more at once than a function may read, write or compute: ask for it in parts."


class BoardFull(Invalid):
    code, default = "board_full", "The board is full."


class TooManyRequests(EaselError):
    status, code, default = 429, "too_many_requests", "Too many requests: wait a moment."
    soon = 1.0


class Unexpected(EaselError):
    status, code = 500, "unexpected"


class NotOffered(EaselError):
    status, code, default = 501, "not_offered", "Easel does not have this."


class Unavailable(EaselError):
    status, code, default = 503, "unavailable", "The boards cannot be reached right now: try again in a moment."
    soon = 1.0


class DiskFull(Unavailable):
    code, default = (
        "storage_full",
        "The server's disk is full, so nothing can be saved. The person who runs it must make room.",
    )


class SignInNotKept(Unavailable):
    """`page` and `typed` are the template that asks again, and its context: nobody types a name twice."""

    code = "sign_in_not_kept"
    default = "Your sign-in could not be kept, because the boards cannot be reached right now. Try again in a moment."

    def __init__(self, page: str, reason: EaselError, **typed: Any) -> None:
        super().__init__(reason.message if isinstance(reason, DiskFull) else None, retry_after=5)
        self.page, self.typed = page, typed
