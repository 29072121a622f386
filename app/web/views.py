"""How a person looks at their boards: as a grid or as rows. A cookie remembers it, so it works without script too."""

from typing import Literal, cast, get_args

from starlette.requests import Request

from app.signing_in import session

View = Literal["grid", "rows"]
COOKIE = "view"
YEAR = 365 * 24 * 3600  # s


def view_of(request: Request, chosen: View | None) -> View:
    """What they chose now, or last."""
    if chosen:
        session.put(request, COOKIE, chosen, YEAR)
        return chosen
    found = session.read(request, COOKIE)
    return cast(View, found) if found in get_args(View) else "grid"
