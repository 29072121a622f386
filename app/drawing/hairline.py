"""Lines of a picture that is much smaller than life: thin ones would fade away. Like browser/view/hairline.ts."""

import re

LEAST = 0.7  # px of the picture
USUAL = 80.0  # twentieths of a board px: a line that says no width
# Text cannot look like it: it has no quotation marks.
WIDTH = re.compile(r'stroke-width(?P<before>="|:)(?P<width>[\d.]+)(?P<after>"|px")')


def least(scale: float, seen: float = LEAST) -> float:
    """How many twentieths of a board px are `seen` px of a picture with `scale` px a board px."""
    return 20 * seen / scale


def thickened(elements: str, least: float) -> str:
    """The elements without a line thinner than `least`, in the unit of their widths."""

    def width(found: re.Match[str]) -> str:
        enough = float(found["width"]) >= least
        return found[0] if enough else f"stroke-width{found['before']}{least:.1f}{found['after']}"

    return WIDTH.sub(width, elements)
