"""docs/add-a-shape.md is true: its blocks, applied to a copy of the tree, make a shape that passes all tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launch.children import ROOT
from launch.run import NODE

TEXT = (ROOT / "docs/add-a-shape.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^`([\w./-]+)`$", re.MULTILINE)
TREES = ("app", "browser", "convex", "docs", "embedded", "harness", "launch", "static", "templates", "tests")
FILES = ("pyproject.toml", "package.json")


def blocks() -> list[tuple[str, str, str]]:
    """The file that each block of code is about, the block's language and its text."""
    return [(NAME.findall(TEXT[: found.start()])[-1], found[1], found[2]) for found in BLOCK.finditer(TEXT)]


def apply(tree: Path, path: str, language: str, text: str) -> None:
    """Makes the file, or changes the one place that the lines without `+` are."""
    file = tree / path
    if language != "diff":
        assert not file.exists(), path
        file.write_text(text)
        return
    lines = text.splitlines(keepends=True)
    assert {line[0] for line in lines} <= set(" +-\n"), path
    before = "".join(line[1:] or line for line in lines if not line.startswith("+"))
    after = "".join(line[1:] or line for line in lines if not line.startswith("-"))
    whole = file.read_text()
    # A line may be given by its beginning only.
    place = before.removesuffix("\n")
    assert whole.count(place) == 1, f"{path} has {whole.count(place)} times:\n{before}"
    file.write_text(whole.replace(place, after.removesuffix("\n")))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    for name in TREES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    for name in (".venv", "node_modules"):
        (copy / name).symlink_to(ROOT / name)
    for path, language, text in blocks():
        if language != "sh":
            apply(copy, path, language, text)
    run(copy, sys.executable, "-m", "tests.drawn")
    return copy


def run(tree: Path, *command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-3_000:]


def test_the_new_kind_is_drawn_and_measured_alike_by_server_and_browser(tree: Path) -> None:
    assert '"kind": "triangle"' in (tree / "tests/fixtures/shapes.json").read_text()
    run(tree, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/drawing/test_markup.py")
    run(tree, NODE, "--test", "tests/js/kinds/kinds.test.ts")


def test_the_new_kind_is_taken_and_refused_as_every_other(tree: Path) -> None:
    run(
        tree,
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "triangle",
        "tests/unit/shapes/test_kinds.py",
    )


@pytest.mark.parametrize("part", ["browser", "convex"])
def test_the_types_hold(tree: Path, part: str) -> None:
    run(tree, str(ROOT / "node_modules/.bin/tsc"), "-p", part)


def test_what_the_page_shows_is_written_as_the_rest_is(tree: Path) -> None:
    written = [path for path, language, _ in blocks() if language == "python"]
    run(tree, str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", *written)
    run(tree, str(Path(sys.executable).with_name("ruff")), "format", "--no-cache", "--check", *written)
