"""What `make push` pushes. push/push.test.ts runs it."""

import json
import re
from pathlib import Path

from launch.variables import VARIABLES

ROOT = Path(__file__).parent.parent.parent
SOURCES = [path for path in (ROOT / "convex").rglob("*.ts") if "_generated" not in path.parts]


def test_push_and_the_documents_name_the_variables_that_functions_read() -> None:
    read = {name for path in SOURCES for name in re.findall(r"process\.env\.(\w+)", path.read_text())}
    table = (ROOT / "docs/convex.md").read_text().split("that `convex/` reads")[1].split("variable of the command")[0]
    assert set(VARIABLES) == read
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == read
    assert not [path for path in SOURCES if re.search(r"process\.env(?!\.\w)|process\[", path.read_text())]


def test_the_functions_import_nothing_but_what_npm_convex_exports() -> None:
    """And the one package that verifies webhooks, which `make push` bundles with them."""
    package = json.loads((ROOT / "node_modules/convex/package.json").read_text())
    assert package["version"] == "1.48.0"
    entries = {f"convex{entry.removeprefix('.')}" for entry in package["exports"]}
    for path in SOURCES:
        for names, module in re.findall(r"import (?:type )?\{([^}]*)\} from \"([^\"]+)\"", path.read_text()):
            if module.startswith(".") or module == "standardwebhooks":
                continue
            assert module in entries, f"{path.name} imports {module}"
            folder = ROOT / "node_modules/convex/dist/esm-types" / module.removeprefix("convex/")
            known = "\n".join(file.read_text() for file in folder.glob("*.d.ts"))
            for name in names.split(","):
                plain = name.strip().removeprefix("type ").split(" as ")[0]
                assert not plain or re.search(rf"\b{plain}\b", known), f"{path.name} imports {plain} from {module}"
