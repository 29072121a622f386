"""The official clients and ours read the same from one deployment. Python's holds the GIL: it has its own process."""

import asyncio
import math
import sys
from typing import Any

import orjson
from convex import ConvexInt64
from hypothesis import HealthCheck, given, settings

from app.convex.deployment import Deployment, Sync
from app.convex.deployment.values import decode, encode_args
from launch.deployment import NODE
from tests.deployment.served import ROOT, Served
from tests.deployment.test_values import plain, values

VALUES: list[Any] = [
    *(None, True, False, 0.0, -0.0, 1.0, 1.5, -1e300, 5e-324, math.inf, -math.inf, math.nan),
    *(ConvexInt64(0), ConvexInt64(-1), ConvexInt64(2**63 - 1), ConvexInt64(-(2**63))),
    *("", "é 🎨 \x00 \u2028", b"", b"\x00\xff", [], {}, [[[]]], {"a": {"b": [None, {"c": ConvexInt64(1)}]}}),
]

PYTHON = """
import sys
from convex import ConvexClient, ConvexInt64, convex_to_json, json_to_convex
import json
client = ConvexClient(sys.argv[1])
for value in json.loads(sys.argv[2]):
    print(json.dumps(convex_to_json(client.query("rooms:echo", {"value": json_to_convex(value)}))), flush=True)
client.mutation("rooms:append", {"room": sys.argv[3], "text": "from the official client"})
for value in client.subscribe("rooms:tail", {"room": sys.argv[3], "after": ConvexInt64(0)}):
    print(json.dumps(convex_to_json(value)), flush=True)
    if len(value["lines"]) == 2:
        break
"""

JAVASCRIPT = """
import { ConvexHttpClient } from "convex/browser";
import { convexToJson, jsonToConvex } from "convex/values";
const client = new ConvexHttpClient(process.argv[1], { skipConvexDeploymentUrlCheck: true });
for (const value of JSON.parse(process.argv[2])) {
  console.log(JSON.stringify(convexToJson(await client.query("rooms:echo", { value: jsonToConvex(value) }))));
}
"""


def as_json() -> str:
    encoded = orjson.loads(encode_args({"values": VALUES}))["values"]
    # The package refuses a float64 that is written without a point.
    return orjson.dumps(encoded).decode()


async def run(*command: str) -> list[Any]:
    """What the program printed, a JSON text a line."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(30):
        out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return [decode(orjson.loads(text)) for text in out.splitlines()]


async def test_the_official_python_client_reads_and_writes_the_same(
    served: Served, sync: Sync, http: Deployment, room: str
) -> None:
    ours = sync.watch("rooms:tail", {"room": room, "after": ConvexInt64(0)})
    assert (await anext(ours))["lines"] == []
    theirs = asyncio.create_task(run(sys.executable, "-c", PYTHON, served.url, as_json(), room))
    async with asyncio.timeout(30):
        seen = await anext(ours)
    assert [line["text"] for line in seen["lines"]] == ["from the official client"]
    await http.mutation("rooms:append", {"room": room, "text": "from ours"})
    answers = await theirs
    echoed = [await http.query("rooms:echo", {"value": value}) for value in VALUES]
    assert repr(answers[: len(VALUES)]) == repr(echoed) == repr([plain(value) for value in VALUES])
    assert answers[-1] == await sync.query("rooms:tail", {"room": room, "after": ConvexInt64(0)})


async def test_the_official_javascript_client_reads_the_same(served: Served, sync: Sync) -> None:
    answers = await run(NODE, "--input-type=module", "-e", JAVASCRIPT, served.url, as_json())
    echoed = [await sync.query("rooms:echo", {"value": value}) for value in VALUES]
    assert repr(answers) == repr(echoed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values)
async def test_any_value_comes_back_from_a_deployment_by_both_ways(value: Any, http: Deployment, sync: Sync) -> None:
    expected = sorted_repr(plain(value))
    by_http, by_socket = await asyncio.gather(
        http.query("rooms:echo", {"value": value}), sync.query("rooms:echo", {"value": value})
    )
    assert sorted_repr(by_http) == expected
    assert sorted_repr(by_socket) == expected


def sorted_repr(value: Any) -> str:
    """A repr in which the order of an object's fields does not show: a deployment sorts them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {sorted_repr(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(sorted_repr, value)) + "]"
    return repr(value)
