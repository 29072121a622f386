"""A drawing as the changes that put it on a board: checked, with ids of its own, each as large as a change may be."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import ValidationError

from app.exchange.ground.boxes import box_around
from app.exchange.ground.complete import complete
from app.exchange.ground.drawing import Drawing, Refused, require_room
from app.shapes.declared import KINDS, LIMITS, TEXTS
from app.shapes.models import MODELS

MOST_BYTES = 200 * 1024  # of a change's shapes as JSON: Convex takes 900 KiB of what it makes of them
MOST_PICTURES = 1_000  # of a file: each takes a worker for 0.1 s or more
Raw = dict[str, Any]


def prepare(drawing: Drawing, seed: str, at: tuple[float, float] | None) -> list[Raw]:
    """Its shapes as the API takes them. The same seed gives the same ids. `at`: where its middle goes."""
    require_room(len(drawing.shapes))
    found = pictured([complete(shape) for shape in drawing.shapes], drawing)
    shorten(found, drawing.lost)
    ids = {shape["id"]: identifier(seed, n) for n, shape in reversed(list(enumerate(found)))}
    bind(found, ids, drawing.lost)
    group(found, seed, alone=drawing.strict)
    for n, shape in enumerate(found):
        shape["id"] = identifier(seed, n)
    sound = all_checked(found, drawing)
    return all_checked(moved(sound, at), drawing) if at else sound


def pictured(shapes: list[Raw], drawing: Drawing) -> list[Raw]:
    """Without images whose pictures are not there; the pictures that are needed are called p0, p1 and so on.

    Raises Refused for too many.
    """
    given = drawing.pictures
    shown = [shape["file"] for shape in shapes if shape["kind"] == "image" and isinstance(shape["file"], str)]
    names = {key: f"p{n}" for n, key in enumerate(dict.fromkeys(key for key in shown if key in given))}
    if len(names) > MOST_PICTURES:
        raise Refused(f"This file has {len(names):,} pictures: Easel takes {MOST_PICTURES:,} of one file.")
    drawing.pictures = {name: given[key] for key, name in names.items()}
    found = []
    for shape in shapes:
        if shape["kind"] != "image":
            found.append(shape)
        elif isinstance(shape["file"], str) and shape["file"] in names:
            found.append({**shape, "file": names[shape["file"]]})
        else:
            drawing.lost["picture"] += 1
    return found


def shorten(shapes: list[Raw], lost: Counter[str]) -> None:
    for shape in shapes:
        for name in ("text", "alt"):
            most = KINDS[shape["kind"]].get("most", {}).get(name, TEXTS[name])
            if isinstance(shape.get(name), str) and len(shape[name]) > most:
                shape[name] = shape[name][:most]
                lost["text"] += 1


def bind(shapes: list[Raw], ids: dict[str, str], lost: Counter[str]) -> None:
    """Ends that are bound to nothing there, or to a shape that nothing binds to, are free."""
    kinds = {shape["id"]: shape["kind"] for shape in shapes}
    for shape in shapes:
        for end in ("from", "to"):
            if bound := shape.get(end):
                id = bound.get("id") if isinstance(bound, dict) else None
                holds = isinstance(id, str) and KINDS.get(kinds.get(id, ""), {}).get("binds")
                shape[end] = {**bound, "id": ids[id]} if holds else None  # type: ignore[index]
                lost["bound"] += not holds


def group(shapes: list[Raw], seed: str, *, alone: bool) -> None:
    """A group of one is none, unless it was so in Easel."""
    grouped = [shape for shape in shapes if isinstance(shape["group"], str)]  # others are refused when they are checked
    members = Counter(shape["group"] for shape in grouped)
    for shape in grouped:
        name = shape["group"]
        kept = bool(name) and (alone or members[name] > 1)
        shape["group"] = identifier(seed, f"group {name}") if kept else ""


def moved(shapes: list[Raw], at: tuple[float, float]) -> list[Raw]:
    """So that their middle is there; what reaches beyond the end of the board then is left out."""
    box = box_around(shapes)
    if box is None:
        return shapes
    dx, dy = round(at[0] - (box[0] + box[2]) / 2), round(at[1] - (box[1] + box[3]) / 2)
    return [{**shape, "x": shape["x"] + dx, "y": shape["y"] + dy} for shape in shapes]


def all_checked(shapes: list[Raw], drawing: Drawing) -> list[Raw]:
    return [sound for n, shape in enumerate(shapes) if (sound := checked(shape, n, drawing))]


def checked(shape: Raw, n: int, drawing: Drawing) -> Raw | None:
    """Raises Refused for a bad shape of a file of ours; another program's is left out."""
    try:
        made: Raw = MODELS[shape["kind"]].model_validate({**shape, "z": "front"}).model_dump(by_alias=True)
    except ValidationError as error:
        if drawing.strict:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise Refused(f"Shape {n + 1:,} of this Easel board cannot be drawn: {where} {first['msg']}.") from None
        drawing.lost["bad"] += 1
        return None
    return made


def changes(shapes: list[Raw], seed: str) -> Iterator[bytes]:
    """The bodies of the changes, in order: each continues the one before, so that one undo takes all of them back."""
    put: list[bytes] = []
    size = number = 0
    for shape in shapes:
        body = orjson.dumps(shape)
        if put and (len(put) == LIMITS["operations"] or size + len(body) > MOST_BYTES):
            yield change(put, seed, number)
            put, size, number = [], 0, number + 1
        put.append(body)
        size += len(body)
    if put:
        yield change(put, seed, number)


def change(put: list[bytes], seed: str, number: int) -> bytes:
    head: Raw = {"changeId": change_id(seed, number)}
    if number:
        head["continues"] = change_id(seed, number - 1)
    return orjson.dumps(head)[:-1] + b',"put":[' + b",".join(put) + b"]}"


def change_id(seed: str, number: int) -> str:
    return identifier(seed, f"change {number}")


def identifier(seed: str, name: int | str) -> str:
    return hashlib.blake2b(f"{seed} {name}".encode(), digest_size=12).hexdigest()
