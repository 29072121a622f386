"""Folders of the browser's code that reach up, and modules that import each other in a circle."""

import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "browser"
RULES: dict[str, list[str]] = tomllib.loads((ROOT / "tests/imports.toml").read_text())["browser"]
IMPORT = re.compile(r'^(?:import|export)(\s+type)?\b[^;"]*?"(\.[^"]+)";', re.MULTILINE)


def imports(file: Path) -> list[tuple[Path, bool]]:
    """The modules that a module imports, and whether it is for types alone."""
    found = IMPORT.findall(file.read_text())
    return [((file.parent / target).resolve(), bool(types)) for types, target in found]


def place(file: Path) -> str:
    """Its folder, or its name at the top."""
    parts = file.relative_to(BROWSER).parts
    return parts[0] if len(parts) > 1 else file.stem


def test_every_folder_has_a_row() -> None:
    assert set(RULES) == {path.name for path in BROWSER.iterdir() if path.is_dir()}


@pytest.mark.parametrize("folder", sorted(RULES))
def test_a_folder_imports_only_what_its_row_names(folder: str) -> None:
    for file in (BROWSER / folder).rglob("*.ts"):
        for target, types in imports(file):
            allowed = {folder, "types", *RULES[folder], *(name.rstrip("*") for name in RULES[folder] if types)}
            assert place(target) in allowed, f"{file.relative_to(ROOT)} imports {target.relative_to(ROOT)}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {file: [target for target, _ in imports(file)] for file in BROWSER.rglob("*.ts")}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names them


def test_no_folders_import_each_other_in_a_circle() -> None:
    graph = {folder: {name.rstrip("*") for name in names} - {"editor"} for folder, names in RULES.items()}
    TopologicalSorter(graph).prepare()
