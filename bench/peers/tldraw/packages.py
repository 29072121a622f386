"""Installs the peer's packages into a folder of its own, as its lock file has them."""

import shutil
import subprocess
from pathlib import Path

from harness.processes import ROOT

HERE = Path(__file__).parent
HOME = ROOT / ".peers/tldraw"
INSTALLED = HOME / "node_modules/.package-lock.json"
LOCK = "package-lock.json"
FILES = ("package.json", LOCK, "tsconfig.json", "server.ts")
# It names React as a peer dependency. Its server does not need it.
NPM = ("npm", "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error")


def install() -> Path:
    """The server, beside its packages: Node looks for them next to it."""
    HOME.mkdir(parents=True, exist_ok=True)
    stale = not INSTALLED.exists() or not same(HERE / LOCK, HOME / LOCK)
    for name in FILES:
        shutil.copyfile(HERE / name, HOME / name)
    if stale:
        print("Installing tldraw-sync into .peers/tldraw ...", flush=True)
        subprocess.run(NPM, cwd=HOME, check=True)
    subprocess.run([ROOT / "node_modules/.bin/tsc", "-p", HOME], check=True)
    return HOME / "server.ts"


def same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()
