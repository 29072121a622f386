"""Shapes of all kinds, to hold the two renderers together.

    .venv/bin/python -m tests.drawn

writes `tests/fixtures/shapes.json` anew. Look at what changed: pages and stored pictures of every board change with it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import count, product
from math import cos, pi, sin
from pathlib import Path
from typing import Any, TypeAlias

from app.drawing import render
from app.shapes import PALETTE, Shape, shape_of
from app.shapes.declared import FIGURES, KINDS
from app.shapes.shape import packed

FIXTURE = Path(__file__).parent / "fixtures/shapes.json"
IMAGES = "/boards/b1/images/"

Json: TypeAlias = dict[str, Any]
BOX: Json = {"w": 160, "h": 100}
# What is drawn of each kind if nothing else is said: of every field its default, and a size.
OWN: dict[str, Json] = {
    "line": {"points": [0, 0, 100, 50]},
    "arrow": {"points": [0, 0, 100, 50]},
    "text": {"text": "Text"},
    "frame": {"w": 400, "h": 300},
    "image": {**BOX, "file": "file_1-a"},
}
DEFAULTS: dict[str, Json] = {
    kind: {
        **one["fields"],
        **OWN.get(kind, BOX if one["needs"] == ["w", "h"] else {}),
    }
    for kind, one in KINDS.items()
}
HEADS = ("none", "arrow", "triangle", "dot", "bar")
TEXTS = (
    "",
    " ",
    "\n",
    "Buy milk",
    "</svg><script>alert(1)</script>",
    "\"quoted\" & 'single' <b>&amp;",
    "a  b   c    d\n  indented\ttabbed\n\n\nafter empty lines   ",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "你好，世界。这是一个没有空格的句子，所以它可以在任何地方换行。",
    "日本語とEnglishが混ざった文",
    "안녕하세요 세계",
    "Привет, доска! Щука и ёж.",
    "Nguyễn Thị Minh Khai ở Hà Nội",
    "שלום עולם",
    "مرحبا بالعالم كيف الحال",
    "👋🏽 👨‍👩‍👧‍👦 🇪🇺 ❤️ 1️⃣ 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    "e\u0301galite\u0301 n\u0303 \u0301alone",
    "no\u00a0break\u00a0here at\u200ball",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠮷𠮷𠮷",
    "don't ‘single’ — “double” … 1,234.50 €",
)
LONG = "All work and no play makes a dull board. " * 122  # 5,002 characters: cut to the limit


def shape(id: str, kind: str, **fields: Any) -> Json:
    """A shape in the API's form, with every field."""
    common = {"color": "black", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    return {"id": id, "kind": kind, **common, **DEFAULTS[kind], **fields}


def stored(made: Mapping[str, Any]) -> Shape:
    return shape_of({**packed(made), "z": 0.0, "author": "u1", "ts": 1})


def draw(made: list[Json]) -> list[str]:
    shapes = [stored(one) for one in made]
    return render.shapes(shapes, {one.id: one for one in shapes}.get, IMAGES)


def parted(svg: str) -> tuple[str, Any]:
    """The markup without `data-shape`, whose numbers may be written differently, and what that says."""
    found = re.search(r" data-shape='([^']*)'", svg)
    return (svg.replace(found[0], ""), json.loads(unescape(found[1]))) if found else (svg, None)


def samples() -> list[Json]:
    made = [shape(f"{kind}-plain", kind) for kind in DEFAULTS]
    numbered = count()

    def add(kind: str, **fields: Any) -> Json:
        made.append(shape(f"s{next(numbered)}", kind, **fields))
        return made[-1]

    for kind in DEFAULTS:
        add(kind, x=12.34, y=-5.67, rotation=0.5, color="#ff0080", opacity=0.25)
        add(kind, x=-999_999.99, y=100_000.01, color="violet", group="g1", locked=True)
        add(kind, x=99_999.99, y=-100_000, rotation=-1e6)
    for color in PALETTE:
        add("note", color=color, text=color)
    for kind in ("rectangle", "ellipse", "diamond"):
        for n, (dash, fill) in enumerate(product(("solid", "dashed", "dotted"), ("none", "tint", "solid"))):
            add(kind, x=10 * n + 0.01, dash=dash, fill=fill, width=0.5 + n, radius=n * 7.5, text="Label here")
        for color, fill in product(("black", "yellow", "#ffffff", "#1e1e1e"), ("tint", "solid")):
            for other in ("", "blue", "#a5d8ff", "#777777", color):
                add(kind, color=color, fill=fill, fillColor=other, radius=4, text="Ink")
        add(kind, fillColor="red", text="No fill")
        add(kind, w=0, h=0, text="No room")
        add(kind, w=1e6, h=0.01, radius=1000)
        add(kind, w=33.33, h=66.67, radius=1000, width=64)
    for n, text in enumerate((*TEXTS, LONG[:5000])):
        align = ("left", "center", "right")[n % 3]
        add("text", text=text, align=align, x=0.05 * n, size=8 + n)
        add("text", text=text, align=align, w=77.77, size=16.66)
        add("note", text=text, align=align, h=50)
        add("rectangle", text=text, align=align, fill="tint")
        add("arrow", text=text, points=[0, 0, 300, 80])
        add("image", alt=text[:1000], flip=("", "x", "y", "xy")[n % 4], crop=[0, 0.1, 0.333, 1] if n % 2 else None)
    for n, text in enumerate(TEXTS):
        add("frame", text=text, w=20 * n)
    for n, (start, end) in enumerate(product(HEADS, HEADS)):
        points = [0, 0, 40.1, 30, 80, -20.2, 130, 5]
        add("arrow", start=start, end=end, width=0.5 + n, points=points[: 4 + 2 * (n % 3)], curved=n % 2 == 0)
        add("line", start=start, end=end, dash=("dashed", "dotted")[n % 2], points=points, curved=n % 4 == 1)
    for n, far in enumerate((20, 60, 120, 200, 400)):
        for m, (x, y) in enumerate(((1, 0), (0, 1), (-0.8, 0.6), (0, -1), (-1, 0))):
            points = [0, 0, round(far * x, 1), round(far * y, 1)]
            add("arrow", points=points, text=("Yes", "depends on", "a\nb\nc")[n % 3], start=HEADS[m], width=0.5 + m)
            bend = [0, 0, round(far * y / 2 + 5, 1), round(far * x / 2, 1), *points[2:]]
            add("line", points=bend, curved=m % 2 == 0, text="through", dash=("solid", "dashed")[n % 2], end="triangle")
    for n, text in enumerate(
        ("Postgres", "Valid?", "Is the input valid?", "a Postgres b", "x" * 40, "two\nlines 日本語")
    ):
        for kind in ("rectangle", "ellipse", "diamond"):
            for w, h in ((160, 100), (120, 60), (90, 200), (40, 40)):
                add(kind, w=w, h=h, text=text, align=("center", "left", "right")[n % 3])
    for course in ("0 0 0 0", "0 0 0.1 0", "5 5 5 5 5 5", "0 0 10 0 10 0 20 10", "0 0 1 0 500 0 501 1"):
        for curved in (False, True):
            add("arrow", points=[float(value) for value in course.split()], curved=curved, start="dot")
    spiral = [round(value, 1) for n in range(100) for value in (3 * n * cos(n / 4), 3 * n * sin(n / 4))]
    add("line", points=spiral, curved=True, end="triangle")
    made.extend(_bound())
    made.extend(_figures())
    made.extend(_flipped())
    made.extend(_inked())
    for kind in ("stroke", "note"):
        made.append(shape(f"{kind}-held", kind, locked="owner"))
    for far in (120, 200, 260):
        made.append(shape(f"labelled-{far}", "arrow", points=[0, 0, far, 10], text="a long label here"))
    return made


def _bound() -> Iterator[Json]:
    """Shapes, and arrows from and to each of them, to themselves and to what is not there."""
    bodies = [
        shape("b0", "rectangle", x=0, y=0, radius=40),
        shape("b1", "ellipse", x=400, y=50, width=12),
        shape("b2", "diamond", x=100, y=400, rotation=0.7),
        shape("b3", "note", x=500, y=400, text="A note\nof\nsix\nlines\nis\nhigher", h=40),
        shape("b4", "text", x=-300, y=200, text="Text", rotation=-0.2),
        shape("b5", "stroke", x=-300, y=400, points=[0, 0, 30, 60, 80, 10]),
        shape("b6", "frame", x=-100, y=-100, w=900, h=800, text="Frame"),
        shape("b7", "line", x=200, y=300, points=[0, 0, 100, 100], rotation=3),
        shape("b8", "image", x=700, y=100, rotation=pi / 2),
    ]
    yield from bodies
    places = ([0.5, 0.5], [0, 0], [1, 0.5], [0.25, 1])
    numbered = count()
    for n, start in enumerate(bodies):
        for m, end in enumerate(bodies):
            at, to = places[(n + m) % 4], places[(n * m) % 4]
            fields: Json = {"from": {"id": start["id"], "at": at}, "to": {"id": end["id"], "at": to}}
            if (n + m) % 5 == 1:
                fields |= {"points": [0, 0, 100, 250, 1, 1], "curved": True, "text": "via"}
            if (n + m) % 7 == 2:
                fields |= {"x": 30, "y": -20, "rotation": 0.3, "to": None}
            yield shape(f"a{next(numbered)}", "arrow", **fields)
    yield shape("lost", "arrow", **{"from": {"id": "nowhere", "at": [0, 0]}, "to": {"id": "lost", "at": [1, 1]}})


def _figures() -> Iterator[Json]:
    """The figures that have only an outline, with corners and labels; and arrows to places in and on each."""
    numbered = count()
    for n, kind in enumerate(kind for kind in FIGURES if kind not in ("rectangle", "ellipse", "diamond")):
        look: Json = {"dash": ("solid", "dashed")[n % 2], "fill": ("tint", "solid", "none")[n % 3], "fillColor": "blue"}
        for w, h, radius in ((160, 120, 0), (160, 120, 12), (33.33, 66.67, 1000), (1e6, 0.01, 5), (0, 0, 3)):
            text = ("", "Postgres", "Is the input valid?")[next(numbered) % 3]
            yield shape(f"{kind}-{next(numbered)}", kind, w=w, h=h, radius=radius, text=text, **look)
        yield shape(f"{kind}-to", kind, x=1000 * n, y=3000, rotation=0.4 * n, w=180, h=130, radius=6 * (n % 3))
        for m, at in enumerate(([0.5, 0.5], [0.5, 1], [0, 0.76], [0.9, 0.1], [0.3, 0.3])):
            fields: Json = {"to": {"id": f"{kind}-to", "at": at}, "points": [-150, 70 * m - 100, 1, 1]}
            yield shape(f"{kind}-arrow-{m}", "arrow", x=1000 * n, y=3000 + 10 * m, **fields)


def _flipped() -> Iterator[Json]:
    """Figures as a mirror shows them, and an arrow to a place on each."""
    for n, (kind, flip) in enumerate(product(("right-triangle", "speech-bubble", "cylinder"), ("x", "y", "xy"))):
        id = f"{kind}-{flip}"
        yield shape(id, kind, x=400 * n, y=5000, rotation=0.3 * n, radius=8, text="Valid?", flip=flip)
        to = {"id": id, "at": [0.9, 0.1]}
        yield shape(f"{id}-arrow", "arrow", x=400 * n, y=5000, points=[-150, -100, 1, 1], to=to)


def _inked() -> Iterator[Json]:
    for n in (1, 2, 3, 10, 60, 600):
        turned = [value for i in range(n) for value in (round(2.5 * i, 1), round(40 * sin(i / 7) + i % 3, 1))]
        for width in (0.5, 4, 20):
            pressures = [round(0.5 + 0.5 * sin(i / 11 + width), 2) for i in range(n)]
            yield shape(f"ink{n}-{int(width)}", "stroke", width=width, points=turned, pressures=pressures, x=width)
    flat = [value for i in range(30) for value in (5 * i, 0)]
    yield shape("ink-flat", "stroke", width=1, points=flat, pressures=[0.6] * 30)
    yield shape("ink-back", "stroke", width=6, points=[0, 0, 50, 0, 0, 0, 50, 0.1], pressures=[0, 1, 0.5, 1])
    yield shape("ink-still", "stroke", width=6, points=[3, 4, 3, 4], pressures=[0.2, 0.9])
    yield shape("stroke-shifted", "stroke", x=10, points=[3.1, -4.2, 10, 10, 20.5, 0])


if __name__ == "__main__":
    made = samples()
    rows = [{"shape": one, "svg": svg} for one, svg in zip(made, draw(made), strict=True)]
    FIXTURE.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
