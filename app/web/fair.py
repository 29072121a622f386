"""Limits concurrent requests per session: further ones of the same session queue, and nobody else waits.

A person may send 200 changes a second, even in one moment. Each takes the event loop some 2 ms, so all at once would
keep everybody else waiting for half a second. One stroke takes eight turns of the loop, and each turn waits for all
requests under way: with eight at a time for each session a stroke took 55 to 100 ms in the median, with three it takes
17 (*measured*). Drawing or reading a whole board, or a page of its log, takes longer, so two of these run at a time.
"""

import re
from contextlib import AbstractAsyncContextManager, nullcontext

from starlette.types import Scope

from app.web.cost import DRAWINGS
from app.web.proxies import counted
from app.web.told import told
from app.web.turns import Turns

# Streams stay open, uploads take as long as their senders do, thumbnails may wait to be drawn, the rest costs nothing.
FREE = re.compile(r"/boards/[^/]+/(stream|images|import|thumbnail)(/.*)?|/boards/import|/static/.*|/healthz|/readyz")
PATIENCE = 10.0  # s; a page gives up after 20 (browser/sync/post.ts)
SESSION = re.compile(r"(?:^|;\s*)(?:__Host-)?(?:__)?session[^=;]*=([^;]+)")


class Fair:
    def __init__(self) -> None:
        self.turns, self.drawings = Turns(patience=PATIENCE), Turns(each=2, address=8, patience=PATIENCE)

    def turn(self, scope: Scope) -> AbstractAsyncContextManager[None]:
        """Holds a request back until its turn, before any of its body is read. Raises LongQueue."""
        if FREE.fullmatch(scope["path"]):
            return nullcontext()
        session = session_of(scope)
        address = counted((scope.get("client") or ("unknown",))[0])
        whole = scope["method"] == "GET" and DRAWINGS.fullmatch(scope["path"])
        turns = self.drawings if whole else self.turns
        return turns.of(session or address, strangers=not session, crowds=session and address)


def session_of(scope: Scope) -> str:
    """What a request proves itself by, unchecked: whoever makes one up is refused by what comes after."""
    headers = told(scope)
    found = SESSION.search(headers.get("cookie", ""))
    bearer = headers.get("authorization", "").split()
    return bearer[-1] if bearer else found[1] if found else ""
