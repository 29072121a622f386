"""The file that `make backup` writes and `make restore` reads: a gzipped tar with a manifest in front.

`manifest.json` is `{"easel": 1, "data": 2, "made": ISO time, "files": {name: SHA-256 in hex}}`. `easel` is the version
of this layout, `data` that of the data folder (embedded/store/store.ts).
"""

import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

MANIFEST = "manifest.json"
LAYOUT = 1
DATA_FORMAT = 2
PIECE = 1 << 20  # bytes
LARGEST_MANIFEST = 64 << 20  # bytes
NAME = re.compile(r"signing-key\.pem|convex/(data\.sqlite|log|admin_key|files/[0-9a-f-]{36})")


class ArchiveError(Exception):
    """Why a backup cannot be written or read, in a sentence."""


def write(to: Path, files: Mapping[str, Path], made: str) -> None:
    """Writes the archive, readable by its owner alone. It gets its name once it is whole and on disk."""
    part = to.with_name(f"{to.name}.part")
    try:
        with whole(part) as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
            sums = {name: sha256(path) for name, path in files.items()}
            manifest = {"easel": LAYOUT, "data": DATA_FORMAT, "made": made, "files": sums}
            body = json.dumps(manifest, indent=1).encode()
            tar.addfile(entry(MANIFEST, len(body)), io.BytesIO(body))
            for name, path in files.items():
                with path.open("rb") as file:
                    tar.addfile(entry(name, path.stat().st_size), file)
        os.link(part, to)  # unlike a rename, never over another file
    except FileExistsError as error:
        raise ArchiveError(
            f"{error.filename2 or error.filename} exists already: give the backup another name."
        ) from None
    except OSError as error:
        raise ArchiveError(f"{to} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink()


def read(source: Path, folder: Path) -> None:
    """Unpacks an archive into an empty folder, and checks every file. Raises ArchiveError."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            sums = expected(tar, source)
            for member in tar:
                unpack(tar, member, folder, sums, source)
    except (tarfile.TarError, EOFError, OSError, ValueError, LookupError, TypeError, zlib.error) as error:
        raise ArchiveError(f"{source} is not a backup of Easel, or is damaged: {error}.") from None
    if sums:
        raise ArchiveError(f"{source} is damaged: {len(sums)} of its files are missing.")


def expected(tar: tarfile.TarFile, source: Path) -> dict[str, str]:
    """The files and checksums in the manifest."""
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > LARGEST_MANIFEST:
        raise ValueError("it has no manifest")
    file = tar.extractfile(first)
    manifest: Any = json.loads(file.read() if file else b"")
    if manifest["easel"] > LAYOUT or manifest["data"] > DATA_FORMAT:
        raise ArchiveError(f"{source} was made by a newer version of Easel: update this one first.")
    return dict(manifest["files"])


def unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, sums: dict[str, str], source: Path) -> None:
    if member.name == MANIFEST:
        return
    # Accept only names that we write ourselves: a foreign archive must not write outside the folder.
    if not member.isfile() or not NAME.fullmatch(member.name) or member.name not in sums:
        raise ValueError(f"it has an unknown entry {member.name[:100]!r}")
    path = folder / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    packed = tar.extractfile(member)
    assert packed
    with whole(path) as out:
        while piece := packed.read(PIECE):
            out.write(piece)
    if sha256(path) != sums.pop(member.name):
        raise ArchiveError(f"{source} is damaged: {member.name} is not what was saved.")


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A new file, for its owner alone, that is on disk when the context ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def entry(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
