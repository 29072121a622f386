"""Answers taken as final although they are not about the change: a page that had a session is told 401, never 404."""

import pytest

from harness.people import Person
from harness.processes import Easel

MISSING = "j972j5696eqps5q6d1w93s5g1n8k6hnb"
REQUESTS = [
    ("GET", ""),
    ("GET", ".json"),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/changes"),
    ("GET", "/changes"),
    ("POST", "/undo"),
    ("POST", "/redo"),
    ("POST", "/presence"),
    ("GET", "/stream"),
    ("GET", "/cells"),
    ("GET", "/cells/near?at=0,0"),
    ("POST", "/images"),
    ("GET", "/images/abc"),
    ("GET", "/files"),
    ("DELETE", "/files/abc"),
    ("GET", "/outline"),
    ("GET", "/members"),
    ("PATCH", "/members/abc"),
    ("POST", "/ownership"),
    ("GET", "/invites"),
    ("POST", "/invites"),
]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
async def test_a_page_without_its_session_gets_401_whatever_it_asks(
    easel: Easel, ana: Person, method: str, path: str
) -> None:
    proof = {"X-Easel-Person": "0123456789abcdef", "Accept": "application/json", "Origin": easel.url}
    board = await ana.create_board("Private")
    for cookie in ({}, {"Cookie": "session=rubbish"}):
        told = []
        for id in (board, MISSING):
            url = f"{easel.url}/boards/{id}{path}"
            async with ana.http.request(method, url, headers={**proof, **cookie}, json={}) as answer:
                told.append((answer.status, await answer.text()))
        assert told[0] == told[1], "whether the board exists"
        assert told[0][0] == 401
        assert '"unauthenticated"' in told[0][1]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
async def test_a_stranger_cannot_tell_a_private_board_from_none(
    easel: Easel, ana: Person, method: str, path: str
) -> None:
    board = await ana.create_board("Private")
    told = []
    for id in (board, MISSING):
        url = f"{easel.url}/boards/{id}{path}"
        async with ana.http.request(
            method, url, headers={"Accept": "application/json", "Origin": easel.url}, json={}
        ) as answer:
            told.append((answer.status, await answer.text()))
    assert told[0] == told[1]
    assert told[0][0] in (401, 404)


async def test_signing_out_and_in_need_no_session(easel: Easel, ana: Person) -> None:
    proof = {"X-Easel-Person": "0123456789abcdef", "Accept": "application/json", "Origin": easel.url}
    async with ana.http.delete(f"{easel.url}/session", headers=proof) as answer:
        assert answer.status == 204
    async with ana.http.post(f"{easel.url}/session", headers=proof, json={"name": "Ana"}) as answer:
        assert answer.status == 201
