"""How a new reader comes to a board."""

from collections.abc import Callable

from app.drawing import render
from app.errors import NotFound, Unavailable
from app.hub import events
from app.hub.access import Person
from app.hub.audience import Audience
from app.hub.board import Board
from app.hub.clock import Clock
from app.hub.cut_frame import CutFrame, cut
from app.hub.gaps import Form
from app.hub.gate import Gate
from app.hub.mailbox import Format, Mailbox
from app.hub.openings import Openings
from app.hub.pacing import Pacing
from app.hub.presence import Presence
from app.hub.status import Status

RETRY = 1.0  # s
NOTHING = -1  # a ts before every other: a reader at it needs everything


class Admission:
    """Lets in whoever has a role, with the frames that bring the reader level. `version` is that of new pages."""

    def __init__(
        self,
        board: Board,
        audience: Audience,
        presence: Presence,
        gate: Gate,
        clock: Clock,
        pacing: Pacing,
        status: Status,
        openings: Openings,
        version: Callable[[], str],
    ) -> None:
        self._board = board
        self._frames = board.frames
        self._audience = audience
        self._presence = presence
        self._gate = gate
        self._clock = clock
        self._pacing = pacing
        self._status = status
        self._openings = openings
        self._version = version

    async def join(self, viewer: Person | None, after: int | None, format: Format, *, once: bool) -> Mailbox:
        """See `Hub.join`."""
        put_back = after is not None and not await self._board.had(after)
        seen = NOTHING if put_back else self._board.ts if after is None else after
        past = self._gate.access.sees_history(viewer)
        oldest = None if past else self._board.ts
        form: Form = "folded" if format == "json" and not past else format
        whole: list[CutFrame] = []
        await self._frames.prepare_missed(seen, form, oldest)
        while self._frames.since(seen, format) is None:
            seen, frame = await self._frames.whole(format, oldest)
            whole, after = [frame], None
        mailbox = self._mailbox(viewer, after, format)
        greeting = [*self._greeting(mailbox), *([events.PUT_BACK] if put_back else [])]
        mailbox.open([*map(cut, greeting), *whole, *self._frames.missed(seen, form, oldest)])
        self._openings.add(mailbox)
        if once:
            mailbox.close()
            self._presence.visit(viewer)
        else:
            self._presence.join(mailbox)
        return mailbox

    def _mailbox(self, viewer: Person | None, after: int | None, format: Format) -> Mailbox:
        """For whom has a role. The other readers get everything that this one will not be sent again."""
        role = self._gate.access.role_of(viewer)
        if role is None:
            raise NotFound()
        if self._audience.closed:
            raise Unavailable(retry_after=RETRY)
        self._pacing.flush()
        self._presence.flush()
        return Mailbox(viewer, format, role, max(after or 0, self._board.ts))

    def _greeting(self, mailbox: Mailbox) -> list[bytes]:
        """The state of everything but shapes: the page may have been made a while ago."""
        if mailbox.format == "json":
            return [events.COMMENT, *self._clock.greeting(page=False)]
        return [
            events.hello(self._status.stale),
            events.version(self._version()),
            events.access(mailbox.role),
            events.message(render.title(self._gate.access.title)),
            self._gate.sharing(),
            *self._clock.greeting(page=True),
            *self._presence.greeting(),
        ]
