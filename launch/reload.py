"""`make reload`: the running Easel of this DATA_DIR starts new web processes in place of its old ones."""

import os
import signal
import sys

from app.settings import SettingsError, load
from launch.pidfile import running


def main() -> int:
    try:
        settings = load()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    process = running(settings.data_dir)
    if process is None:
        print(f"No Easel runs with DATA_DIR {settings.data_dir}.", file=sys.stderr)
        return 1
    os.kill(process, signal.SIGUSR2)
    print(f"Easel (process {process}) replaces its web processes, one after another.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
