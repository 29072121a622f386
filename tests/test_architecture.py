"""ARCHITECTURE.md keeps its promises: who imports whom, and that what it names exists."""

import ast
import re
from pathlib import Path

import pytest

from tests.imports import ARCHITECTURE, TABLE

ROOT = Path(__file__).parent.parent
TEXT = TABLE.sub("", ARCHITECTURE.read_text())
EXAMPLES = (ROOT / "docs/convex-by-example.md").read_text()
HOPS = sorted(set(re.findall(r"`([\w./-]+\.(?:py|ts|html)):([\w.#]+)`", TEXT + EXAMPLES)))

TOP = re.compile(r"(?:export )?(?:abstract )?(?:async )?(?:function\*?|class|interface|const) (\w+)")
MEMBER = re.compile(r"  (?:(?:static|async|get|set|readonly|override) )*\*?(#?\w+)(?:<[^(]*>)?[(?:=]")

ROUTES_MAY_NOT = ("app.convex.deployment", "app.routes", "app.main")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w.-]+/[\w./-]*)`", TEXT + EXAMPLES))))
def test_every_path_that_it_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("path", "name"), HOPS)
def test_every_function_that_it_names_exists(path: str, name: str) -> None:
    text = (ROOT / path).read_text()
    names = {".html": of_template, ".py": of_python, ".ts": of_typescript}[Path(path).suffix](text)
    assert name in names, f"{path} has no {name}"


def test_the_readme_of_the_deployment_names_every_file() -> None:
    text = (ROOT / "embedded/README.md").read_text()
    named: set[str] = set()
    folder = ""
    for first, files in re.findall(r"^\|(.*?)\| (`\w+\.ts`.*?) \|", text, re.MULTILINE):
        folder = {"top": ""}.get(first.strip(), first.strip(" `") or folder)
        named |= {f"embedded/{folder}{file}" for file in re.findall(r"`(\w+\.ts)`", files)}
    assert named == {file.relative_to(ROOT).as_posix() for file in (ROOT / "embedded").rglob("*.ts")}


def of_template(text: str) -> set[str]:
    return set(re.findall(r"{%- macro (\w+)\(", text))


def of_python(text: str) -> set[str]:
    """Functions and classes, and the methods of those as `Class.method`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    tops = [node for node in ast.parse(text).body if isinstance(node, kinds)]
    return {top.name for top in tops} | {
        f"{top.name}.{part.name}" for top in tops for part in top.body if isinstance(part, kinds)
    }


def of_typescript(text: str) -> set[str]:
    """What stands at the top of a file, and what stands in its classes and interfaces, as Biome writes them."""
    names, top = set(), ""
    for line in text.splitlines():
        if found := TOP.match(line):
            names.add(top := found[1])
        elif found := MEMBER.match(line):
            names.add(f"{top}.{found[1]}")
    return names


def imports(file: Path) -> set[str]:
    """The modules of this repository that a file imports, at any depth of its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "app" else {node.module}
    return {name for name in found if name.split(".")[0] in ("app", "launch", "tests", "bench")}


def files(path: str) -> list[Path]:
    return sorted((ROOT / path).rglob("*.py")) if (ROOT / path).is_dir() else [ROOT / path]


def test_routes_import_neither_the_deployment_nor_each_other() -> None:
    for file in files("app/routes"):
        assert not [name for name in imports(file) if name.startswith(ROUTES_MAY_NOT)], file


@pytest.mark.parametrize("folder", ["tools", "commands"])
def test_tools_and_commands_neither_write_to_the_server_nor_receive(folder: str) -> None:
    for file in sorted((ROOT / "browser" / folder).glob("*.ts")):
        text = file.read_text()
        assert not re.search(r"\bfetch\(|\bhtmx\b|outbox\.ts|swap\.ts|stream\.ts", text), file


def test_only_one_module_reports_presence() -> None:
    writers = [file.name for file in (ROOT / "browser").rglob("*.ts") if re.search(r"/presence`", file.read_text())]
    assert writers == ["reports.ts"]


def test_only_commit_writes_to_the_server() -> None:
    writers = [file.name for file in (ROOT / "browser").rglob("*.ts") if re.search(r"\bfetch\(", file.read_text())]
    # Two only read: fonts and pictures, to copy them; and whether a board has opened. One picks a name.
    assert set(writers) <= {"post.ts", "snapshot.ts", "asking.ts", "embedded.ts"}


def test_only_one_module_sends_files() -> None:
    senders = [file.name for file in (ROOT / "browser").rglob("*.ts") if "XMLHttpRequest" in file.read_text()]
    assert senders == ["sending.ts"]


def test_every_key_handler_leaves_input_methods_alone() -> None:
    binders = [
        file.name
        for file in (ROOT / "browser").rglob("*.ts")
        if re.search(r"keydown[\"'`]|onkeydown", file.read_text())
    ]
    assert binders == ["keydown.ts"]
    for file in (ROOT / "templates").rglob("*.html"):
        text = file.read_text()  # one runs before there are modules, and says it itself
        assert not re.search(r"key(down|press|up)", text) or "event.isComposing || event.keyCode === 229" in text, file
    for file in (ROOT / "browser").rglob("*.ts"):
        assert "keypress" not in file.read_text(), file


def test_tests_are_short_and_so_are_their_names() -> None:
    for file in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("*.ts")]:
        text = file.read_text()
        assert len(text.splitlines()) < 300, file
        assert not re.search(r"def test_\w{65,}|\btest\(\s*([\"'`])(?:(?!\1).){70,}\1", text), file
