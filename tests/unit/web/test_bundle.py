"""Files for pages that are not compressed or not kept by the browser, and files that nobody should get."""

import asyncio
import gzip
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import MethodNotAllowed, NotFound
from app.web import bundle, static
from app.web.bundle import NODE, ROOT, BundleError, fingerprint
from app.web.static import Static
from tests.unit.asgi import ask

UNBROTLI = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(0)))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundle")


@pytest.fixture(scope="module")
def files(folder: Path) -> Static:
    return Static(folder)


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources as a copy, for a test that changes them."""
    for name in ("browser", "static", "app/web", "templates", "shapes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("package-lock.json", "package.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setattr(bundle, "BUILDER", tmp_path / "app/web/bundle.ts")
    monkeypatch.setattr(static, "LOOK", 0.01)
    return tmp_path


def script(files: Static) -> str:
    return files.asset("pages/board.js")


async def test_a_file_of_the_bundle_may_be_kept_for_a_year(files: Static) -> None:
    answer = await ask(files, path=script(files))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_the_best_compression_that_the_browser_takes_is_sent(files: Static) -> None:
    plain = await ask(files, path=script(files))
    assert "content-encoding" not in plain.headers
    for wanted, coding in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0, gzip;q=0", None),
        ("identity", None),
    ]:
        answer = await ask(files, path=script(files), headers={"accept-encoding": wanted})
        assert answer.headers.get("content-encoding") == coding, wanted
        assert answer.headers["vary"] == "Accept-Encoding"
        assert unpacked(answer.body, coding) == plain.body


def unpacked(body: bytes, coding: str | None) -> bytes:
    if coding == "br":
        return subprocess.run([NODE, "-e", UNBROTLI], input=body, capture_output=True, check=True).stdout
    return gzip.decompress(body) if coding else body


async def test_a_file_that_the_browser_has_is_not_sent_again(files: Static) -> None:
    for path in (script(files), "/static/favicon.svg"):
        etag = (await ask(files, path=path)).headers["etag"]
        again = await ask(files, path=path, headers={"if-none-match": etag})
        assert (again.status, again.body) == (304, b"")


async def test_by_the_templates_name_a_file_is_asked_for_each_time(files: Static) -> None:
    answer = await ask(files, path="/static/favicon.svg")
    assert (answer.headers["cache-control"], answer.headers["content-type"]) == ("no-cache", "image/svg+xml")


async def test_each_script_and_style_has_its_source_map(files: Static) -> None:
    for name, built in files.bundle.names.items():
        if name.endswith((".js", ".css")):
            assert f"sourceMappingURL={built}.map".encode() in (await ask(files, path=f"/static/{built}")).body
            found = json.loads((await ask(files, path=f"/static/{built}.map")).body)
            assert any("static/" in source or "browser/" in source for source in found["sources"])


async def test_every_address_that_a_template_has_is_in_the_bundle(files: Static) -> None:
    for name in files.bundle.names:
        assert (await ask(files, path=files.asset(name))).status == 200


ELSEWHERE = [
    *("none-12345678.js", "js/board.js", "pages/none.js", "", "/", "lock", ".bundle", "pages", "package.json"),
    *("../package-12345678.json", "..%2Fapp-12345678.js", "/etc/passwd", "x/../favicon.svg", "favicon.svg/", "a\0b"),
    *("../secret-12345678.js", "pages/../../secret-12345678.js", "secret-12345678.py", "..\\secret-12345678.js"),
]


@pytest.mark.parametrize("path", ELSEWHERE)
async def test_nothing_else_is_served(files: Static, folder: Path, path: str) -> None:
    (folder.parent / "secret-12345678.js").write_text("secret")
    (folder / "secret-12345678.py").write_text("secret")
    with pytest.raises(NotFound):
        await ask(files, path=f"/static/{path}")
    with pytest.raises(NotFound):
        await ask(files, path=f"/static/{Path(script(files)).name}.br")


async def test_files_are_only_read(files: Static) -> None:
    with pytest.raises(MethodNotAllowed):
        await ask(files, "POST", script(files))


def test_processes_that_start_together_build_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from app.web.bundle import *; print(bundle(Path(sys.argv[1])).names)"]

    def start(_: int) -> bytes:
        return subprocess.run([*command, str(tmp_path)], cwd=ROOT, check=True, capture_output=True).stdout

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(start, range(3)))) == 1
    assert not list(tmp_path.glob(".*"))
    assert [file.name for file in tmp_path.glob("*.json")] == [f"{fingerprint()}.json"]


async def test_a_source_that_is_edited_makes_a_new_build_and_keeps_the_old(edited: Path) -> None:
    served = Static(edited / ".bundle")
    before, style = script(served), served.asset("pages/board.css")
    fresh = asyncio.create_task(served.keep_fresh())
    with (edited / "browser/site/page.ts").open("a") as page:
        page.write('console.log("edited");\n')
    async with asyncio.timeout(60):
        while script(served) == before:
            await asyncio.sleep(0.01)
    fresh.cancel()
    assert served.asset("pages/board.css") == style
    assert b'"edited"' in (await ask(served, path=script(served))).body
    assert b'"edited"' not in (await ask(served, path=before)).body


async def test_an_edited_template_makes_a_new_version_and_no_new_build(edited: Path) -> None:
    served = Static(edited / ".bundle")
    before, version = served.bundle, served.version
    fresh = asyncio.create_task(served.keep_fresh())
    with (edited / "templates/home.html").open("a") as page:
        page.write("<!-- edited -->\n")
    async with asyncio.timeout(60):
        while served.version == version:
            await asyncio.sleep(0.01)
    fresh.cancel()
    assert served.bundle == before


def test_a_source_with_a_mistake_is_named(edited: Path) -> None:
    (edited / "browser/site/page.ts").write_text("const = 1;\n")
    with pytest.raises(BundleError, match=r"^browser/site/page\.ts:1: Expected identifier"):
        Static(edited / ".bundle")
