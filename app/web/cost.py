"""What a request costs: an address, when it has no session, for a school may be behind it; or who reads.

Forty pupils who arrive within a minute, each with a page and 25 pictures, cost 40 * (20 + 25) tenths, a third of 600
requests. Files under /static cost nothing.
"""

import re

from starlette.requests import Request

WHOLE = 10  # tenths: an ordinary request
PICTURE = 1
DRAWING = 20  # a whole board, drawn or read, or a page of its log

PICTURES = re.compile(r"/boards/[^/]+/(images|cells|thumbnail)(/[^/]+)?")
DRAWINGS = re.compile(r"/boards/[^/]+(/changes|/embed)?")  # also .json, .svg
SIGN_IN = frozenset({"/", "/sign-in", "/session", "/return", "/invites"})


def cost(request: Request) -> int:
    """The cost in tenths of an ordinary request."""
    path = request.scope["path"]
    if request.method == "GET" and PICTURES.fullmatch(path):
        return PICTURE
    return DRAWING if DRAWINGS.fullmatch(path) else WHOLE


def signs_in(request: Request) -> bool:
    """Whether it is a step of signing in: these have a limit of their own, so people get in whatever else is asked."""
    path = request.scope["path"]
    return path in SIGN_IN or path.startswith(("/auth/", "/invites/"))
