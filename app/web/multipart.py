"""A form with one file in it, read as it comes: the file goes to whoever takes it, a part at a time."""

import asyncio
from collections.abc import Awaitable, Callable

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from app.errors import BadRequest, UnsupportedMedia
from app.text import one_line

FILE = "file"  # the field that the file is in
MAX_PARTS = 12
SLICE = 8 * 1024  # bytes parsed before the event loop has its turn: 4 ms for the worst
MAX_FIELD = 4 * 1024  # bytes of a part that is no file

Take = Callable[[bytes], Awaitable[None]]


class Form:
    """What the parser has told of the form: `fields`, the file's name, and the piece of it that just came."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.filename: str | None = None
        self.piece = bytearray()
        self.whole = False
        self._parts = 0
        self._name = ""
        self._header, self._value, self._field = bytearray(), bytearray(), bytearray()
        self._disposition = b""

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self.part_begin,
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_part_data": self.part_data,
            "on_part_end": self.part_end,
            "on_end": self.end,
        }

    def part_begin(self) -> None:
        self._parts += 1
        self._disposition = b""
        self._field.clear()
        if self._parts > MAX_PARTS:
            raise BadRequest(f"The form has more than {MAX_PARTS} fields.", limit=MAX_PARTS)

    def header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def headers_finished(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if kind != b"form-data" or not self._name:
            raise BadRequest("A part of the form has no name.")
        if self._name in self.fields or (self._name == FILE and self.filename is not None):
            raise BadRequest(f"The form has the field {one_line(self._name, 60)} twice: send one file at a time.")
        if self._name == FILE:
            self.filename = options.get(b"filename", b"").decode("utf-8", "replace")

    def part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == FILE:
            self.piece += data[start:end]
            return
        self._field += data[start:end]
        if len(self._field) > MAX_FIELD:
            raise BadRequest(f"The field {one_line(self._name, 60)} is longer than {MAX_FIELD} bytes.", limit=MAX_FIELD)

    def part_end(self) -> None:
        if self._name != FILE:
            self.fields[self._name] = self._field.decode("utf-8", "replace")

    def end(self) -> None:
        self.whole = True


async def read_form(request: Request, take: Take) -> Form:
    """Gives the file to `take`. Raises BadRequest, UnsupportedMedia, and whatever `take` raises."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise UnsupportedMedia("Send multipart/form-data with the file in the field file.")
    form = Form()
    try:
        parser = MultipartParser(options[b"boundary"], form.callbacks())  # type: ignore[arg-type]
        async for chunk in request.stream():
            for start in range(0, len(chunk), SLICE):
                parser.write(chunk[start : start + SLICE])
                await asyncio.sleep(0)
            if form.piece:
                piece, form.piece = bytes(form.piece), bytearray()
                await take(piece)
    except FormParserError:
        raise BadRequest("The form is not valid multipart/form-data.") from None
    if not form.whole:
        raise BadRequest("The form ends in the middle.")
    if form.filename is None:
        raise BadRequest("The form has no file: send it in the field file.", field=FILE)
    return form
