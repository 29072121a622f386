"""What happens on a board, as it happens: server-sent events."""

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.deps.boards import ShownBoard, visited_board
from app.deps.budgets import room_for_stream
from app.deps.parts import HubsDep, LeasesDep
from app.deps.people import MaybeViewer
from app.hub import Format, Hub, Hubs, Mailbox, events
from app.web.limits import address

router = APIRouter()
AUTH = events.event("auth")  # the session was not heard of for too long, or is over
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}
Ts = Annotated[str | None, Query(pattern=r"^\d{1,19}$")]
LastEventId = Annotated[str | None, Header(alias="Last-Event-ID", pattern=r"^\d{1,19}$")]


@router.get("/boards/{board_id}/stream", dependencies=[Depends(room_for_stream), Depends(visited_board)])
async def stream(
    request: Request,
    board: ShownBoard,  # who has drawn something is not told of it as of something new
    viewer: MaybeViewer,
    hubs: HubsDep,
    leases: LeasesDep,
    after: Ts = None,
    last_event_id: LastEventId = None,
    format: Format = "html",
    once: bool = False,
) -> Response:
    seen = last_event_id or after
    mailbox = await board.join(viewer, int(seen) if seen else None, format, once=once)
    lease = leases.open(viewer, lambda: mailbox.close(AUTH))
    return EventStream(mailbox, board, hubs, address(request), lambda: leases.release(lease))


class EventStream(Response):
    """Sends a mailbox until it closes or the reader goes.

    A frame for a reader who keeps up goes straight to the connection (app/wire/outlet.py). While a reader takes
    nothing, `send` waits, the mailbox fills and is dropped; no timer is needed for each piece.
    """

    def __init__(
        self, mailbox: Mailbox, board: Hub, hubs: Hubs, address: str, left: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self.mailbox, self.board, self.streams, self.address = mailbox, board, hubs.streams, address
        self.left = left
        if not mailbox.closed:  # one that ends at once costs nobody else a place
            self.streams.admit(mailbox, address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.create_task(self._until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            self.mailbox.outlet = scope["extensions"]["easel.outlet"]["write"]
            async for piece in self.mailbox.pieces():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._leave()

    async def _until_gone(self, receive: Receive) -> None:
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:  # a body that is too large ends this too
            self._leave()

    def _leave(self) -> None:
        self.mailbox.drop()
        self.board.leave(self.mailbox)
        self.streams.release(self.mailbox, self.address)
        self.left()
