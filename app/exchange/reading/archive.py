"""A ZIP archive of boards, such as app/archives/ makes. Nothing of it is unpacked onto a disk under a name."""

import zipfile
import zlib
from typing import BinaryIO

from app.exchange.ground.drawing import Refused

BOARD = ".easel.json"
MOST_ENTRIES = 2_500
MOST_BOARDS = 1_000
LARGEST_BOARD = 64 * 2**20  # bytes, unpacked
LARGEST = 2 * 2**30  # bytes of all boards, unpacked
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
PIECE = 2**20  # bytes
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
DAMAGED = "This file is a ZIP archive, but a part of it is missing or damaged."


def boards_of(file: BinaryIO) -> list[str]:
    """The paths of the boards in it, after all of them were checked. Raises Refused: then no board may be used."""
    archive = opened(file)
    boards = entries(archive)
    for entry in boards:
        try:
            with archive.open(entry) as board:
                while board.read(PIECE):  # at its end zipfile compares the checksum
                    pass
        except BROKEN:
            raise Refused(f"{entry.filename} in this ZIP archive is damaged.") from None
    return [entry.filename for entry in boards]


def board_in(file: BinaryIO, number: int) -> bytes:
    """Raises Refused."""
    archive = opened(file)
    entry = entries(archive)[number]
    try:
        return archive.read(entry)
    except BROKEN:
        raise Refused(f"{entry.filename} in this ZIP archive is damaged.") from None


def opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except BROKEN:
        raise Refused(DAMAGED) from None


def entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Those of boards. Raises Refused."""
    every = archive.infolist()
    if len(every) > MOST_ENTRIES:
        raise Refused(f"This ZIP archive has {len(every):,} entries: Easel opens one of {MOST_ENTRIES:,}.")
    names: set[str] = set()
    for entry in every:
        check(entry)
        if (name := entry.filename.casefold()) in names:
            raise Refused(f"This ZIP archive has {entry.filename} twice.")
        names.add(name)
    boards = [entry for entry in every if is_board(entry.filename)]
    if not boards:
        raise Refused(f"This ZIP archive has no boards of Easel's ({BOARD}) in it.")
    if len(boards) > MOST_BOARDS:
        raise Refused(f"This ZIP archive has {len(boards):,} boards: Easel opens one of {MOST_BOARDS:,}.")
    for entry in boards:
        if entry.file_size > LARGEST_BOARD:
            raise Refused(f"{entry.filename} has more than {LARGEST_BOARD // 2**20} MiB when it is unpacked.")
    if sum(entry.file_size for entry in boards) > LARGEST:
        raise Refused(f"The boards in this ZIP archive have more than {LARGEST // 2**30} GiB when they are unpacked.")
    return boards


def check(entry: zipfile.ZipInfo) -> None:
    """Raises Refused for what no archive of ours has, of a board or not."""
    name = entry.orig_filename
    if "\\" in name or "\0" in name or ":" in name or name.startswith("/") or ".." in name.split("/"):
        raise Refused(f"An entry of this ZIP archive has a path that leads out of it: {name!r}.")
    if entry.flag_bits & ENCRYPTED:
        raise Refused(f"{name} in this ZIP archive is encrypted: unpack it, and open the boards in it.")
    if entry.compress_type not in PACKED:
        raise Refused(f"{name} in this ZIP archive is packed in a way that Easel does not know.")
    if name.lower().endswith(".zip"):
        raise Refused(f"This ZIP archive has another one in it, {name}: open that one by itself.")


def is_board(name: str) -> bool:
    """A Mac adds files about files, whose names begin with `._`."""
    return name.lower().endswith(BOARD) and not name.rsplit("/", 1)[-1].startswith("._")
