"""One shape of each kind as the API takes it: the least that is needed, and with every field set."""

from typing import Any

BOUND = {"id": "other", "at": [0.5, 1.0]}
COMMON = {
    "color": "teal",
    "x": 10.5,
    "y": -20.25,
    "rotation": 0.5,
    "opacity": 0.5,
    "group": "g1",
    "locked": True,
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
    "radius": 3.0,
    "align": "right",
}

LEAST: dict[str, dict[str, Any]] = {
    "stroke": {"points": [1.0, 2.0]},
    "line": {"points": [0.0, 0.0, 10.0, 0.0]},
    "arrow": {"points": [0.0, 0.0, 10.0, 0.0]},
    "rectangle": {"w": 10.0, "h": 20.0},
    "ellipse": {"w": 10.0, "h": 20.0},
    "diamond": {"w": 10.0, "h": 20.0},
    "text": {"text": "Hello"},
    "note": {},
    "frame": {"w": 800.0, "h": 600.0},
    "image": {"w": 10.0, "h": 20.0, "file": "f1"},
}
FULL: dict[str, dict[str, Any]] = {
    "stroke": {"width": 8.0, "points": [0.0, 0.0, 5.0, 5.5], "pressures": [0.25, 1.0]},
    "line": PATH,
    "arrow": PATH,
    "rectangle": FIGURE,
    "ellipse": FIGURE,
    "diamond": FIGURE,
    "text": {**LABEL, "w": 300.0, "align": "center"},
    "note": {**LABEL, "w": 240.0, "h": 80.0, "align": "left"},
    "frame": {"w": 800.0, "h": 600.0, "text": "Plan"},
    "image": {"w": 64.0, "h": 48.0, "file": "f_-1", "alt": "A cat", "crop": [0.0, 0.25, 1.0, 0.75], "flip": "xy"},
}


def least(kind: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "kind": kind, **LEAST[kind]}


def full(kind: str, id: str = "a") -> dict[str, Any]:
    return {"id": id, "kind": kind, "z": 7.0, **COMMON, **FULL[kind]}
