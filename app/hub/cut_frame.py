"""A frame of any size in pieces, so that a reader holds only those that it has not taken yet."""

from dataclasses import dataclass

PIECE = 64 * 1024  # bytes sent at a time: what a slow line can take in SEND_LIMIT


@dataclass(frozen=True, eq=False)
class CutFrame:
    """Cut once for all readers: they share the pieces."""

    pieces: tuple[bytes, ...]
    size: int


def cut(frame: bytes) -> CutFrame:
    if len(frame) <= PIECE:
        return CutFrame((frame,), len(frame))
    return CutFrame(tuple(frame[start : start + PIECE] for start in range(0, len(frame), PIECE)), len(frame))
