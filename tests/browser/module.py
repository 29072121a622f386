"""A module of the pages' scripts in a test's own code: pages load bundles, which give nothing away."""

import subprocess
from functools import cache

from app.web.bundle import NODE, ROOT

ESBUILD = [
    str(NODE),
    str(ROOT / "node_modules/esbuild/bin/esbuild"),
    "--bundle",
    "--format=iife",
    "--global-name=module",
]


@cache
def bundled(path: str) -> str:
    """A script that makes `module`, with what the module at this path of the repository exports."""
    return subprocess.run([*ESBUILD, path], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def with_module(path: str, function: str) -> str:
    """A function for `page.evaluate` that may use `module`. The module is none of the page's: it has its own state."""
    return f"async () => {{ {bundled(path)}\nreturn await ({function})(); }}"
