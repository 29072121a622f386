"""Request bodies: their limits and models."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar, get_origin
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from app.errors import BadRequest, TooLarge, UnsupportedMedia
from app.web.bounded import require_bounded
from app.web.faults import invalid
from app.web.told import told

MAX_BODY = 64 * 1024
MAX_CHANGE = 256 * 1024  # a POST …/changes, and a webhook
MAX_UPLOAD = 10 * 1024 * 1024 + MAX_BODY  # a POST …/images: the picture and the rest of the form
MAX_ARCHIVE = 512 * 1024 * 1024 + MAX_BODY  # a POST /archive/import
MAX_IMPORT = 64 * 1024 * 1024 + MAX_BODY  # a POST …/import
MAX_READ = 32 * 1024 * 1024  # of a refused body
MAX_SURPLUS = 8 * 1024 * 1024  # of a body that is refused for what came before
MAX_FIELDS = 64
INLINE = 16 * 1024  # bytes looked at on the event loop, in 2 ms at most; more go to a thread

Model = TypeVar("Model", bound=BaseModel)


def encoded(scope: Scope) -> UnsupportedMedia | None:
    """The refusal of a body that is compressed."""
    if told(scope).get("content-encoding", "identity") == "identity":
        return None
    return UnsupportedMedia("Send the body as it is, without Content-Encoding.")


class Incoming:
    """Counts a body as it comes. Whoever reads one that is too large gets TooLarge in place of its next piece."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = told(scope)
        announced = headers.get("content-length", "")
        self._size = int(announced) if announced.isdecimal() else 0
        self._limit = limit_of(scope["path"])
        self._most = max(MAX_READ, self._limit + MAX_SURPLUS)
        self._from = receive
        self._read = 0
        self._whole = not self._size and "transfer-encoding" not in headers

    async def receive(self) -> Message:
        if self._size > self._most:
            raise self._too_large
        message = await self._next()
        if self._read > self._limit:
            raise self._too_large
        return message

    async def throw_away(self) -> bool:
        """What is left of a body when a request is refused: only then do clients look at the answer.

        False if there is so much of it that the connection has to close.
        """
        while not self._whole and self._size <= self._most and self._read <= self._most:
            await self._next()
        return self._whole

    async def _next(self) -> Message:
        message = await self._from()
        self._read, self._whole = self._read + len(message.get("body", b"")), not message.get("more_body")
        return message

    @property
    def _too_large(self) -> TooLarge:
        return TooLarge(f"The body is larger than {self._limit} bytes.", limit=self._limit)


def limit_of(path: str) -> int:
    if path.endswith("/images"):
        return MAX_UPLOAD
    if path == "/archive/import":
        return MAX_ARCHIVE
    if path.endswith("/import"):
        return MAX_IMPORT
    return MAX_CHANGE if path.endswith("/changes") or path.startswith("/webhooks/") else MAX_BODY


def body_of(model: type[Model], form_field: str | None = None) -> Callable[[Request], Awaitable[Model]]:
    """The dependency that reads the body as `model`: JSON or a form; none at all counts as `{}`.

    A form has the model's fields, or all of it as JSON in its one field `form_field`.

    Raises InvalidJson, Invalid, TooLarge, UnsupportedMedia.
    """

    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    model.model_rebuild()  # if it is deferred: now, and not while the first sender waits

    async def read(request: Request) -> Model:
        body = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if len(body) > INLINE:
            return await asyncio.to_thread(parsed, kind, body)
        return parsed(kind, body)

    def parsed(kind: str, body: bytes) -> Model:
        try:
            match kind:
                case "application/json":
                    return from_json(body)
                case "application/x-www-form-urlencoded" if form_field:
                    return from_json(str(fields(body).get(form_field, "")).encode())
                case "application/x-www-form-urlencoded":
                    return model.model_validate(fields(body, lists))
                case _ if not body:
                    return model.model_validate({})
        except ValidationError as error:
            raise invalid(error) from None
        raise UnsupportedMedia("Send application/json or a form.")

    def from_json(body: bytes) -> Model:
        require_bounded(body)
        return model.model_validate_json(body)

    return read


def fields(body: bytes, lists: Collection[str] = ()) -> dict[str, str | list[str]]:
    """A urlencoded form's fields; of those in `lists`, all values.

    Raises BadRequest for what is not UTF-8 or has too many.
    """
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise BadRequest(f"The form is not UTF-8, or has more than {MAX_FIELDS} fields.", limit=MAX_FIELDS) from None
    return {name: [value for key, value in pairs if key == name] if name in lists else last for name, last in pairs}
