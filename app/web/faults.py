"""Turns validation errors into one error for programs and people."""

from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app import errors
from app.errors import EaselError
from app.shapes import KINDS
from app.text import one_line


def invalid(error: ValidationError | RequestValidationError) -> EaselError:
    """The first thing that is wrong with the input: which field, and what is allowed."""
    # All are told at once, however many: leave out what is slow. FastAPI's own has them already.
    slim = {"include_url": False, "include_input": False} if isinstance(error, ValidationError) else {}
    first = error.errors(**slim)[0]
    if first["type"] == "json_invalid":
        return errors.InvalidJson(f"The body is not valid JSON: {first.get('ctx', {}).get('error', first['msg'])}.")
    loc = [part for part in untagged(first["loc"]) if part not in ("body", "query", "path", "header")]
    if first["type"].startswith("union_tag"):
        loc.append(first["ctx"]["discriminator"].strip("'"))
    where = one_line("".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip("."), 200)
    return errors.Invalid(
        f"{where}: {first['msg']}" if where else first["msg"],
        field=one_line(".".join(part for part in loc if isinstance(part, str)), 200) or None,
        index=next((part for part in loc if isinstance(part, int)), None),
        limit=limit(first.get("ctx", {})),
    )


def untagged(loc: tuple[int | str, ...]) -> list[int | str]:
    """Of a union pydantic puts the member's tag, here a kind of shape, behind the index: `put, 1, stroke, points`."""
    return [part for n, part in enumerate(loc) if not (part in KINDS and n and isinstance(loc[n - 1], int))]


def limit(context: dict[str, Any]) -> float | None:
    names = ("limit", "le", "lt", "ge", "gt", "max_length", "min_length")
    found = next((context[name] for name in names if name in context), None)
    return found if isinstance(found, int | float) else None


def for_people(error: EaselError) -> str:
    """The message, but for a validator's: that is for programs."""
    if not isinstance(error, errors.Invalid) or not error.field or error.message.endswith("."):
        return error.message
    most = f" The limit is {error.limit}." if error.limit is not None else ""
    return f"The field “{error.field}” has something in it that is not allowed.{most}"
