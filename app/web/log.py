"""What the log says: a line for each request, and nothing from outside that looks like another."""

import logging
import re
from typing import Any

from app.text import one_line
from app.web.flood import Flood

MOST_LINES = 100  # of a traceback
TOKEN = re.compile(
    r"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,2}|sk_\w{8,}|whsec_[\w+/=-]{8,}|inv_[\w-]{8,}|hook_[\w-]{8,}|gk_[\w-]{8,}"
    r"|(?<=__clerk_db_jwt=)[^&\s]+|(?<=__clerk_handshake=)[^&\s]+|(?i:(?<=bearer )[\w.~+/=-]{8,})"
    r"|(?<=[?&]code=)[^&\s]+|(?<=[?&]state=)[^&\s]+|(?<=session=)[\w.-]{16,}"
)


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
