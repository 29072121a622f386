"""Gives every request an id and a log line, and handles unexpected exceptions."""

import logging
import re
import secrets
import time
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Unexpected
from app.text import one_line
from app.web.answers import refuse
from app.web.flood import Flood

log = logging.getLogger("easel.request")
MOST_LINES = 100  # of a traceback
TOKEN = re.compile(
    r"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,2}|sk_\w{8,}|whsec_[\w+/=-]{8,}|inv_[\w-]{8,}|gk_[\w-]{8,}"
    r"|(?<=__clerk_db_jwt=)[^&\s]+|(?<=__clerk_handshake=)[^&\s]+|(?i:(?<=bearer )[\w.~+/=-]{8,})"
    r"|(?<=[?&]code=)[^&\s]+|(?<=[?&]state=)[^&\s]+|(?<=session=)[\w.-]{16,}"
)


class RequestLog:
    """Logs method, path, status and time at INFO: never a query string, a header or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name = scope["state"]["request_id"] = secrets.token_hex(6)
        status, started = 0, time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except ClientDisconnect:
            log.debug("%s went away", name)
        except Exception:
            log.exception("%s %s %s failed", name, scope["method"], scope["path"])
            if status:
                raise  # half an answer is out: only cutting the connection says that it is not whole
            await refuse(
                Unexpected(f"Something went wrong here. It is in the log as {name}."), scope, receive, send_noting
            )
        finally:
            if log.isEnabledFor(logging.INFO):
                took = (time.perf_counter() - started) * 1e3
                log.info("%s %s %s %d %.1f ms", name, scope["method"], scope["path"], status, took)


class Lines(logging.Formatter):
    """Writes a record so that nothing from outside looks like a line of its own, or like a token."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return inset(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return inset(super().formatStack(stack_info))


def visible(line: str) -> str:
    return TOKEN.sub("(token)", one_line(line))


def inset(trace: str) -> str:
    """Its first and last lines, each marked as a part of the line above."""
    lines = trace.splitlines()
    if len(lines) > MOST_LINES:
        lines[MOST_LINES // 2 : -MOST_LINES // 2] = ["..."]
    return "\n".join(f"  | {' ' * (len(line) - len(line.lstrip(' ')))}{visible(line)}" for line in lines)


def configure(level: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Lines("%(levelname)s %(name)s: %(message)s"))
    if level != "debug":
        handler.addFilter(Flood())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    if level == "warning":
        logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it warns of every scanner's nonsense
