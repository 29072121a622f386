"""docs/functions.md lists every function that anybody can call, and says of which the relay alone gets an answer."""

import re

from harness.processes import ROOT
from tests.convex.test_access_table import FUNCTIONS, RELAYS

PEOPLES, RELAYS_OWN, HTTP = re.split(r"^## ", (ROOT / "docs/functions.md").read_text(), flags=re.M)[1:]


def listed(part: str) -> set[str]:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", part, re.M)
    return {f"{module}:{name}" for module, names in rows for name in re.findall(r"`(\w+)`", names)}


def test_every_public_function_is_listed_with_who_may_call_it() -> None:
    assert listed(PEOPLES) == set(FUNCTIONS) - RELAYS
    assert listed(RELAYS_OWN) == RELAYS


def test_every_public_function_is_called_by_the_web_process() -> None:
    """But for one: whatever only other functions call has to be internal."""
    code = "\n".join(file.read_text() for file in (ROOT / "app").rglob("*.py"))
    code += "".join(f'"sessions:{name}"' for name in re.findall(r'self\.mutation\("(\w+)"', code))
    assert {path for path in FUNCTIONS if f'"{path}"' not in code} == {"boards:get"}


def test_every_function_of_the_relay_asks_for_it_first() -> None:
    for path in RELAYS:
        module, name = path.split(":")
        text = (ROOT / f"convex/{module}.ts").read_text()
        body = text.split(f"export const {name} = ")[1].split("\nexport ")[0]
        assert re.search(r"handler: [^\n]*\n?\s*[^\n]*(requireRelay|relayedBoard)\(ctx", body), path


def test_every_route_over_http_is_listed() -> None:
    routes = re.findall(
        r"path(?:Prefix)?: \"([^\"]+)\", method: \"(\w+)\", handler: (\w+)", (ROOT / "convex/http.ts").read_text()
    )
    rows = re.findall(r"^\| `(\w+) ([^`]+)` \| `\w+:(\w+)` \|", HTTP, re.M)
    assert {(method, path.removesuffix("*"), handler) for method, path, handler in rows} == {
        (method, path, handler) for path, method, handler in routes
    }
