"""The reader's time zone: a cookie has it, which browser/site/zone.ts writes. UTC without one."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request

COOKIE = "zone"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z][A-Za-z0-9_+-]{0,31}){0,2}")
UTC = ZoneInfo("UTC")


def zone_of(request: Request) -> ZoneInfo:
    name = request.cookies.get(COOKIE, "")
    try:
        return ZoneInfo(name) if NAME.fullmatch(name) else UTC
    except (ZoneInfoNotFoundError, OSError, ValueError):  # the name of a folder or of another file
        return UTC
