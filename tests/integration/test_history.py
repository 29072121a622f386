"""Who did what on a board, for programs: pages, filters, named versions, and who gets to see them."""

from typing import Any

import pytest

from harness.people import Person, shape_of_kind, stroke

PAGE = {"Accept": "text/html"}


async def history(person: Person, board: str, **asked: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = await person.get(f"/boards/{board}/history?{query}")
    assert answer.status == 200, answer.body
    return answer.json


async def test_the_history_says_who_did_what(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Shared", "link-edit")
    first = (await ana.draw(board, stroke("a"), stroke("b"))).json
    last = (await ben.draw(board, shape_of_kind("note", "n", text="Milk"))).json
    found = await history(ana, board)
    assert [(one["name"], one["words"], one["changes"]) for one in found["sittings"]] == [
        ("Ben", "added 1 note", 1),
        ("Ana", "drew 2 strokes", 1),
    ]
    assert [one["to"] for one in found["sittings"]] == [last["ts"], first["ts"]]
    assert (found["cursor"], found["level"], found["versions"]) == (None, True, [])
    by = await history(ana, board, by=found["sittings"][1]["author"])
    assert [one["name"] for one in by["sittings"]] == ["Ana"]
    of = await history(ana, board, shapes="n,a")
    assert [one["words"] for one in of["sittings"]] == ["added 1 note", "drew 1 stroke"]


async def test_a_long_history_of_a_shape_comes_in_pages(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, stroke("a"))
    for x in range(65):
        await ana.post(f"/boards/{board}/changes", {"changeId": f"c{x}", "patch": {"a": {"x": x + 1}}})
    first = await history(ana, board, shapes="a")
    last = await history(ana, board, shapes="a", cursor=first["cursor"])
    assert [page["sittings"][0]["changes"] for page in (first, last)] == [60, 6]
    assert last["cursor"] is None


async def test_a_version_is_listed_with_the_moment_that_it_names(ana: Person) -> None:
    board = await ana.create_board()
    first = (await ana.draw(board, stroke("a"))).json
    await ana.draw(board, stroke("b"))
    made = await ana.post(f"/boards/{board}/versions", {"name": "Before", "ts": first["ts"]})
    assert (made.status, made.json["ts"], made.json["author"]) == (201, first["ts"], "Ana")
    path = f"/boards/{board}/versions/{made.json['id']}"
    assert (await ana.request("PATCH", path, json={"name": "Earlier"})).json["name"] == "Earlier"
    assert [one["name"] for one in (await history(ana, board))["versions"]] == ["Earlier"]
    assert (await ana.request("DELETE", path)).status == 204
    assert (await ana.get(f"/boards/{board}/versions")).json == {"versions": []}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *(("cursor=x", "cursor"), ("shapes=a&cursor=%7B", "cursor"), ("cursor=9999999999999999999", "cursor")),
        *(("by=nobody", "by"), ("by=%3F", "by"), ("shapes=", "shapes"), ("shapes=" + "a," * 20 + "a", "shapes")),
    ],
)
async def test_a_bad_question_is_told_which_field_is_wrong(ana: Person, query: str, field: str) -> None:
    board = await ana.create_board()
    refused = await ana.get(f"/boards/{board}/history?{query}")
    assert (refused.status, refused.error["field"]) == (422, field), refused.body


@pytest.mark.parametrize("body", [{"name": ""}, {"name": "n" * 81}, {"name": "n", "ts": "1"}, {"name": "n", "ts": "x"}])
async def test_a_bad_version_is_refused(ana: Person, body: dict[str, str]) -> None:
    board = await ana.create_board()
    refused = await ana.post(f"/boards/{board}/versions", body)
    assert (refused.status, refused.error["field"]) == (422, "ts" if "ts" in body else "name")


async def test_who_may_only_view_sees_no_history_unless_the_owner_shows_it(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Shared", "link-edit")
    await ana.draw(board, stroke("a"))
    for path in ("history", "versions"):
        assert (await ben.get(f"/boards/{board}/{path}")).status == 403  # an editor by the link is no member
    assert b'id="history"' not in (await ben.get(f"/boards/{board}", headers=PAGE)).body
    await ana.request("PATCH", f"/boards/{board}", json={"historyOpen": True})
    assert len((await history(ben, board))["sittings"]) == 1
    assert b'id="history"' in (await ben.get(f"/boards/{board}", headers=PAGE)).body


async def test_times_are_under_the_days_of_the_readers_own_clock(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, stroke("a"))
    headers = {"Accept": "text/html", "Cookie": "zone=Asia/Kolkata"}
    page = (await ana.get(f"/boards/{board}/history", headers=headers)).body.decode()
    assert "+05:30" in page
    for zone in ("Europe", "../../etc/passwd", "No/Where", "tzdata.zi"):
        headers["Cookie"] = f"zone={zone}"
        assert "Times are UTC." in (await ana.get(f"/boards/{board}/history", headers=headers)).body.decode()
