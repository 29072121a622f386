"""The process id of the `make run` that uses a data folder, in DATA_DIR/easel.pid, locked while that process lives."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

FILE = "easel.pid"


class PidFile:
    """Holds the folder's lock inside `with`. `held` is true if another process has the lock."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        self.held = False

    def __enter__(self) -> Self:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.held = True
            return self
        os.ftruncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.held:
            os.ftruncate(self._file, 0)
        os.close(self._file)


def running(data_dir: Path) -> int | None:
    """The process id of the `make run` that uses this folder. Ignores the file of a killed process."""
    try:
        with (data_dir / FILE).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
            return None
    except (FileNotFoundError, NotADirectoryError):
        return None
