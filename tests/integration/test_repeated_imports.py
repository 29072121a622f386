"""Imports and copies that are sent again with the same key, as after an answer that was lost."""

import json
from typing import Any

from harness.drawings import element, excalidraw
from harness.people import Person, shape_of_kind

SIZE: dict[str, Any] = {"w": 40, "h": 30}
KEY = {"Idempotency-Key": "again-1"}
TWO = excalidraw(element("a"), element("b", "ellipse", x=200))
MANY = [element(f"e{n}", x=n) for n in range(250)]  # more than one change


async def test_another_file_with_the_key_of_a_new_board_leaves_that_board(ana: Person) -> None:
    made = (await ana.request("POST", "/boards/import", data=TWO, headers=KEY)).json
    again = await ana.request("POST", "/boards/import", data=excalidraw(element("c")), headers=KEY)
    assert again.status == 409
    assert again.error["message"].endswith("What an earlier request with this Idempotency-Key made stays.")
    assert len(await ana.shapes(made["id"])) == 2


async def test_another_file_with_the_same_beginning_leaves_what_is_there(ana: Person) -> None:
    board = await ana.create_board()
    path = f"/boards/{board}/import"
    assert (await ana.request("POST", path, data=excalidraw(*MANY), headers=KEY)).status == 201
    again = await ana.request("POST", path, data=excalidraw(*MANY[:210], *MANY[:5]), headers=KEY)
    assert again.status == 409
    assert again.error["message"].endswith("What an earlier request with this Idempotency-Key made stays.")
    assert len(await ana.shapes(board)) == 250


async def test_a_copy_made_again_after_a_change_leaves_the_first(ana: Person) -> None:
    board = await ana.create_board("Plan")
    assert (await ana.draw(board, shape_of_kind("rectangle", **SIZE))).status == 201
    made = (await ana.request("POST", f"/boards/{board}/copies", headers=KEY)).json
    assert (await ana.draw(board, shape_of_kind("ellipse", **SIZE))).status == 201
    assert (await ana.request("POST", f"/boards/{board}/copies", headers=KEY)).status == 409
    assert len(await ana.shapes(made["id"])) == 1


async def test_the_longest_words_of_a_file_are_no_trouble(ana: Person) -> None:
    shape = {"id": "s", "kind": "rectangle", **SIZE}
    line: dict[str, Any] = {"id": "l", "kind": "line", "points": [0, 0, 9, 9]}
    file = {"type": "easel", "version": 1, "title": "é" * 20_000, "shapes": [shape, line]}
    made = await ana.request("POST", "/boards/import", data=json.dumps(file))
    assert (made.status, made.json["title"]) == (201, "é" * 200)
    line["from"] = {"id": "s", "at": [0, 0], "x" * 20_000: 1}
    refused = await ana.request("POST", "/boards/import", data=json.dumps(file))
    assert refused.status == 422
    assert len(refused.error["message"]) < 600
