"""Files of other programs, made by hand: a few shapes of each."""

import json
from typing import Any

Json = dict[str, Any]


def excalidraw(*elements: Json, **files: str) -> bytes:
    given = {id: {"id": id, "mimeType": "image/png", "dataURL": url} for id, url in files.items()}
    return json.dumps({"type": "excalidraw", "version": 2, "elements": elements, "files": given}).encode()


def element(id: str, type: str = "rectangle", **fields: Any) -> Json:
    place = {"x": 0, "y": 0, "width": 100, "height": 50, "angle": 0}
    look = {"strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid", "strokeWidth": 2}
    return {"id": id, "type": type, **place, **look, "opacity": 100, **fields}


def tldraw(*shapes: Json, pages: tuple[str, ...] = ("Page 1",), others: tuple[Json, ...] = ()) -> bytes:
    """With the pages `page:0`, `page:1` and so on."""
    of_pages = [{"typeName": "page", "id": f"page:{n}", "name": name, "index": f"a{n}"} for n, name in enumerate(pages)]
    records = [{"typeName": "document", "id": "document:document", "name": ""}, *of_pages, *shapes, *others]
    schema = {"schemaVersion": 2, "sequences": {}}
    return json.dumps({"tldrawFileFormatVersion": 1, "schema": schema, "records": records}).encode()


def tldraw_shape(id: str, type: str = "geo", *, parent: str = "page:0", **fields: Any) -> Json:
    props: Json = {"w": 100, "h": 50, "geo": "rectangle", "color": "black", "fill": "none", "dash": "draw", "size": "m"}
    given: Json = {"x": 0, "y": 0, "rotation": 0, "index": "a1", "isLocked": False, "opacity": 1} | fields
    props |= given.pop("props", {})
    return {"typeName": "shape", "id": f"shape:{id}", "type": type, "parentId": parent, "props": props, **given}


def svg(*elements: str, w: float = 400, h: float = 300, **attributes: str) -> bytes:
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inside = "".join(elements)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"{given}>{inside}</svg>'.encode()
