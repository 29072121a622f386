"""Runs a script that can take no more than it is given, whatever it reads.

    python -I app/workers/confined.py MEMORY CPU LARGEST SCRIPT [ARGUMENT ...]

MEMORY is bytes of address space, CPU seconds of processor time, LARGEST bytes of a file that it writes. A script that
takes more ends, and nothing else does.
"""

import os
import resource
import runpy
import sys
from pathlib import Path

NICE = 19  # drawing goes first


def main(memory: str, cpu: str, largest: str, script: str, *arguments: str) -> None:
    os.nice(NICE)
    for limit, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_FSIZE, int(largest)),
        (resource.RLIMIT_CORE, 0),
    ):
        if sys.platform == "darwin" and limit == resource.RLIMIT_AS:
            continue  # refused there: the limit of processor time, and what scripts check themselves, must do
        resource.setrlimit(limit, (most, most))
    sys.argv = [script, *arguments]
    sys.path.append(str(Path(script).parent))  # the script may have more than one file
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
