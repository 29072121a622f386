"""A board's files: the list of them, what they take, and deleting them."""

import io
import uuid
from collections.abc import Iterator
from random import Random

import aiohttp
import pytest
from PIL import Image

from harness.people import Answer, Person
from harness.pictures import add, picture, send
from harness.processes import Easel
from tests.integration.sharing import join


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board()


async def listed(person: Person, board: str) -> dict[str, object]:
    (file,) = (await person.get(f"/boards/{board}/files")).json["files"]
    return dict(file)


async def remove_shape(person: Person, board: str, shape: str) -> None:
    change = {"changeId": str(uuid.uuid4()), "remove": [shape]}
    assert (await person.post(f"/boards/{board}/changes", change)).status == 201


async def delete(person: Person, board: str, file: str) -> Answer:
    return await person.request("DELETE", f"/boards/{board}/files/{file}")


async def test_the_list_says_what_each_file_is_and_takes(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(300, 200), name="My holiday.png")
    file = await listed(ana, board)
    assert {name: file[name] for name in ("id", "name", "width", "height", "by", "yours", "shown", "keptUntil")} == {
        **{"id": shape["file"], "name": "My holiday.png", "width": 300, "height": 200},
        **{"by": "Ana", "yours": True, "shown": 1, "keptUntil": None},
    }
    used = (await ana.get(f"/boards/{board}/files")).json
    assert used["board"] == {"bytes": file["size"], "files": 1, "most": 256 * 2**20}
    assert used["you"]["bytes"] >= file["size"]


async def test_an_unused_file_is_kept_for_a_month_and_can_be_deleted_now(ana: Person, board: str) -> None:
    shape = await add(ana, board)
    assert (await delete(ana, board, shape["file"])).error["code"] == "conflict"
    await remove_shape(ana, board, shape["id"])
    file = await listed(ana, board)
    assert file["shown"] == 0
    assert isinstance(file["keptUntil"], int)
    assert 29.9 < (file["keptUntil"] - int(str(file["at"]))) / 86_400_000 < 30.1
    assert (await ana.get(f"/boards/{board}/images/{shape['file']}")).status == 200
    assert (await delete(ana, board, shape["file"])).status == 204
    assert (await ana.get(f"/boards/{board}/images/{shape['file']}")).status == 404
    assert (await delete(ana, board, shape["file"])).status == 404
    after = (await ana.get(f"/boards/{board}/files")).json
    assert (after["files"], after["board"]["bytes"]) == ([], 0)


async def test_an_editor_deletes_what_they_added_and_the_owner_anything(ana: Person, ben: Person, board: str) -> None:
    await join(ana, board, ben, "editor")
    of_ana, of_ben = await add(ana, board, picture(color="red")), await add(ben, board, picture(color="blue"))
    for shape in (of_ana, of_ben):
        await remove_shape(ana, board, shape["id"])
    assert (await delete(ben, board, of_ana["file"])).status == 403
    assert (await delete(ben, board, of_ben["file"])).status == 204
    assert (await delete(ana, board, of_ana["file"])).status == 204


async def test_the_page_works_without_script(ana: Person, board: str) -> None:
    shape = await add(ana, board, name="<b>.png")
    await remove_shape(ana, board, shape["id"])
    page = {"Accept": "text/html"}
    body = (await ana.get(f"/boards/{board}/files", headers=page)).body.decode()
    assert "&lt;b&gt;.png" in body
    assert 'enctype="multipart/form-data"' in body
    action = f"/boards/{board}/files/{shape['file']}?_method=DELETE"
    assert f'action="{action}"' in body
    form = {**page, "Content-Type": "application/x-www-form-urlencoded"}
    answer = await ana.request("POST", action, headers=form)
    assert (answer.status, answer.headers["Location"]) == (303, f"/boards/{board}/files")
    assert "No pictures yet" in (await ana.get(f"/boards/{board}/files", headers=page)).body.decode()


async def test_a_cursor_that_is_none_is_refused(ana: Person, board: str) -> None:
    answer = await ana.get(f"/boards/{board}/files?cursor=x")
    assert (answer.status, answer.error.get("field")) == (422, "cursor"), answer.body


# Limits


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """An Easel with room for few pictures: one of 200 × 200 px of noise takes about 100 kB, with its variants."""
    limits = {"MAX_BOARD_BYTES": "150000", "MAX_PERSON_BYTES": "250000", "RATE_UPLOADS": "8"}
    with Easel(tmp_path_factory.mktemp("strict"), **limits) as easel:
        yield easel


def noise(seed: int) -> bytes:
    body = io.BytesIO()
    Image.frombytes("RGB", (180, 180), Random(seed).randbytes(180 * 180 * 3)).save(body, "PNG")
    return body.getvalue()


async def test_a_board_and_a_person_have_so_much_room(strict: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, strict.url, "Ana")
    boards = [await ana.create_board() for _ in range(3)]
    first = await add(ana, boards[0], noise(1))
    full = await send(ana, boards[0], noise(2))
    assert (full.status, full.error["code"], full.error["limit"]) == (413, "storage_full", 150_000)
    assert "this board" in full.error["message"]
    assert (await send(ana, boards[0], noise(1))).status == 201  # the same again takes nothing
    await add(ana, boards[1], noise(3))
    full = await send(ana, boards[2], noise(4))
    assert (full.status, full.error["limit"]) == (413, 250_000)
    assert "Your pictures" in full.error["message"]
    assert await ana.shapes(boards[2]) == []
    for shape in await ana.shapes(boards[0]):
        await remove_shape(ana, boards[0], shape["id"])
    assert (await delete(ana, boards[0], first["file"])).status == 204
    assert (await send(ana, boards[2], noise(4))).status == 201


async def test_too_many_pictures_in_ten_minutes_have_to_wait(strict: Easel, http: aiohttp.ClientSession) -> None:
    ben = await Person.sign_in(http, strict.url, "Ben")
    board = await ben.create_board()
    answers = [await send(ben, board, picture()) for _ in range(9)]
    assert [answer.status for answer in answers] == [201] * 8 + [429]
    assert answers[-1].error["limit"] == 8
    assert int(answers[-1].headers["Retry-After"]) > 0
