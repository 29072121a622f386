"""What a person sees who sent a note to an incoming hook with a form."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.convex.refusals import refusal
from app.wants import wants
from app.web.pages import page


def noted(request: Request, answer: Response) -> Response:
    """A page for people; programs get the answer as it is. Raises what was refused, for a page about that."""
    if wants(request) != "page":
        return answer
    if answer.status_code >= 400:
        said = orjson.loads(answer.body)["error"]
        raise refusal(said | {"retryAfter": int(answer.headers.get("Retry-After", 1))})
    return page(request, "noted.html", answer.status_code)
