"""What the parts of shapes look like in one theme, in plain colours: as static/css/shapes.css has browsers mix them."""

from functools import lru_cache

from app.drawing.contrast import LABEL, PAPER, THEMES, TINT, mix, shade_of
from app.drawing.oklch import relit

PAPERS = {"sheet": ((0.94, 0.45), (0.35, 0.42)), "fold": ((0.88, 0.6), (0.43, 0.5))}  # lightness and chroma, by theme


@lru_cache(maxsize=4096)
def look(part: str, color: str, theme: int) -> str:
    """The style of a part, given by its classes, of a shape of this colour. `theme` is 0 in light, 1 in dark."""
    own, canvas, black = shade_of(color, theme), PAPER[theme], shade_of("black", theme)
    match part:
        case "tint":
            return f"fill:{mix(own, canvas, TINT)}"
        case "label":
            return f"fill:{mix(own, black, LABEL)}"
        case "title":
            return f"fill:{mix(own, canvas, 72)}"
        case "paper":
            return f"fill:{canvas}"
        case "ink":
            return f"fill:{black}"
        case "sheet" | "fold":
            return f"fill:{relit(own, *PAPERS[part][theme])};stroke:{mix(own, canvas, 42)};stroke-width:20px"
        case "frame":
            return f"fill:{mix(own, canvas, 2.5)};stroke:{mix(own, canvas, 38)};stroke-width:30px"
    names = part.split()  # such as `day-dark night-light`
    if f"{THEMES[theme]}-dark" in names:
        return "fill:#000"
    return "fill:#fff" if f"{THEMES[theme]}-light" in names else f"fill:{own}"
