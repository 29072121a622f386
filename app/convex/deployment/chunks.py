"""Joins large Transitions, which may come in parts."""

from typing import Any

LARGEST = 64 * 2**20  # characters of one Transition


class Chunks:
    """Joins TransitionChunk messages."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._whole: tuple[str, int] | None = None
        self._size = 0

    def add(self, message: dict[str, Any]) -> str | None:
        """The JSON text of the Transition once its last part is here. Raises ValueError for a part out of place."""
        whole = (message["transitionId"], message["totalParts"])
        if self._whole is None:
            self._whole = whole
        self._size += len(message["chunk"])
        if whole != self._whole or message["partNumber"] != len(self._parts) or self._size > LARGEST:
            raise ValueError(f"TransitionChunk {message['partNumber']} of {message['totalParts']} is out of place")
        self._parts.append(message["chunk"])
        if len(self._parts) < message["totalParts"]:
            return None
        text = "".join(self._parts)
        self.clear()
        return text

    def clear(self) -> None:
        self._parts, self._whole, self._size = [], None, 0
