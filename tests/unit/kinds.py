"""One shape of each kind as the API takes it: the least that is needed, and with every field set."""

from typing import Any

from app.shapes.declared import FIGURES, KINDS, NUMBERS

BOUND = {"id": "other", "at": [0.5, 1.0]}
COMMON = {
    "color": "teal",
    "x": 10.5,
    "y": -20.25,
    "rotation": 0.5,
    "opacity": 0.5,
    "group": "g1",
    "locked": "owner",
}
LABEL = {"text": "Zwei\nZeilen\tund 日本語 🎉", "size": 32.0}
PATH = {
    **LABEL,
    "width": 8.0,
    "points": [0.0, 0.0, 50.5, 0.0, 50.5, -20.0],
    "curved": True,
    "dash": "dashed",
    "start": "dot",
    "end": "triangle",
    "from": BOUND,
    "to": {"id": "another", "at": [0.0, 0.25]},
}
FIGURE = {
    **LABEL,
    "w": 200.0,
    "h": 100.5,
    "width": 2.0,
    "dash": "dotted",
    "fill": "tint",
    "fillColor": "#ffffff",
    "radius": 3.0,
    "align": "right",
    "flip": "x",
}

LEAST: dict[str, dict[str, Any]] = {
    "stroke": {"points": [1.0, 2.0]},
    "line": {"points": [0.0, 0.0, 10.0, 0.0]},
    "arrow": {"points": [0.0, 0.0, 10.0, 0.0]},
    **{kind: {"w": 10.0, "h": 20.0} for kind in FIGURES},
    "text": {"text": "Hello"},
    "note": {},
    "frame": {"w": 800.0, "h": 600.0},
    "image": {"w": 10.0, "h": 20.0, "file": "f1"},
}
FULL: dict[str, dict[str, Any]] = {
    "stroke": {"width": 8.0, "points": [0.0, 0.0, 5.0, 5.5], "pressures": [0.25, 1.0]},
    "line": PATH,
    "arrow": PATH,
    **dict.fromkeys(FIGURES, FIGURE),
    "text": {**LABEL, "w": 300.0, "align": "center"},
    "note": {**LABEL, "w": 240.0, "h": 80.0, "align": "left"},
    "frame": {"w": 800.0, "h": 600.0, "text": "Plan"},
    "image": {"w": 64.0, "h": 48.0, "file": "f_-1", "alt": "A cat", "crop": [0.0, 0.25, 1.0, 0.75], "flip": "xy"},
}

# A kind that has no examples above: of each field that is a number the middle, and of every other one the default.
for kind, declared in KINDS.items():
    if kind not in LEAST:
        numbers = {name: NUMBERS[name] for name in declared["fields"] if name in NUMBERS}
        middle = {name: float(limits["least"] + 1) for name, limits in numbers.items()}
        LEAST[kind] = {name: middle.get(name, declared["fields"][name]) for name in declared["needs"]}
        FULL[kind] = {**declared["fields"], **middle}


def least(kind: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "kind": kind, **LEAST[kind]}


def full(kind: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "kind": kind, "z": 7.0, **COMMON, **FULL[kind]}


# What is refused, by kind: the fields, the path of the one that is wrong, and the limit that the answer names.
ANYTHING: list[tuple[dict[str, Any], str, float | None]] = [
    ({"locked": "yes"}, "locked", None),
    ({"locked": 1}, "locked", None),
    ({"group": "a b"}, "group", None),
    ({"group": "g" * 65}, "group", None),
    ({"group": None}, "group", None),
    ({"opacity": -0.1}, "opacity", 0),
    ({"color": "mauve"}, "color", None),
    ({"x": 1e6 + 1}, "x", 1e6),
    ({"y": None}, "y", None),
    ({"rotation": 1e7}, "rotation", 1e6),
    ({"z": "top"}, "z", 1e12),
    ({"z": True}, "z", 1e12),
    ({"z": -2e12}, "z", 1e12),
    ({"z": {"above": 7}}, "z", 1e12),
    ({"z": {"above": "a b"}}, "z", 1e12),
    ({"z": {"above": "a", "below": "b"}}, "z", 1e12),
    ({"z": {}}, "z", 1e12),
    ({"author": "me"}, "author", None),
    ({"unheard": 1}, "unheard", None),
]
TEXT: list[tuple[dict[str, Any], str, float | None]] = [
    ({"text": "x" * 5_001}, "text", 5_000),
    ({"text": "a\0"}, "text", None),
    ({"text": "a\r\nb"}, "text", None),
    ({"text": "a\x7f"}, "text", None),
    ({"text": "a\u2028b"}, "text", None),
    ({"text": "\uffff"}, "text", None),
    ({"text": 7}, "text", None),
    ({"size": 7.9}, "size", 8),
    ({"size": 400.1}, "size", 400),
]
PENCIL: list[tuple[dict[str, Any], str, float | None]] = [
    ({"width": 0.4}, "width", 0.5),
    ({"width": 64.1}, "width", 64),
    ({"dash": "wavy"}, "dash", None),
]
WIDE: list[tuple[dict[str, Any], str, float | None]] = [({"w": -1}, "w", 0), ({"w": 1e6 + 1}, "w", 1e6)]
HIGH: list[tuple[dict[str, Any], str, float | None]] = [({"h": -1}, "h", 0), ({"h": "1"}, "h", None)]
LINES = [
    *TEXT,
    *PENCIL,
    ({"points": [0, 0]}, "points", 4),
    ({"points": [0, 0, 1]}, "points", 4),
    ({"points": [0, 0, 1, 1, 2]}, "points", None),
    ({"points": [0, 0] * 101}, "points", 200),
    ({"points": [0, 0, 1e6, 0], "x": 1}, "points", 1e6),
    ({"pressures": []}, "pressures", None),
    ({"curved": "yes"}, "curved", None),
    ({"start": "heart"}, "start", None),
    ({"end": None}, "end", None),
    ({"from": "a"}, "from", None),
    ({"from": {"at": [0, 0]}}, "from.id", None),
    ({"from": {"id": "a b", "at": [0, 0]}}, "from.id", None),
    ({"from": {"id": "a"}}, "from.at", None),
    ({"to": {"id": "a", "at": [0]}}, "to.at", 2),
    ({"to": {"id": "a", "at": [0, 0, 0]}}, "to.at", 2),
    ({"to": {"id": "a", "at": [0, 1.01]}}, "to.at", 1),
    ({"to": {"id": "a", "at": [0, 1], "gap": 4}}, "to.gap", None),
    ({"w": 1}, "w", None),
]
BODIES = [
    *TEXT,
    *PENCIL,
    *WIDE,
    *HIGH,
    ({"fill": "hatched"}, "fill", None),
    ({"fillColor": "mauve"}, "fillColor", None),
    ({"fillColor": "#fff"}, "fillColor", None),
    ({"fillColor": None}, "fillColor", None),
    ({"radius": -1}, "radius", 0),
    ({"radius": 1_001}, "radius", 1_000),
    ({"align": "justify"}, "align", None),
    ({"points": [0, 0]}, "points", None),
]
BAD: dict[str, list[tuple[dict[str, Any], str, float | None]]] = {
    "stroke": [
        ({"pressures": [0.5, 0.5]}, "pressures", 600),
        ({"pressures": [0.5, 1.1]}, "pressures", 1),
        ({"points": [0, 0] * 601, "pressures": [0.5] * 601}, "pressures", 600),
        ({"points": [0, 0] * 5_001}, "points", 10_000),
        ({"text": ""}, "text", None),
        ({"dash": "solid"}, "dash", None),
    ],
    "line": LINES,
    "arrow": LINES,
    **dict.fromkeys(FIGURES, BODIES),
    "text": [*TEXT, *WIDE, ({"align": ""}, "align", None), ({"h": 1}, "h", None), ({"width": 4}, "width", None)],
    "note": [*TEXT, *WIDE, *HIGH, ({"align": None}, "align", None), ({"fill": "solid"}, "fill", None)],
    "frame": [*WIDE, *HIGH, ({"text": "x" * 201}, "text", 200), ({"size": 20}, "size", None)],
    "image": [
        *WIDE,
        *HIGH,
        ({"file": ""}, "file", None),
        ({"file": "../x"}, "file", None),
        ({"alt": "x" * 1_001}, "alt", 1_000),
        ({"crop": [0, 0, 1]}, "crop", 4),
        ({"crop": [0.5, 0, 0.5, 1]}, "crop", None),
        ({"crop": [0, 0.5, 1, 0.25]}, "crop", None),
        ({"crop": [0, 0, 1, 1.5]}, "crop", 1),
        ({"flip": "z"}, "flip", None),
        ({"radius": 1}, "radius", None),
    ],
}
BAD |= {
    kind: [({name: NUMBERS[name]["most"] + 1}, name, NUMBERS[name]["most"]) for name in FULL[kind] if name in NUMBERS]
    for kind in FULL
    if kind not in BAD
}
LACKING = [(kind, name) for kind in LEAST for name in LEAST[kind]]
REFUSED = [(kind, *case) for kind, cases in BAD.items() for case in [*ANYTHING, *cases]]
