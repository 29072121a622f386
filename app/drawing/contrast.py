"""The ink of a label that stands out on its figure's fill, in light and dark. The same as browser/kinds/contrast.ts.

Whole numbers only, so that both sides decide alike.
"""

from functools import lru_cache

from app.shapes import PALETTE, Figure

# As static/css/tokens.css has it, in light and in dark.
PAPER = ("#fdfbf6", "#1e1d1a")
COLORS = PALETTE
THEMES = ("day", "night")
TINT, LABEL = 18, 60  # per cent of the colour in a tinted body, and in the label of one
USUAL = {"tint": "label", "solid": "paper"}
ENOUGH, ALIKE = 45, 30  # tenths of a contrast: of a line's own colour, and of letters in the hue of the fill
FLARE = 5_000_000  # WCAG adds 0.05 to a luminance of at most 1; here that is at most 10^8
MIDDLE = 22_912_878  # as far from black as from white: the root of FLARE * (10^8 + FLARE)

# Each sRGB channel as light, in ten-thousandths.
LIGHT = [
    int(10_000 * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) + 0.5)
    for c in [value / 255 for value in range(256)]
]


def own_fill(figure: Figure) -> bool:
    """Whether the body has another colour than the line."""
    return figure.fill != "none" and figure.fillColor not in ("", figure.color)


def label_look(figure: Figure) -> str:
    """The classes of a figure's label; none: it is written in the colour of the line."""
    return "" if figure.fill == "none" else _look(figure.fill, figure.color, figure.fillColor)


@lru_cache(maxsize=1024)
def _look(fill: str, color: str, other: str) -> str:
    own = other not in ("", color)
    if not own and color in COLORS:
        return USUAL[fill]
    bodies, clear = [], []
    for theme, paper in enumerate(PAPER):
        line = shade_of(color, theme)
        shade = shade_of(other, theme) if own else line
        bodies.append(shade if fill == "solid" else mix(shade, paper, TINT))
        hue = paper if fill == "solid" else mix(line, COLORS["black"][theme], LABEL)
        clear.append(_stand_out(line, bodies[-1], ENOUGH) if own else _stand_out(hue, bodies[-1], ALIKE))
    if not own and all(clear):
        return USUAL[fill]
    needed = [not own or not fine for fine in clear]
    return " ".join([f"{THEMES[n]}-{_ink(body)}" for n, body in enumerate(bodies) if needed[n]])


def shade_of(color: str, theme: int) -> str:
    """In #rrggbb."""
    return COLORS[color][theme] if color in COLORS else color


def mix(one: str, other: str, percent: float) -> str:
    """As color-mix(in srgb) does."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join([f"{int((percent * a + (100 - percent) * b + 50) // 100):02x}" for a, b in pairs])


def _channels(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(color: str) -> int:
    red, green, blue = (LIGHT[channel] for channel in _channels(color))
    return 2126 * red + 7152 * green + 722 * blue


def _stand_out(one: str, other: str, tenths: int) -> bool:
    low, high = sorted((_luminance(one), _luminance(other)))
    return 10 * (high + FLARE) >= tenths * (low + FLARE)


def _ink(body: str) -> str:
    """Black or white, whichever has more contrast: at least 4.58."""
    return "dark" if _luminance(body) + FLARE > MIDDLE else "light"
