"""Folders import what tests/imports.toml allows, and nothing imports itself in a circle."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.imports import ARCHITECTURE, ROOT, RULES, TABLE, allows, imports, row_of, table

ROWS = [(tree, row) for tree, rows in RULES.items() for row in rows]


@pytest.mark.parametrize("tree", sorted(RULES))
def test_every_folder_has_a_row(tree: str) -> None:
    folders = {file.parent for ending in ("py", "ts") for file in (ROOT / tree).rglob(f"*.{ending}")} - {ROOT / tree}
    assert {Path(f"{tree}/{row}") for row in RULES[tree]} >= {folder.relative_to(ROOT) for folder in folders}


@pytest.mark.parametrize(("tree", "row"), ROWS)
def test_a_row_names_only_what_exists(tree: str, row: str) -> None:
    for name in [row, *(name.rstrip("*") for name in RULES[tree][row])]:
        path = ROOT / (name if name.split("/")[0] in RULES else f"{tree}/{name}")
        assert path.is_dir() or path.with_suffix(".py").exists() or path.with_suffix(".ts").exists(), name


@pytest.mark.parametrize("tree", sorted(RULES))
def test_folders_import_only_what_their_rows_name(tree: str) -> None:
    for found in imports(tree):
        row = row_of(found.file)
        assert row is None or allows(*row, found), f"{found.file} imports {found.target}"


@pytest.mark.parametrize("tree", sorted(RULES))
def test_no_files_import_each_other_in_a_circle(tree: str) -> None:
    graph: dict[str, set[str]] = {}
    for found in imports(tree):
        if found.file != found.target:
            graph.setdefault(found.file, set()).add(found.target)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names them


@pytest.mark.parametrize("tree", sorted(RULES))
def test_no_folders_import_each_other_in_a_circle(tree: str) -> None:
    graph = {row: {name.rstrip("*") for name in names if name in RULES[tree]} for row, names in RULES[tree].items()}
    TopologicalSorter(graph).prepare()


def test_architecture_shows_the_rows() -> None:
    found = TABLE.search(ARCHITECTURE.read_text())
    assert found, "the markers are gone"
    assert found[0] == table(), "print them with: python -m tests.imports"
