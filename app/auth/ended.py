"""Sessions and people that have ended before their tokens expire. Convex stores them."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable

from app.auth.viewer import Viewer

REMEMBERED = 50_000  # sessions and people


class Ended:
    """What this process knows of Convex's list: its newest part is told, of anybody else it asks once.

    `ask` says which of these keys are over.
    """

    def __init__(self, ask: Callable[[list[str]], Awaitable[Iterable[str]]]) -> None:
        self._ask = ask
        self._over: OrderedDict[str, bool] = OrderedDict()

    async def has(self, viewer: Viewer) -> bool:
        """Raises the errors of `ask`."""
        unknown = [key for key in viewer.ends if key not in self._over]
        if unknown:
            over = set(await self._ask(unknown))
            for key in unknown:
                self._note(key, key in over)
        return any(self._over.get(key) for key in viewer.ends)

    def replace(self, keys: Iterable[str]) -> frozenset[str]:
        """Takes the newest entries of the list, and returns those that are new here."""
        told = frozenset(keys)
        new = frozenset(key for key in told if not self._over.get(key))
        if told and new == told:  # at the start, or after a gap in which more may have ended than the list holds
            self._over = OrderedDict((key, over) for key, over in self._over.items() if over)
        for key in told:
            self.add(key)
        return new

    def add(self, key: str) -> None:
        """Notes an end by this process. Convex's list will have it in a moment."""
        self._note(key, True)

    def _note(self, key: str, over: bool) -> None:
        self._over[key] = over or self._over.get(key, False)  # an end may have arrived during the question
        self._over.move_to_end(key)
        if len(self._over) > REMEMBERED:
            self._over.popitem(last=False)
