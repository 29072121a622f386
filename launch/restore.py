"""`make restore FROM=FILE`: puts a backup into DATA_DIR, which must be empty or missing."""

import shutil
import sys
import tempfile
from pathlib import Path

from app.settings import SettingsError, load
from launch.archive import ArchiveError, read


def restore(source: Path, data_dir: Path) -> None:
    """All of it or nothing. Raises ArchiveError."""
    if not source.is_file():
        raise ArchiveError(f"There is no backup {source}.")
    if data_dir.exists() and (not data_dir.is_dir() or any(data_dir.iterdir())):
        raise ArchiveError(f"DATA_DIR {data_dir} is not empty: move it away first, or set another DATA_DIR.")
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    unpacked = Path(tempfile.mkdtemp(dir=data_dir.parent, prefix=f"{data_dir.name}.restoring-"))
    try:
        read(source, unpacked)
        unpacked.replace(data_dir)  # an empty folder gives way
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1]:
        print("Say where from: make restore FROM=easel-backup.tar.gz", file=sys.stderr)
        return 1
    try:
        data_dir = load().data_dir
        restore(Path(sys.argv[1]), data_dir)
    except (ArchiveError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The backup cannot be restored: {error}.", file=sys.stderr)
        return 1
    print(f"Restored {sys.argv[1]} into {data_dir}. Start Easel with make run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
