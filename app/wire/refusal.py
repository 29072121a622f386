"""Answers to bytes that never become a request."""

from http import HTTPStatus

import orjson

from app.errors import EaselError, TooManyRequests
from app.wire.numbers import BODY_SECONDS, HEAD_SECONDS, MAX_HEAD, MAX_HEADERS, MAX_URL


class LongUrl(EaselError):
    status, code, default = 414, "url_too_long", f"The address is longer than {MAX_URL} bytes."


class LongHead(EaselError):
    status, code, default = 431, "head_too_large", f"The request line and headers take more than {MAX_HEAD} bytes."


class ManyHeaders(EaselError):
    status, code, default = 431, "head_too_large", f"The request has more than {MAX_HEADERS} headers."


class SlowHead(EaselError):
    status, code, default = 408, "too_slow", f"The request line and headers did not come within {HEAD_SECONDS:.0f} s."


class SlowBody(EaselError):
    status, code, default = 408, "too_slow", f"The body stopped coming, or took far more than {BODY_SECONDS:.0f} s."


class NoHttp(EaselError):
    status, code, default = 400, "bad_request", "This is not HTTP/1.1."


class Padding(EaselError):
    status, code, default = 400, "bad_request", "The chunks of the body have too much around them."


class Crowded(TooManyRequests):
    code, default = "too_many_connections", "Too many connections come from your address: close some."


def answer(error: EaselError) -> bytes:
    """The whole answer, after which the connection closes."""
    body = orjson.dumps(error.json())
    head = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
        "content-type: application/json\r\n"
        f"content-length: {len(body)}\r\n"
        "cache-control: no-store\r\n"
        "x-content-type-options: nosniff\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body
