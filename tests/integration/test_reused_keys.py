"""Acknowledged but not done: a key used again for another request is a conflict, and for the same request the same."""

from typing import Any

import pytest

from harness.people import Person

KEY = {"Idempotency-Key": "the-same"}
NONE: dict[str, Any] = {}


def assert_conflict(answer: Any) -> None:
    assert (answer.status, answer.error["code"], answer.error["field"]) == (409, "conflict", "operationId")
    assert "another request" in answer.error["message"]


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board("Zero")


async def test_another_title_under_the_same_key_is_a_conflict(ana: Person, board: str) -> None:
    first = await ana.request("PATCH", f"/boards/{board}", json={"title": "One"}, headers=KEY)
    assert first.status == 200
    assert_conflict(await ana.request("PATCH", f"/boards/{board}", json={"title": "Two"}, headers=KEY))
    assert (await ana.get(f"/boards/{board}.json")).json["title"] == "One"
    again = await ana.request("PATCH", f"/boards/{board}", json={"title": "One"}, headers=KEY)
    assert (again.status, again.body) == (200, first.body)


async def test_a_delete_under_the_key_of_another_request_deletes_nothing(ana: Person, board: str) -> None:
    other = await ana.create_board()
    assert (await ana.request("DELETE", f"/boards/{other}", headers=KEY)).status == 204
    assert_conflict(await ana.request("DELETE", f"/boards/{board}", headers=KEY))
    assert (await ana.get(f"/boards/{board}.json")).status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/boards", {"title": "Other"}),
        ("POST", "/boards", {}),
        ("PATCH", "/boards/{board}", {"title": "Made"}),
        ("PATCH", "/boards/{board}", {"visibility": "link-view"}),
        ("DELETE", "/boards/{board}", None),
        ("POST", "/boards/{board}/invites", {}),
        ("PATCH", "/boards/{board}/members/{ben}", {"role": "viewer"}),
        ("DELETE", "/boards/{board}/members/{ben}", None),
        ("POST", "/boards/{board}/ownership", {"user": "{ben}"}),
        ("POST", "/invites", {"token": "{token}"}),
        ("DELETE", "/boards/{board}/invites/{invite}", None),
    ],
)
async def test_no_request_goes_under_the_key_of_another(
    ana: Person, ben: Person, board: str, method: str, path: str, body: dict[str, str] | None
) -> None:
    made = (await ana.post(f"/boards/{board}/invites", {})).json
    assert (await ben.post("/invites", {"token": made["token"]})).status == 200
    assert (await ana.post("/boards", {"title": "Made"}, headers=KEY)).status == 201
    names = {"board": board, "ben": ben.id, "token": made["token"], "invite": made["id"]}
    filled = {name: value.format(**names) for name, value in (body or NONE).items()}
    asked: dict[str, Any] = NONE if body is None else {"json": filled}
    assert_conflict(await ana.request(method, path.format(**names), headers=KEY, **asked))


async def test_an_invitation_asked_for_again_with_other_terms_is_a_conflict(ana: Person, board: str) -> None:
    path = f"/boards/{board}/invites"
    assert (await ana.post(path, {"role": "viewer"}, headers=KEY)).status == 201
    assert (await ana.post(path, {"role": "viewer"}, headers=KEY)).status == 200
    assert_conflict(await ana.post(path, {"role": "editor"}, headers=KEY))


async def test_two_people_may_use_the_same_key(ana: Person, ben: Person) -> None:
    for person, title in ((ana, "One"), (ben, "Two")):
        assert (await person.post("/boards", {"title": title}, headers=KEY)).status == 201
