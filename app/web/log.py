"""A name for every request, a line in the log for it, and the last net under an unexpected exception."""

import logging
import re
import secrets
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Unexpected
from app.web.answers import refuse
from app.web.flood import Flood

log = logging.getLogger("easel.request")
TOKEN = re.compile(
    r"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,2}|sk_\w{8,}|whsec_[\w+/=-]{8,}|inv_[\w-]{8,}|gk_[\w-]{8,}"
    r"|(?<=__clerk_db_jwt=)[^&\s]+|(?<=__clerk_handshake=)[^&\s]+|(?i:(?<=bearer )[\w.~+/=-]{8,})"
    r"|(?<=[?&]code=)[^&\s]+|(?<=[?&]state=)[^&\s]+|(?<=session=)[\w.-]{16,}"
)


class Log:
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


class Redaction(logging.Filter):
    """Takes whatever looks like a token out of a line, should one ever get into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if TOKEN.search(text):
            record.msg, record.args = TOKEN.sub("(token)", text), None
        return True


def configure(level: str) -> None:
    handler = logging.StreamHandler()
    if level != "debug":
        handler.addFilter(Flood())
    handler.addFilter(Redaction())
    logging.basicConfig(
        level=level.upper(), handlers=[handler], format="%(levelname)s %(name)s: %(message)s", force=True
    )
    if level == "warning":
        logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it warns of every scanner's nonsense
