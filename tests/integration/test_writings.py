"""The search in everything that is written on a person's boards, as the pages and programs ask for it."""

from harness.people import Person, shape_of_kind
from harness.pictures import add


async def test_what_is_written_is_found_with_its_context(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Garden")
    before, after = "Some words before it, and more of them. " * 5, " and more of them after it" * 10
    await ana.draw(board, shape_of_kind("note", "long", text=f"{before}Persimmon{after}"))
    picture = await add(ana, board, alt="A persimmon, cut")
    answer = await ana.get("/search?q=PERSIMMON")
    assert answer.status == 200
    (found,) = answer.json["boards"]
    assert (found["id"], found["title"], found["role"]) == (board, "Garden", "owner")
    texts = {match["shape"]: match["text"] for match in found["matches"]}
    assert texts[picture["id"]] == "A persimmon, cut"
    assert texts["long"].startswith("…")
    assert texts["long"].endswith("…")
    assert "Persimmon" in texts["long"]
    assert len(texts["long"]) <= 202
    assert (await ben.get("/search?q=persimmon")).json == {"boards": [], "more": False}


async def test_the_list_shows_it_below_the_boards_that_are_named_so(ana: Person) -> None:
    board = await ana.create_board("Orchard")
    await ana.draw(board, shape_of_kind("rectangle", "plan", w=200, h=100, text="<b>Loquat</b>"))
    page = (await ana.get("/boards?q=loquat", headers={"Accept": "text/html"})).body.decode()
    assert 'hx-get="/search?q=loquat"' in page
    part = (await ana.get("/search?q=loquat", headers={"HX-Request": "true"})).body.decode()
    assert f'href="/boards/{board}#plan"' in part
    assert "&lt;b&gt;Loquat" in part


async def test_a_search_for_nothing_or_too_much_is_refused(ana: Person) -> None:
    for path in ("/search", "/search?q=%20", f"/search?q={'a' * 201}"):
        answer = await ana.get(path)
        assert (answer.status, answer.error["field"]) == (422, "q"), path
