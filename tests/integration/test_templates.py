"""Boards as templates: one's own, and those that come with Easel."""

import aiohttp
import pytest

from app.exchange.templates import Template, Templates
from harness.people import Person, stroke
from harness.processes import Easel
from tests.integration.sharing import join

FORM = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
TEMPLATES = {template.slug: template for template in Templates()}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=str)
def test_every_template_has_a_title_and_shapes_and_no_pictures(template: Template) -> None:
    shapes = template.shapes()
    assert template.title
    assert shapes
    assert "image" not in {shape.kind for shape in shapes}


async def test_a_board_of_a_shipped_template_is_made_once(ana: Person) -> None:
    key = {"Idempotency-Key": "kanban"}
    first, again = [await ana.post("/boards/from/kanban", headers=key) for _ in range(2)]
    assert first.status == 201, first.body
    assert first.json == again.json
    template = TEMPLATES["kanban"]
    assert first.json["title"] == template.title
    made = await ana.shapes(first.json["id"])
    assert [shape["kind"] for shape in made] == [shape.kind for shape in template.shapes()]
    form = await ana.request("POST", "/boards/from/kanban", data=b"", headers=FORM)
    assert form.status == 303
    assert form.headers["Location"].startswith("/boards/")
    assert (await ana.post("/boards/from/none")).status == 404


@pytest.mark.parametrize(
    ("form", "media_type", "start"), [("svg", "image/svg+xml", "<svg"), ("png", "image/png", "\x89PNG")]
)
async def test_the_picture_of_a_template_is_for_all_and_kept(
    http: aiohttp.ClientSession, easel: Easel, form: str, media_type: str, start: str
) -> None:
    tags = set()
    for theme in ("light", "dark"):
        address = f"{easel.url}/templates/kanban.{form}?theme={theme}"
        async with http.get(address) as answer:
            assert (answer.status, answer.content_type) == (200, media_type)
            assert answer.headers["Cache-Control"] == "public, max-age=3600"
            assert (await answer.read()).startswith(start.encode("latin-1"))
            tags.add(answer.headers["ETag"])
        async with http.get(address, headers={"If-None-Match": answer.headers["ETag"]}) as same:
            assert (same.status, await same.read()) == (304, b"")
    assert len(tags) == 2
    wrong = {"none": 404, "..%2Fkinds": 404, "kanban": 422}
    for path, status in {f"{slug}.{form}?theme=red": status for slug, status in wrong.items()}.items():
        async with http.get(f"{easel.url}/templates/{path}") as refused:
            assert refused.status == status, path


async def test_a_copy_of_ones_own_template_is_called_like_it(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Weekly")
    await ana.draw(board, stroke("line"))
    switched = await ana.request("PATCH", f"/boards/{board}", json={"template": True})
    assert (switched.status, switched.json["template"]) == (200, True)
    assert (await ben.post(f"/boards/{board}/copies")).status == 404  # a template is for nobody new
    copy = await ana.post(f"/boards/{board}/copies")
    assert (copy.status, copy.json["title"]) == (201, "Weekly")
    assert len(await ana.shapes(copy.json["id"])) == 1
    [listed] = (await ana.get("/boards?section=templates")).json["boards"]
    assert (listed["id"], listed["template"]) == (board, True)  # the copy is an ordinary board
    form = await ana.request("POST", f"/boards/{board}/copies", data=b"", headers=FORM)
    assert form.headers["Location"] not in ("/boards", f"/boards/{board}")
    await join(ana, board, ben, "viewer")
    assert (await ben.post(f"/boards/{board}/copies")).status == 403
    off = await ana.request("POST", f"/boards/{board}?_method=PATCH", data="template=false", headers=FORM)
    assert (off.status, off.headers["Location"]) == (303, "/boards?section=templates")
    assert (await ana.get("/boards?section=templates")).json["boards"] == []
