"""Who may import whom: the rows of imports.toml, and the imports in the code. `python -m tests.imports` prints rows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
RULES: dict[str, dict[str, list[str]]] = tomllib.loads((ROOT / "tests/imports.toml").read_text())
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
TABLE = re.compile(r"(?<=<!-- imports -->\n).*?(?=<!-- /imports -->)", re.DOTALL)
TS = re.compile(r'^(?:import|export)(\s+type)?\b[^;"]*?"(\.[^"]+)";', re.MULTILINE)
EVERYBODYS = ("browser/types/", "shapes/types")


class Import(NamedTuple):
    file: str
    target: str
    types_only: bool


def imports(tree: str) -> Iterator[Import]:
    """Every import of a file of this tree from this repository; both are paths without an ending."""
    for path in sorted((ROOT / tree).rglob("*.*")):
        file = path.relative_to(ROOT).with_suffix("").as_posix()
        if path.suffix == ".ts":
            for types, target in TS.findall(path.read_text()):
                found = (path.parent / target).resolve().relative_to(ROOT)
                yield Import(file, found.with_suffix("").as_posix(), bool(types))
        elif path.suffix == ".py":
            for target in python_imports(ast.parse(path.read_text())):
                if target.split("/")[0] in RULES:
                    yield Import(file.removesuffix("/__init__"), target, False)


def python_imports(tree: ast.AST) -> Iterator[str]:
    """At any depth: an import that waits for its turn is one, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.replace(".", "/") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = node.module.replace(".", "/")
            for name in (f"{module}/{alias.name}" for alias in node.names):
                yield name if (ROOT / f"{name}.py").exists() or (ROOT / name).is_dir() else module


def row_of(file: str) -> tuple[str, str] | None:
    """The tree and the row that a file belongs to: the most particular one. None for a file that wires its tree."""
    tree, _, rest = file.partition("/")
    rows = [row for row in RULES[tree] if row == "" or rest == row or rest.startswith(f"{row}/")]
    return (tree, max(rows, key=len)) if rows else None


def allows(tree: str, row: str, found: Import) -> bool:
    own = f"{tree}/{row}".rstrip("/")
    if found.target == own or found.target.startswith(EVERYBODYS) or row_of(found.target) == (tree, row):
        return True
    names = [name.rstrip("*") for name in RULES[tree][row] if found.types_only or not name.endswith("*")]
    paths = [name if name.split("/")[0] in RULES else f"{tree}/{name}" for name in names]
    exact = row_of(found.target) in [row_of(path) for path in paths if path.count("/") == 1]
    return exact or any(found.target == path or found.target.startswith(f"{path}/") for path in paths)


def table() -> str:
    """The rows as ARCHITECTURE.md shows them."""
    lines = ["| folder or file | may import |", "|---|---|"]
    for tree, rows in RULES.items():
        for row, names in rows.items():
            allowed = ", ".join(f"`{name.rstrip('*')}`{' (types)' if name.endswith('*') else ''}" for name in names)
            lines.append(f"| `{tree}/{row}` | {allowed or 'nothing'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = ARCHITECTURE.read_text()
    ARCHITECTURE.write_text(TABLE.sub(lambda _: table(), text))
