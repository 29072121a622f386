"""Pictures inside of files, as base64."""

import base64
import binascii
import re
from typing import Any

DATA = re.compile(r"data:image/[a-z0-9.+-]{1,40}(?:;charset=[\w-]{1,20})?;base64,", re.IGNORECASE)


def in_url(url: Any) -> bytes:
    """The bytes of a `data:` URL of a picture; none for anything else."""
    head = DATA.match(url) if isinstance(url, str) else None
    return in_base64(url[head.end() :]) if head else b""


def in_base64(text: Any) -> bytes:
    try:
        return base64.b64decode(text) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return b""
