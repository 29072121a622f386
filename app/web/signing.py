"""Signs people in, and stores the person in the deployment."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.errors import EaselError, SignInNotKept

log = logging.getLogger("easel.auth")


@contextmanager
def kept(page: str, **typed: Any) -> Iterator[None]:
    """Raises SignInNotKept for whatever the deployment refuses: this page then asks again, with what was typed."""
    try:
        yield
    except EaselError as error:
        log.warning("sign-in not kept: %s", error.code)
        raise SignInNotKept(page, error, **typed) from error
