"""A board as it is shown: now, by its hub, or as it was at a moment."""

from collections.abc import Sequence
from typing import Protocol

from app.hub.access import Access
from app.hub.presence import Face
from app.hub.view import View


class Sheet(Protocol):
    """`ts` is the last change that it shows. The title and the roles are those of now, whatever it shows."""

    @property
    def board_id(self) -> str: ...
    @property
    def ts(self) -> int: ...
    @property
    def access(self) -> Access: ...
    @property
    def gone(self) -> bool: ...
    @property
    def view(self) -> View: ...
    @property
    def lags(self) -> bool: ...
    @property
    def people(self) -> Sequence[Face]: ...
    @property
    def moment(self) -> int | None:
        """The same ts, of a board as it was; None of one as it is now, which may change."""
