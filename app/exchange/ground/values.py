"""Values of any type, as they should be."""

from math import isfinite
from typing import Any

from app.shapes.fields import UNPRINTABLE

BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n"})


def number(value: Any, otherwise: float = 0.0) -> float:
    """A finite number; anything else is `otherwise`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300 and isfinite(value):
        return float(value)
    return otherwise


def between(least: float, value: float, most: float) -> float:
    return min(most, max(least, value))


def words(value: Any) -> str:
    """A text as the API takes it, of any length."""
    if not isinstance(value, str):
        return ""
    return UNPRINTABLE.sub("", value.replace("\r\n", "\n").translate(BREAKS))


def entries(value: Any) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def pick(value: Any, choices: Any, otherwise: Any) -> Any:
    """What a mapping has for a name; `otherwise` for any other value."""
    return choices.get(value, otherwise) if isinstance(value, str) else otherwise
