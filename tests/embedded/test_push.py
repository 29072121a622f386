"""`make push`, with the real CLI of npm convex against a server that takes down what it is asked."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from launch.push import PushError, target
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


@pytest.mark.parametrize("given", [{}, {"CONVEX_URL": "http://127.0.0.1:1"}, {"CONVEX_ADMIN_KEY": "key"}])
def test_what_is_missing_is_said(given: dict[str, str]) -> None:
    with pytest.raises(PushError, match="CONVEX_"):
        target(given)


def test_a_deploy_key_goes_before_an_admin_key() -> None:
    both = {"CONVEX_URL": "u", "CONVEX_DEPLOY_KEY": "d", "CONVEX_ADMIN_KEY": "a"}
    assert target(both) == {"CONVEX_DEPLOY_KEY": "d"}


async def test_push_sets_variables_with_the_key_and_ends_at_a_refusal(tmp_path: Path) -> None:
    async with backend() as (url, asked):
        environment = {**os.environ, "CONVEX_URL": url, "CONVEX_ADMIN_KEY": "name|key", "DATA_DIR": str(tmp_path)}
        push = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "launch.push"), cwd=ROOT, env=environment, stdout=-3, stderr=-3
        )
        assert await asyncio.wait_for(push.wait(), 50) != 0
    path, key, body = asked[0]
    assert (path, key) == ("/api/update_environment_variables", "Convex name|key")
    [change] = json.loads(body)["changes"]
    assert change["name"] == "AUTH_PROVIDERS"
    assert json.loads(change["value"])[0]["algorithm"] == "ES256"
    assert [path for path, _, _ in asked] == ["/api/update_environment_variables"]


@asynccontextmanager
async def backend() -> AsyncIterator[tuple[str, list[tuple[str, str, str]]]]:
    """Refuses everything, and notes path, key and body."""
    asked: list[tuple[str, str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path, request.headers.get("Authorization", ""), await request.text()))
        return web.json_response({"code": "Forbidden", "message": "not today"}, status=403)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()
