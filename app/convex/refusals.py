"""What the functions refuse, as the errors of Easel."""

from collections.abc import Mapping
from typing import Any

from app.errors import (
    BoardFull,
    ChangeTooLarge,
    Conflict,
    EaselError,
    Forbidden,
    Invalid,
    Locked,
    NotFound,
    Removed,
    StorageFull,
    TooManyRequests,
    TooMuch,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)

OF_CONVEX = (
    *(Unauthenticated, NotFound, Forbidden, Conflict, Removed, Locked),
    *(BoardFull, ChangeTooLarge, StorageFull, TooMuch, Invalid, TooManyRequests, UnsupportedMedia, Unavailable),
)
REFUSALS: dict[str, type[EaselError]] = {error.code: error for error in OF_CONVEX}


def refusal(data: object) -> EaselError:
    """The error for the data of a `ConvexError`, `{code, message, field?, index?, limit?, retryAfter?}`."""
    known = data if isinstance(data, Mapping) else {}
    if known.get("paginationError") == "InvalidCursor":  # Convex's own
        return no_cursor()
    kind = REFUSALS.get(str(known.get("code")), Invalid)  # of newer functions than this process
    where = {name: plain(known[name]) for name in ("field", "index", "limit") if known.get(name) is not None}
    return kind(known.get("message"), retry_after=known.get("retryAfter"), **where)


def no_cursor() -> Invalid:
    return Invalid("This is not the cursor of a page of this list.", field="cursor")


def plain(value: Any) -> Any:
    """5000.0 as 5000: Convex numbers are floats, people's limits and indices are not."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
