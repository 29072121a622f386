"""docs/add-a-shape.md is true: its blocks, applied to a copy of the tree, make a shape that passes all tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launch.children import ROOT
from launch.deployment import NODE

TEXT = (ROOT / "docs/add-a-shape.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^`([\w./-]+)`$", re.MULTILINE)
MOST = {"## A closed figure": (3, 15), "## A kind that draws itself": (6, 100)}  # files and lines
TREES = ("app", "browser", "convex", "docs", "embedded", "harness", "launch", "shapes", "static", "templates", "tests")
FILES = ("README.md", "biome.jsonc", "pyproject.toml", "package.json")


def blocks() -> list[tuple[str, str, str]]:
    """The file that each block of code is about, the block's language and its text."""
    return [(NAME.findall(TEXT[: found.start()])[-1], found[1], found[2]) for found in BLOCK.finditer(TEXT)]


@pytest.mark.parametrize("heading", MOST)
def test_a_kind_takes_few_files_and_lines(heading: str) -> None:
    section = TEXT.split(heading)[1].split("\n## ")[0]
    found = [(NAME.findall(section[: block.start()])[-1], block[1], block[2]) for block in BLOCK.finditer(section)]
    lines = [line for _, language, text in found for line in text.splitlines() if language != "diff" or line[0] == "+"]
    files, most = MOST[heading]
    assert len({path for path, _, _ in found}) <= files
    assert len(lines) <= most


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
    for written in ("tests.drawn", "tests.readme"):
        run(copy, sys.executable, "-m", written)
    return copy


def run(tree: Path, *command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-3_000:]


def pytest_of(tree: Path, *arguments: str) -> None:
    run(tree, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def test_the_new_kinds_are_drawn_and_measured_alike_on_both_sides(tree: Path) -> None:
    fixture = (tree / "tests/fixtures/shapes.json").read_text()
    assert all(f'"kind": "{kind}"' in fixture for kind in ("kite", "table"))
    pytest_of(tree, "tests/unit/drawing/test_markup.py", "tests/unit/drawing/test_figures.py")
    run(tree, NODE, "--test", "tests/js/kinds/kinds.test.ts")


def test_the_new_kinds_are_taken_and_refused_as_every_other(tree: Path) -> None:
    pytest_of(tree, "-k", "kite or table or told", "tests/unit/shapes/test_kinds.py")


def test_the_new_kinds_survive_files(tree: Path) -> None:
    files = [f"tests/unit/exchange/test_{form}.py" for form in ("excalidraw", "easel")]
    pytest_of(tree, "-k", "kite or table", *files)


@pytest.mark.parametrize("part", ["browser", "convex"])
def test_the_types_hold(tree: Path, part: str) -> None:
    run(tree, str(ROOT / "node_modules/.bin/tsc"), "-p", part)


def test_the_new_file_is_written_as_the_rest_is(tree: Path) -> None:
    run(tree, str(ROOT / "node_modules/.bin/biome"), "check", "--vcs-enabled=false", "browser/kinds/table.ts")
