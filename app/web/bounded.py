"""How many things a JSON body may consist of. More are refused before any is looked at: each may become an error."""

import re
from typing import Any

from pydantic_core import from_json

from app.errors import Invalid

MAX_FIELDS = 200  # of one object: as many as a change has operations
MAX_ALL_FIELDS = 6_000  # 200 shapes, with 30 each
MAX_PARTS = 2_500  # objects and lists: 200 shapes, with 12 each
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # one without an end is one too: else each " is tried anew


def require_bounded(body: bytes) -> None:
    """Raises Invalid. What is no JSON is left to who reads it."""
    if body.count(b":") <= MAX_FIELDS and body.count(b"{") + body.count(b"[") <= MAX_PARTS:
        return
    bare = STRING.sub(b"", body)
    require("objects and lists", bare.count(b"{") + bare.count(b"["), MAX_PARTS)
    require("fields", bare.count(b":"), MAX_ALL_FIELDS)
    try:
        value = from_json(body)
    except ValueError:
        return
    inside: list[tuple[str | None, Any]] = [(None, value)]
    while inside:
        field, part = inside.pop()
        if isinstance(part, dict):
            require("fields in one object", len(part), MAX_FIELDS, field)
            inner: Any = part.items() if field is None else ((field, value) for value in part.values())
        elif isinstance(part, list):
            inner = ((field, value) for value in part)
        else:
            continue
        inside += [(name, value) for name, value in inner if type(value) in (dict, list)]


def require(what: str, count: int, most: int, field: str | None = None) -> None:
    """Raises Invalid. `field` is the field of the body that has too many."""
    if count > most:
        raise Invalid(f"{field or 'The body'} has more than {most} {what}.", field=field and field[:200], limit=most)
