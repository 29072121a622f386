"""One action on several boards of a person's list."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any, Literal

from app.auth import Viewer
from app.convex.cards import Cards
from app.convex.store import Store
from app.convex.trash import Trash
from app.errors import EaselError

Action = Literal["star", "unstar", "leave", "trash", "restore", "delete"]


class Selected:
    """Each board on its own: what one refuses, the others do."""

    def __init__(self, store: Store, cards: Cards, trash: Trash) -> None:
        self._verbs: dict[str, Callable[[Viewer, str, str], Awaitable[None]]] = {
            "star": lambda viewer, board, id: cards.star(viewer, board, True, id),
            "unstar": lambda viewer, board, id: cards.star(viewer, board, False, id),
            "leave": cards.leave,
            "trash": store.remove_board,
            "restore": trash.restore,
            "delete": trash.remove,
        }

    async def act(self, viewer: Viewer, boards: list[str], action: Action, operation_id: str) -> dict[str, Any]:
        """`done` names boards; `refused` says why not of each other one. Raises what is no board's fault."""
        answer: dict[str, Any] = {"action": action, "done": [], "refused": []}
        for board in dict.fromkeys(boards):  # one after the other: all count in the same row of the person's limits
            id = sha256(f"{operation_id} {board}".encode()).hexdigest()[:32]
            try:
                await self._verbs[action](viewer, board, id)
                answer["done"].append(board)
            except EaselError as error:
                if error.status not in (403, 404, 409):
                    raise
                answer["refused"].append({"id": board} | error.json()["error"])
        return answer
