"""Errors → answers: a page for people, the API's error shape for programs and for htmx. Never a stack trace."""

import logging
from contextlib import suppress
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from app import errors
from app.auth import Viewer
from app.convex.trash import Trash
from app.errors import EaselError
from app.parts import parts
from app.signing_in import identity
from app.wants import sent_as_form, wants
from app.web.faults import for_people, invalid
from app.web.pages import page

log = logging.getLogger("easel.web")


class Json(Response):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def done(request: Request, response: Response, *, then: str, htmx: Response | None = None) -> Response:
    """The answer to a thing done: a form is sent on to `then`, and so is htmx if it is given nothing else."""
    if wants(request) == "htmx":
        return htmx or Response(headers={"HX-Redirect": then})
    return RedirectResponse(then, 303) if sent_as_form(request) else response


def install(app: FastAPI) -> None:
    app.add_exception_handler(EaselError, on_refusal)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, EaselError)
    viewer = await known(request)
    if isinstance(error, errors.ClosedBoard) and viewer:
        error.trashed = await title_in_trash(request, viewer, error.board)
    return answer(request, error, viewer)


async def title_in_trash(request: Request, viewer: Viewer, board: str) -> str | None:
    """Asked for every board that this person cannot open: the time that it takes says nothing."""
    with suppress(EaselError):
        return await parts(request)[Trash].title(viewer, board)
    return None


async def on_http_error(request: Request, error: Exception) -> Response:
    """Our error for Starlette's own refusals: an unknown path, a method that a path does not have."""
    assert isinstance(error, HTTPException)
    kinds: dict[int, type[EaselError]] = {404: errors.NotFound, 405: errors.MethodNotAllowed, 413: errors.TooLarge}
    refused = kinds.get(error.status_code, errors.BadRequest if error.status_code < 500 else errors.Unexpected)
    response = answer(request, refused(), await known(request))
    response.headers.update(error.headers or {})
    return response


async def on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(request, invalid(error), await known(request))


async def known(request: Request) -> Viewer | None:
    """The viewer for an error page. No check may fail here."""
    if wants(request) != "page":
        return None
    state = request.scope["state"]
    try:
        viewer: Viewer | None = state["viewer"] if "viewer" in state else await identity.found(request)
    except EaselError:
        return None
    return viewer


def answer(request: Request, error: EaselError, viewer: Viewer | None = None) -> Response:
    """The answer to a refusal, in the form that the request asks for; a page knows who is signed in."""
    headers = {"Retry-After": str(max(1, round(error.retry_after)))} if error.retry_after is not None else {}
    if isinstance(error, errors.Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.SessionExpired | errors.SessionPending):
        headers["X-Auth"] = error.code
    if wants(request) != "page":
        return Json(error.json(), error.status, headers | ({"HX-Reswap": "none"} if error.status == 401 else {}))
    if "X-Auth" in headers and request.method == "GET" and document(request):
        return resume(request, error)
    if isinstance(error, errors.Unauthenticated) and not viewer:  # else the first page would lead back here
        return RedirectResponse(f"/?next={request.scope['path']}" if request.method == "GET" else "/", 303)
    earliest = error.limit if isinstance(error, errors.Gone) else None
    shown = {"status": error.status, "code": error.code, "message": for_people(error), "earliest": earliest}
    template, context = "errors/page.html", dict[str, Any](viewer=viewer)
    if isinstance(error, errors.ClosedBoard):
        asked = viewer is not None and "asked" in request.query_params
        template, context = (
            "errors/closed.html",
            {**{"viewer": viewer, "board": error.board, "asked": asked, "trashed": error.trashed}},
        )
    if isinstance(error, errors.SignInNotKept):
        template, context = error.page, error.typed
    try:
        response: Response = page(request, template, error.status, error=shown, **context)
    except Exception:
        log.exception("the error page itself failed")
        response = PlainTextResponse(error.message, error.status)
    response.headers.update(headers)
    return response


def document(request: Request) -> bool:
    """Whether the browser requests a page to show, rather than a script some data."""
    return request.headers.get("sec-fetch-dest", "document") in ("document", "iframe")


def resume(request: Request, error: EaselError) -> Response:
    """A page without anybody's data, on which ClerkJS gets a fresh token, or has its task done, and comes back."""
    status = 200 if isinstance(error, errors.SessionExpired) else error.status
    return page(request, "session/resume.html", status, pending=error.code == "pending")


async def refuse(error: EaselError, scope: Scope, receive: Receive, send: Send) -> None:
    """The same from a middleware."""
    request = Request(scope, receive)
    await answer(request, error, await known(request))(scope, receive, send)
