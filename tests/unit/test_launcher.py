"""`make run` supervises for as long as Easel runs, so it takes little memory."""

import subprocess
import sys

from launch.children import ROOT

PRINT_LARGE = "import launch.run, sys; print(*{'pydantic', 'aiohttp', 'cryptography', 'segno'} & {*sys.modules})"


def test_the_supervisor_imports_no_large_library() -> None:
    printed = subprocess.run([sys.executable, "-c", PRINT_LARGE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout == "\n"
