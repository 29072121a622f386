"""The official Python client against the embedded deployment.

Its calls hold the GIL for the whole round trip, so the deployment is a process of its own and nothing
here waits for another thread of this process while a call is under way.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from convex import ConvexClient, ConvexError, ConvexInt64
from convex.http_client import ConvexHttpClient

from launch.deployment import NODE

HERE = Path(__file__).parent
MAIN = HERE.parent.parent / "embedded" / "main.ts"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("embedded")
    env = folder / "env.json"
    env.write_text(json.dumps({"AUTH_PROVIDERS": "[]"}))
    command: list[str | Path] = [
        NODE,
        MAIN,
        "--functions",
        HERE / "convex",
        "--data",
        folder / "data",
        "--port",
        "0",
        "--env-file",
        env,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.wait(timeout=5)
        process.stdout.close()


@pytest.fixture
def client(url: str) -> ConvexClient:
    return ConvexClient(url)


def test_a_subscription_sees_the_clients_own_mutation(client: ConvexClient) -> None:
    subscription = iter(client.subscribe("notes:bodies", {"room": "python"}))
    assert next(subscription) == []
    client.mutation("notes:add", {"room": "python", "body": "hello"})
    assert next(subscription) == ["hello"]
    assert client.query("notes:bodies", {"room": "python"}) == ["hello"]


def test_values_keep_their_types(client: ConvexClient) -> None:
    value: dict[str, Any] = {"int": ConvexInt64(7), "float": 1.5, "bytes": b"\x00\xff", "list": [None, True, "x"]}
    assert client.query("values:echo", {"value": value}) == value


def test_a_convex_error_resolves_the_call_with_its_data(client: ConvexClient) -> None:
    args: dict[str, Any] = {"room": "python-error", "data": {"code": "full"}}
    with pytest.raises(ConvexError) as caught:
        client.mutation("notes:addAndFail", args)
    assert caught.value.data == {"code": "full"}
    assert client.query("notes:count", {"room": "python-error"}) == 0


def test_a_plain_error_resolves_the_call(client: ConvexClient) -> None:
    with pytest.raises(Exception, match="ArgumentValidationError"):
        client.mutation("notes:add", {"room": "python-error"})


def test_many_mutations_run_in_order(client: ConvexClient) -> None:
    for i in range(100):
        client.mutation("notes:add", {"room": "python-order", "body": str(i)})
    assert client.query("notes:bodies", {"room": "python-order"}) == [str(i) for i in range(100)]


def test_an_action_answers_and_its_convex_error_carries_data(client: ConvexClient) -> None:
    assert client.action("work:wait", {"ms": 1}) == 1
    with pytest.raises(ConvexError) as caught:
        client.action("work:fails", {"how": "convex"})
    assert caught.value.data == {"how": "convex", "n": ConvexInt64(1)}


def test_the_http_client_gets_floats_for_whole_numbers_too(url: str) -> None:
    client = ConvexHttpClient(url)
    value: dict[str, Any] = {
        "n": 1.0,
        "list": [-2.0, 0.5, 1e21, 0.0],
        "text": '3, "4" \\',
        "int": ConvexInt64(5),
        "bytes": b"\x006",
    }
    answer = client.query("values:echo", {"value": value})
    assert answer == value
    assert [type(n) for n in (answer["n"], *answer["list"])] == [float] * 5
    assert client.query("notes:count", {"room": "empty"}) == 0.0
    data: dict[str, Any] = {"limit": 3.0}
    with pytest.raises(ConvexError) as failure:
        client.mutation("notes:addAndFail", {"room": "x", "data": data})
    assert failure.value.data == data
