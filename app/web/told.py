"""What a request tells in its headers."""

from typing import Any

from starlette.types import Scope


def told(scope: Scope) -> dict[str, str]:
    """The first line of each header, by its name in lower case; made once for all who ask."""
    found: Any = scope.get("easel.told")
    if found is None:
        lines = reversed(scope["headers"])
        found = scope["easel.told"] = {name.decode("latin-1"): value.decode("latin-1") for name, value in lines}
    return found  # type: ignore[no-any-return]
