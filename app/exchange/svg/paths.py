"""Parts as path data."""

from app.exchange.svg.lengths import numbers
from app.exchange.svg.parts import Part


def path_of(part: Part) -> str:
    match part.tag:
        case "path":
            return part.source.get("d") or ""
        case "polyline" | "polygon":
            given = numbers(part.source.get("points"))
            pairs = [f"{x} {y}" for x, y in zip(given[::2], given[1::2], strict=False)]
            return f"M{'L'.join(pairs)}{'Z' if part.tag == 'polygon' else ''}" if pairs else ""
        case "line":
            x1, x2 = (part.length(name, part.view.w) for name in ("x1", "x2"))
            y1, y2 = (part.length(name, part.view.h) for name in ("y1", "y2"))
            return f"M{x1} {y1}L{x2} {y2}"
        case "rect":
            return rectangle(part)
    return ellipse(part)


def rectangle(part: Part) -> str:
    wide, high = part.view
    x, y = part.length("x", wide), part.length("y", high)
    w, h = part.length("width", wide), part.length("height", high)
    if w <= 0 or h <= 0:
        return ""
    rx, ry = part.length("rx", wide, -1), part.length("ry", high, -1)
    rx, ry = (rx if rx >= 0 else ry), (ry if ry >= 0 else rx)
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if rx <= 0 or ry <= 0:
        return f"M{x} {y}H{x + w}V{y + h}H{x}Z"
    arc = f"A{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}H{x + w - rx}{arc} {x + w} {y + ry}V{y + h - ry}{arc} {x + w - rx} {y + h}"
        f"H{x + rx}{arc} {x} {y + h - ry}V{y + ry}{arc} {x + rx} {y}Z"
    )


def ellipse(part: Part) -> str:
    wide, high = part.view
    cx, cy, r = part.length("cx", wide), part.length("cy", high), part.length("r", (wide + high) / 2)
    rx, ry = (r, r) if part.tag == "circle" else (part.length("rx", wide, -1), part.length("ry", high, -1))
    rx, ry = (rx if rx >= 0 else ry), (ry if ry >= 0 else rx)
    arc = f"A{rx} {ry} 0 1 1"
    return f"M{cx - rx} {cy}{arc} {cx + rx} {cy}{arc} {cx - rx} {cy}Z" if rx > 0 and ry > 0 else ""
