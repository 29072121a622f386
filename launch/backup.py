"""`make backup TO=FILE`: the boards, pictures and keys of DATA_DIR as one file, while people draw.

The copy shows one moment: SQLite's own backup, then the log that continues it. Files are linked before and after,
since a file is on disk before the row that names it.
"""

import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.auth.signing_key import FILE as KEY_FILE
from app.auth.signing_key import signing_key
from app.settings import Settings, SettingsError, load
from launch.archive import ArchiveError, write

STORED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ATTEMPTS = 20  # to copy database and log before the log starts over


def backup(settings: Settings, to: Path) -> int:
    """Writes the backup and returns the number of stored files in it. Raises ArchiveError, SettingsError."""
    convex = settings.data_dir / "convex"
    if not (convex / "data.sqlite").exists():
        raise ArchiveError(f"There are no boards in DATA_DIR {settings.data_dir}.")
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="backup-") as scratch:
        copy = Path(scratch)
        stored = hold_files(convex / "files", copy)
        copy_database(convex, copy)
        stored |= hold_files(convex / "files", copy)
        (copy / KEY_FILE).touch(0o600)
        (copy / KEY_FILE).write_bytes(pem(settings))
        names = {KEY_FILE: KEY_FILE} | {f"convex/{name}": name for name in ("data.sqlite", "log", *sorted(stored))}
        files = {name.replace("convex/stored-", "convex/files/"): copy / local for name, local in names.items()}
        if (convex / "admin_key").exists():
            files["convex/admin_key"] = convex / "admin_key"
        write(to, files, datetime.now(UTC).isoformat(timespec="seconds"))
    return len(stored)


def hold_files(folder: Path, copy: Path) -> set[str]:
    """Links the stored files into the copy, so that nothing deletes them there. Returns their names in the copy."""
    held = set()
    for path in folder.iterdir() if folder.is_dir() else ():
        name = f"stored-{path.name}"
        if STORED.fullmatch(path.name) and not (copy / name).exists():
            with suppress(FileNotFoundError):  # deleted just now
                (copy / name).hardlink_to(path)
        if (copy / name).exists():
            held.add(name)
    return held


def copy_database(convex: Path, copy: Path) -> None:
    """Copies the database and the log of the same epoch: the log holds what the database lacks."""
    with closing(sqlite3.connect(convex / "data.sqlite", timeout=10)) as live:
        for _ in range(ATTEMPTS):
            with closing(sqlite3.connect(copy / "data.sqlite")) as out:
                live.backup(out)
                held = epoch(out)
            shutil.copyfile(convex / "log", copy / "log")
            if epoch(live) == held:
                return
    raise ArchiveError("The boards change too fast to be copied just now: try again.")


def epoch(database: sqlite3.Connection) -> str | None:
    row = database.execute("SELECT CAST(value AS TEXT) FROM meta WHERE key = 'epoch'").fetchone()
    return row and str(row[0])


def pem(settings: Settings) -> bytes:
    return signing_key(settings).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1]:
        print("Say where to: make backup TO=easel-backup.tar.gz", file=sys.stderr)
        return 1
    to = Path(sys.argv[1])
    try:
        files = backup(load(), to)
    except (ArchiveError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error) as error:
        print(f"The boards cannot be copied: {error}.", file=sys.stderr)
        return 1
    print(f"Saved the boards, {files} stored files and the signing key in {to}. Keep it safe: it opens everything.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
