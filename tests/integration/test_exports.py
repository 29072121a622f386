"""Boards as files to keep."""

import base64
import io
import json

import pytest
from PIL import Image

from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add, picture
from tests.integration.sharing import join

FORMS = ("easel.json", "excalidraw", "md")


@pytest.fixture
async def board(ana: Person) -> str:
    board = await ana.create_board("Plan/ä: 1")
    note = shape_of_kind("note", "n1", text="Buy milk")
    assert (await ana.draw(board, stroke("s1"), note)).status == 201
    return board


async def test_easel_json_has_everything_in_order(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(300, 200, "#336699"), name="sea.png")
    answer = await ana.get(f"/boards/{board}.easel.json")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    file = json.loads(answer.body)
    assert {name: file[name] for name in ("type", "version", "title")} == {
        **{"type": "easel", "version": 1, "title": "Plan/ä: 1"},
    }
    kept = await ana.shapes(board)
    assert file["shapes"] == [
        {name: value for name, value in one.items() if name not in ("z", "author", "ts")} for one in kept
    ]
    (entry,) = file["pictures"].items()
    assert entry[0] == shape["file"]
    assert entry[1]["type"] == "image/webp"
    assert Image.open(io.BytesIO(base64.b64decode(entry[1]["data"]))).size == (300, 200)


async def test_excalidraw_gets_elements_and_pictures(ana: Person, board: str) -> None:
    await add(ana, board)
    file = json.loads((await ana.get(f"/boards/{board}.excalidraw")).body)
    assert (file["type"], file["version"]) == ("excalidraw", 2)
    assert [one["type"] for one in file["elements"]] == ["freedraw", "rectangle", "text", "image"]
    (name,) = file["files"]
    assert file["elements"][3]["fileId"] == name
    assert file["files"][name]["dataURL"].startswith("data:image/webp;base64,")


async def test_markdown_is_what_is_written(ana: Person, board: str) -> None:
    answer = await ana.get(f"/boards/{board}.md")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.body.decode() == "# Plan/ä: 1\n\n- Buy milk\n\n_1 stroke of ink_\n"


@pytest.mark.parametrize("form", FORMS)
async def test_a_file_is_called_like_the_board(ana: Person, board: str, form: str) -> None:
    answer = await ana.get(f"/boards/{board}.{form}")
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"Plan-__ 1.{form}\"; filename*=UTF-8''Plan-%C3%A4%3A%201.{form}"
    )


@pytest.mark.parametrize("form", FORMS)
async def test_who_has_the_file_does_not_get_it_again(ana: Person, board: str, form: str) -> None:
    path = f"/boards/{board}.{form}"
    etag = (await ana.get(path)).headers["ETag"]
    same = await ana.get(path, headers={"If-None-Match": etag})
    assert (same.status, same.body) == (304, b"")
    await ana.draw(board, stroke())
    assert (await ana.get(path, headers={"If-None-Match": etag})).status == 200


async def test_a_viewer_may_export_and_a_stranger_finds_nothing(ana: Person, ben: Person, board: str) -> None:
    assert (await ben.get(f"/boards/{board}.excalidraw")).status == 404
    await join(ana, board, ben, "viewer")
    assert (await ben.get(f"/boards/{board}.excalidraw")).status == 200
