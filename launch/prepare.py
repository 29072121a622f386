"""Reads and checks the settings for `make run`, as a process that ends: what it imports takes 38 MB.

It prints a line with the plan, and a line with the variables of the functions, for which it needs another 0.2 s. It
says what is wrong on stderr, in a sentence, and ends with status 1.
"""

import asyncio
import os
import signal
import sys

from app.misspelt import misspelt
from app.settings import Settings, SettingsError, load
from launch import elsewhere
from launch.plan import Plan
from launch.same_key import require_same_key
from launch.variables import written


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; the parent ends us
    try:
        for sentence in misspelt(os.environ):
            print(sentence, file=sys.stderr)
        prepare(load())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare(settings: Settings) -> None:
    make_data_folder(settings)
    if settings.production:
        from app.auth.signing_key import signing_key

        signing_key(settings)  # the web processes need it
    print(plan(settings).written(), flush=True)
    if settings.convex_url:
        asyncio.run(elsewhere.check(settings))
        print("{}", flush=True)
    else:
        variables = written(settings)
        require_same_key(settings, variables)
        print(variables, flush=True)


def plan(settings: Settings) -> Plan:
    return Plan(**settings.model_dump(mode="json", include={*Plan._fields}), production=settings.production)


def make_data_folder(settings: Settings) -> None:
    """Creates the data folder, for its owner alone. Raises SettingsError here, before both children fail."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.data_dir.stat().st_mode & 0o077:
            settings.data_dir.chmod(0o700)
        if not os.access(settings.data_dir, os.R_OK | os.W_OK | os.X_OK):
            raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be written by this user.")
    except OSError as error:
        raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}.") from None


if __name__ == "__main__":
    sys.exit(main())
