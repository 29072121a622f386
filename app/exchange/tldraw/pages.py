"""tldraw's pages on one board: one file is one board, and one undo. Of several pages each is a frame, side by side."""

from collections.abc import Sequence
from typing import Any

from app.exchange.ground.boxes import box_around
from app.exchange.ground.data import in_url
from app.exchange.ground.drawing import Drawing
from app.exchange.ground.values import table, words
from app.exchange.tldraw.shapes import shape_of
from app.exchange.tldraw.store import Record, Store, store_of

AROUND = 60  # px from a page's shapes to its frame
GAP = 120  # px between two frames

Page = tuple[Record, list[dict[str, Any]]]


def read_tldraw(found: dict[str, Any]) -> Drawing:
    """Raises Refused."""
    store, drawing = store_of(found), Drawing()
    named = next((one for one in store.by_id.values() if one.get("typeName") == "document"), {})
    drawing.title = words(named.get("name"))
    pages = [(page, shapes_on(page, store, drawing)) for page in store.pages()]
    drawing.shapes = arranged([(page, shapes) for page, shapes in pages if shapes], drawing)
    assets = [one for one in store.by_id.values() if one.get("typeName") == "asset"]
    pictures = {str(one["id"]): in_url(table(one.get("props")).get("src")) for one in assets}
    drawing.pictures = {id: picture for id, picture in pictures.items() if picture}
    return drawing


def shapes_on(page: Record, store: Store, drawing: Drawing) -> list[dict[str, Any]]:
    all = list(store.shapes(str(page["id"])))
    places = {str(shape["id"]): place for shape, place in all}
    made = [shape_of(shape, place, store, places, drawing.lost) for shape, place in all]
    return [shape for shape in made if shape]


def arranged(pages: Sequence[Page], drawing: Drawing) -> list[dict[str, Any]]:
    if len(pages) < 2:
        return [shape for _, shapes in pages for shape in shapes]
    drawing.lost["page"] += len(pages)
    found: list[dict[str, Any]] = []
    x = 0.0
    for page, shapes in pages:
        left, top, right, bottom = box_around(shapes) or (0.0, 0.0, 0.0, 0.0)
        w, h = right - left + 2 * AROUND, bottom - top + 2 * AROUND
        title = words(page.get("name"))[:200]
        frame = {"kind": "frame", "id": page["id"], "w": round(w, 2), "h": round(h, 2), "text": title, "color": "grey"}
        dx, dy = x + AROUND - left, AROUND - top
        moved = [{**one, "x": round(one["x"] + dx, 2), "y": round(one["y"] + dy, 2)} for one in shapes]
        found += [{**frame, "x": round(x, 2), "y": 0.0}, *moved]
        x += w + GAP
    return found
