"""The trash, as people and programs use it: streams end, pages are gone, and everything comes back."""

import re

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.pictures import add
from harness.processes import Easel
from tests.integration.sharing import join, people, roles
from tests.integration.sse import reading

FORM = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def second(easel: Easel) -> str:
    """Another web process of the same Easel."""
    return easel.start_another_web()


async def in_trash(person: Person) -> list[str]:
    return [board["title"] for board in (await person.get("/boards?section=trash")).json["boards"]]


async def test_streams_end_in_every_process_and_addresses_are_gone(ana: Person, ben: Person, second: str) -> None:
    board = await ana.create_board("Plans", "link-edit")
    shape = await add(ana, board)
    elsewhere = Person(ben.http, second, ben.name, ben.id, ben.token)
    async with reading(ben, board) as one, reading(elsewhere, board) as other:
        assert (await ana.request("DELETE", f"/boards/{board}")).status == 204
        for reader in (one, other):
            await reader.until(lambda frame: frame.event == "access" and frame.json["role"] is None)
    for person in (ana, ben, elsewhere):
        for path in ("", ".json", ".svg", "/changes", "/members", "/stream", f"/images/{shape['file']}"):
            assert (await person.get(f"/boards/{board}{path}")).status == 404, path
        assert (await person.draw(board, stroke())).status == 404
        assert (await person.get("/boards")).json["boards"] == []


async def test_what_is_restored_is_there_for_everybody_who_was_on_it(
    http: aiohttp.ClientSession, easel: Easel, second: str
) -> None:
    there = await people(http, easel.url, "link-view")
    owner, editor = there["owner"], there["editor"]
    shape = await add(editor, there.board)
    before = await roles(owner, there.board)
    assert (await owner.request("DELETE", f"/boards/{there.board}")).status == 204
    assert await in_trash(owner) == ["Ours"]
    assert await in_trash(editor) == []
    assert (await owner.post(f"/trash/{there.board}/restore")).json == {"id": there.board}
    assert await in_trash(owner) == []
    assert await roles(owner, there.board) == before
    elsewhere = Person(http, second, "", "", editor.token)
    for person in (owner, there["stranger"], elsewhere):
        assert [one["id"] for one in await person.shapes(there.board)] == [shape["id"]]
        assert (await person.get(f"/boards/{there.board}/images/{shape['file']}")).status == 200
    assert (await there["removed"].get(f"/boards/{there.board}")).status == 404
    assert (await elsewhere.draw(there.board, stroke())).status == 201


async def test_the_trash_works_with_forms_alone(ana: Person) -> None:
    board = await ana.create_board("By <form>")
    deleted = await ana.request("POST", f"/boards/{board}?_method=DELETE", data=b"", headers=FORM)
    assert (deleted.status, deleted.headers["Location"]) == (303, "/boards")
    page = (await ana.get("/boards?section=trash", headers=HTML)).body.decode()
    assert "By &lt;form&gt;" in page
    assert f'value="{board}"' in page
    restored = await ana.request("POST", f"/trash/{board}/restore", data=b"", headers=FORM)
    assert (restored.status, restored.headers["Location"]) == (303, f"/boards/{board}")
    await ana.request("DELETE", f"/boards/{board}")
    gone = await ana.request("POST", f"/trash/{board}?_method=DELETE", data=b"", headers=FORM)
    assert (gone.status, gone.headers["Location"]) == (303, "/boards?section=trash")
    assert await in_trash(ana) == []
    assert (await ana.post(f"/trash/{board}/restore")).status == 404


async def test_it_can_be_deleted_and_restored_again_and_again_with_a_key(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Again")
    await join(ana, board, ben, "editor")
    for _ in range(2):
        for method, path in (("DELETE", f"/boards/{board}"), ("POST", f"/trash/{board}/restore")):
            assert (await ana.request(method, path)).status < 300
    await ana.request("DELETE", f"/boards/{board}")
    key = {"Idempotency-Key": "once"}
    assert [(await ana.post(f"/trash/{board}/restore", headers=key)).status for _ in range(2)] == [200, 200]
    assert (await ben.draw(board, stroke())).status == 201


async def test_only_its_owner_is_told_that_a_board_is_in_the_trash(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plans <b>", "link-edit")
    missing = board[:-1] + ("0" if board[-1] != "0" else "1")
    await ana.request("DELETE", f"/boards/{board}")
    owners, others, none = [
        await person.get(f"/boards/{id}", headers=HTML) for person, id in ((ana, board), (ben, board), (ben, missing))
    ]
    assert {owners.status, others.status, none.status} == {404}
    assert b"<q>Plans &lt;b&gt;</q>. It is in your trash" in owners.body
    assert f'action="/trash/{board}/restore"' in owners.body.decode()
    assert b"Plans" not in others.body
    assert nameless(others.body, board) == nameless(none.body, missing)


def nameless(page: bytes, board: str) -> str:
    """Without what differs from page to page."""
    return re.sub(r'nonce="[^"]*"', "", page.decode().replace(board, ""))


@pytest.mark.parametrize("path", ["/boards?section=nowhere", "/boards?section=trash&cursor=nonsense"])
async def test_a_section_or_cursor_that_is_none_is_invalid(ana: Person, path: str) -> None:
    refused = await ana.get(path)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert refused.error["field"] in path
