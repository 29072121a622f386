"""tldraw's shapes as ours, one function for each kind of theirs."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.exchange.ground.values import number, pick, table, words
from app.exchange.tldraw import lines, style
from app.exchange.tldraw.ink import ink
from app.exchange.tldraw.store import Place, Record, Store
from app.exchange.tldraw.words import address, said

FIGURES = {
    **{name: name for name in ("rectangle", "ellipse", "triangle", "diamond", "trapezoid", "pentagon", "hexagon")},
    **{name: name for name in ("octagon", "star", "cloud", "heart")},
    **{"rhombus": "parallelogram", "rhombus-2": "parallelogram", "oval": "rectangle"},
    **{"x-box": "rectangle", "check-box": "rectangle"},
}
SIGNS = {"x-box": "✕", "check-box": "✓"}
ROUND = 6.0  # px, of the corners that they draw by hand
NOTE = 200.0  # px
LINE = 1.35 - 1.25  # of the size: their lines of text are so much higher
# Block arrows to the right, in the unit box; the others are turned.
BLOCK = ((0, 0.2), (0.6, 0.2), (0.6, 0), (1, 0.5), (0.6, 1), (0.6, 0.8), (0, 0.8), (0, 0.2))
TURNS = {
    "arrow-right": lambda x, y: (x, y),
    "arrow-left": lambda x, y: (1 - x, y),
    "arrow-down": lambda x, y: (y, x),
    "arrow-up": lambda x, y: (y, 1 - x),
}


def shape_of(
    shape: Record, place: Place, store: Store, places: Mapping[str, Place], lost: Counter[str]
) -> dict[str, Any] | None:
    """None for a group, which its members know, and for what we have no kind for."""
    props, kind = table(shape.get("props")), shape.get("type")
    match kind:
        case "geo":
            made = figure(props, lost)
        case "text":
            made = text(props)
        case "note":
            made = note(props)
        case "frame":
            made = {"kind": "frame", **size(props), "text": words(props.get("name"))[:200], "color": "grey"}
        case "draw" | "highlight":
            made = ink(shape, props)
            lost["filled"] += props.get("isClosed") is True and props.get("fill", "none") != "none"
            lost["dashed"] += style.dash(props) != "solid"
        case "line":
            made = lines.line(props)
        case "arrow":
            made = lines.arrow(shape, props, place, store, places)
        case "image":
            made = image(props)
        case "bookmark" | "embed":
            made = link(props, store)
            lost["link"] += 1
        case "group":
            return None
        case _:
            lost["video" if kind == "video" else "kind"] += 1
            return None
    return {**placed(shape, place, made), "color": made.get("color", style.color(props))}


def placed(shape: Record, place: Place, made: dict[str, Any]) -> dict[str, Any]:
    at = {"x": round(place.x, 2), "y": round(place.y + made.pop("down", 0.0), 2), "rotation": place.rotation}
    opacity = place.opacity * made.pop("opacity", 1.0)
    return {**made, **at, "id": shape["id"], "opacity": opacity, "locked": place.locked, "group": place.group}


def figure(props: dict[str, Any], lost: Counter[str]) -> dict[str, Any]:
    geo, label = str(props.get("geo")), said(props)
    if geo in TURNS:
        lost["block"] += 1
        return block(props, geo, label)
    w, h = (number(props.get(name), 100) for name in ("w", "h"))
    h += number(props.get("growY"))
    lost["sign"] += geo in SIGNS
    lost["vertical"] += bool(label) and props.get("verticalAlign", "middle") != "middle"
    radius = min(w, h) / 2 if geo == "oval" else ROUND if props.get("dash") == "draw" else 0.0
    return {
        **{"kind": pick(geo, FIGURES, "rectangle"), "w": round(w, 2), "h": round(h, 2), "radius": radius},
        **{"width": style.width(props), "dash": style.dash(props), **style.fill(props)},
        **{"text": label or SIGNS.get(geo, ""), "size": style.letters(props, style.LABELS)},
        **{"align": style.align(props), "flip": "x" if geo == "rhombus-2" else ""},
    }


def block(props: dict[str, Any], geo: str, label: str) -> dict[str, Any]:
    """Its outline, as a line."""
    w, h = number(props.get("w"), 100), number(props.get("h"), 100) + number(props.get("growY"))
    turned = [TURNS[geo](x, y) for x, y in BLOCK]
    points = [round(value, 1) for x, y in turned for value in (x * w, y * h)]
    look = {"width": style.width(props), "dash": style.dash(props)}
    return {"kind": "line", "points": points, **look, "text": label, "size": style.letters(props, style.LABELS)}


def text(props: dict[str, Any]) -> dict[str, Any]:
    letters = style.letters(props, style.LETTERS)
    fixed = props.get("autoSize") is False
    w = round(number(props.get("w")) * style.scale(props), 2) if fixed else 0.0
    return {
        "kind": "text",
        "text": said(props),
        "size": letters,
        "align": style.align(props),
        "w": w,
        "down": LINE / 2 * letters,
    }


def note(props: dict[str, Any]) -> dict[str, Any]:
    side, grown = NOTE * style.scale(props), number(props.get("growY")) * style.scale(props)
    words = {"text": said(props), "size": style.letters(props, style.LABELS), "align": style.align(props)}
    color = {"color": "yellow"} if style.color(props) == "black" else {}  # their paper, not their ink
    return {"kind": "note", "w": round(side, 2), "h": round(side + grown, 2), **words, **color}


def image(props: dict[str, Any]) -> dict[str, Any]:
    flip = f"{'x' if props.get('flipX') is True else ''}{'y' if props.get('flipY') is True else ''}"
    about = {"file": str(props.get("assetId")), "alt": words(props.get("altText")), "flip": flip}
    crop = table(props.get("crop"))
    corners = (table(crop.get("topLeft")), table(crop.get("bottomRight")))
    sides = [number(corner.get(name), n) for n, corner in enumerate(corners) for name in ("x", "y")]
    whole = not crop or sides == [0, 0, 1, 1] or not (0 <= sides[0] < sides[2] <= 1 and 0 <= sides[1] < sides[3] <= 1)
    return {"kind": "image", **size(props), **about, "crop": None if whole else sides}


def link(props: dict[str, Any], store: Store) -> dict[str, Any]:
    wide = {"w": round(number(props.get("w"), 300), 2), "h": round(number(props.get("h"), 100), 2)}
    return {"kind": "rectangle", **wide, "radius": ROUND, "text": address(props, store.asset(props)), "width": 2.0}


def size(props: dict[str, Any]) -> dict[str, float]:
    return {"w": round(abs(number(props.get("w"), 100)), 2), "h": round(abs(number(props.get("h"), 100)), 2)}
