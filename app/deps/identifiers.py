"""Identifiers that a caller chooses."""

import re
from typing import Annotated

from fastapi import Depends, Header

from app.convex.store import new_operation_id
from app.errors import Invalid

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def operation_id(key: Annotated[str | None, Header(alias="Idempotency-Key")] = None) -> str:
    """The id under which Convex applies a mutation once: the caller's own, so that repeating is safe, or a new one."""
    if key is not None and not ID.fullmatch(key):
        raise Invalid("Idempotency-Key is 1 to 64 of A-Z a-z 0-9 _ -", field="Idempotency-Key", limit=64)
    return key or new_operation_id()


OperationId = Annotated[str, Depends(operation_id)]
