"""What the variables of a deployment were before a push: a file in DATA_DIR until the push has ended, for a crash."""

import hashlib
import json
import os
from pathlib import Path

from launch.remote import Remote, Values
from launch.target import PushError


class Undo:
    def __init__(self, data: Path, url: str) -> None:
        """Each deployment has a file of its own."""
        self._path = data / f"push-{hashlib.sha256(url.encode()).hexdigest()[:12]}.json"
        self._before: Values = {}
        self._set: Values = {}

    def begin(self, now: Values, wanted: Values) -> None:
        """What an earlier push set, and did not end, counts as never set."""
        self._before, self._set = dict(now), dict(wanted)
        if self._path.exists():
            earlier = json.loads(self._path.read_text())
            for name in now.keys() & earlier["before"].keys():
                if now[name] == earlier["set"][name]:
                    self._before[name] = earlier["before"][name]
        self._write()

    def put_back(self, remote: Remote) -> list[str]:
        """The names of what was put back. What somebody else has set meanwhile stays. Raises PushError."""
        now = remote.variables(self._before)
        back = {
            name: value for name, value in self._before.items() if now[name] == self._set[name] and now[name] != value
        }
        remote.change(back)
        self.end()
        return sorted(back)

    def end(self) -> None:
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            part.touch(0o600)
            with part.open("w") as file:
                json.dump({"before": self._before, "set": self._set}, file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as error:
            raise PushError(f"DATA_DIR {self._path.parent} cannot be written: {error.strerror}.") from None
