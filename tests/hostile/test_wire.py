"""A client that costs without ever completing a request: endless heads, addresses and bodies, silence, sockets."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.hostile.others import others
from tests.hostile.raw import Raw, cpu, memory, request

MOST = 60  # connections of an address
MIB = 2**20


@pytest.fixture(scope="module")
def easel() -> Iterator[Easel]:
    settings = {"MAX_CONNECTIONS_PER_ADDRESS": str(MOST), "EASEL_HASTE": "4"}
    with tempfile.TemporaryDirectory() as folder, Easel(Path(folder), **settings) as running:
        yield running


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board()


async def test_endless_headers_are_cut_off(easel: Easel) -> None:
    async with others(easel):
        before, spent = memory(easel.web_pid), cpu(easel.web_pid)
        for header in (b"X-%d: " % 1 + b"a" * MIB, b"a: b\r\n" * (MIB // 6), b"X" * MIB):
            client = await Raw.open(easel.port)
            await client.send(b"GET / HTTP/1.1\r\n")
            assert await client.send(header, 100) < 100
            client.close()
    assert memory(easel.web_pid) - before < 50 * MIB
    assert cpu(easel.web_pid) - spent < 5.0


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (request("GET", "/?" + "a" * 9_000), (414, "url_too_long")),
        (request("GET", "/", "A: " + "a" * 40_000), (431, "head_too_large")),
        (request("GET", "/", *["A: b"] * 101), (431, "head_too_large")),
        (b"\r\n" * 20_000, (431, "head_too_large")),
        (b"\x16\x03\x01 this is TLS", (400, "bad_request")),
        (request("POST", "/boards", "Transfer-Encoding: chunked", body=b"1;" + b"x" * 80_000), (400, "bad_request")),
    ],
    ids=["url", "head", "headers", "nothing", "tls", "chunks"],
)
async def test_what_is_too_large_is_told_so(easel: Easel, sent: bytes, error: tuple[int, str]) -> None:
    client = await Raw.open(easel.port)
    await client.send(sent)
    assert await client.error() == error


async def test_an_address_of_100_mb_costs_no_time(easel: Easel) -> None:
    client = await Raw.open(easel.port)
    async with others(easel):
        spent = cpu(easel.web_pid)
        await client.send(b"GET /?")
        assert await client.send(b"a" * MIB, 100) < 100
    client.close()
    assert cpu(easel.web_pid) - spent < 5.0


async def test_a_trailer_without_end_is_cut_off(easel: Easel) -> None:
    client = await Raw.open(easel.port)
    async with others(easel):
        await client.send(request("POST", "/boards", "Transfer-Encoding: chunked", body=b"0\r\nA: b\r\n"))
        assert await client.send(b"A: b\r\n" * (MIB // 6), 100) < 100  # the system alone takes some MiB
    client.close()


@pytest.mark.parametrize("header", ["X: y", "Connection: close", "Expect: 100-continue"])
async def test_a_client_that_goes_on_sending_is_answered(easel: Easel, ana: Person, board: str, header: str) -> None:
    length = f"Content-Length: {300 * MIB}"
    head = request("POST", f"/boards/{board}/import", f"Authorization: Bearer {ana.token}", length, header)
    client = await Raw.open(easel.port)
    await client.send(head + bytes(MIB))
    sending = asyncio.create_task(client.send(bytes(MIB), 299))
    answer = await client.reader.read()  # raises if the connection was reset, which may overtake the answer
    assert b" 413 " in answer.splitlines()[0], answer
    client.close()
    assert await sending < 299


async def test_whoever_stops_half_way_is_sent_away(easel: Easel, ana: Person, board: str) -> None:
    json, length = "Content-Type: application/json", "Content-Length: 1000"
    headers = (f"Authorization: Bearer {ana.token}", json, length)
    half = {
        "head": b"GET /healthz HT",
        "body": request("POST", f"/boards/{board}/changes", *headers, body=b"{"),
        "nothing": b"",
    }
    async with others(easel):
        clients = {name: await Raw.open(easel.port) for name in half}
        for name, client in clients.items():
            await client.send(half[name])
        told = await asyncio.gather(*[client.error() for client in clients.values()])
    assert told == [(408, "too_slow"), (408, "too_slow"), (0, "")]


async def test_a_stream_may_be_silent_for_as_long_as_it_likes(easel: Easel, ana: Person, board: str) -> None:
    stream = await Raw.open(easel.port)
    await stream.send(request("GET", f"/boards/{board}/stream?format=json", f"Authorization: Bearer {ana.token}"))
    slow = await Raw.open(easel.port)
    await slow.send(b"GET / HT")
    assert (await slow.error())[0] == 408  # by then a head would have been given up, and an idle connection
    sent = stroke()
    await ana.draw(board, sent)
    await stream.reader.readuntil(sent["id"].encode())
    stream.close()


async def test_sockets_without_a_word_keep_nobody_out(easel: Easel, http: aiohttp.ClientSession) -> None:
    async with others(easel):
        silent = [await Raw.open(easel.port) for _ in range(3 * MOST)]
        ben = await Person.sign_in(http, easel.url, "Ben")  # from the same address
        assert await asyncio.gather(*[client.rest() for client in silent[:MOST]]) == [b""] * MOST
        await ben.create_board()
    for client in silent:
        client.close()


async def test_one_address_takes_no_place_of_another(easel: Easel, ana: Person, board: str) -> None:
    stream = request("GET", f"/boards/{board}/stream?format=json", f"Authorization: Bearer {ana.token}")
    taken = request("POST", f"/boards/{board}/images", "Content-Length: 10", body=b"{")  # waits for no turn
    busy = [await Raw.open(easel.port, "127.0.0.7") for _ in range(MOST)]
    for client in busy:
        await client.send(taken)
    for client in busy:
        await client.reader.readuntil(b"\r\n\r\n")  # the server knows of its request, the body of which never ends
    refused = [await Raw.open(easel.port, "127.0.0.7") for _ in range(5)]
    told = [await client.error() for client in refused]
    elsewhere = await Raw.open(easel.port, "127.0.0.8")
    await elsewhere.send(stream)
    assert (await elsewhere.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
    for client in (*busy, elsewhere):
        client.close()
    assert told == [(429, "too_many_connections")] * 5


async def test_thousands_of_requests_in_one_piece_are_taken_in_turn(easel: Easel) -> None:
    client = await Raw.open(easel.port)
    many = 2_000
    async with others(easel):
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * many)
        await client.send(request("GET", "/healthz", "Connection: close"))
        assert (await client.rest()).count(b"HTTP/1.1 200 ") == many + 1
