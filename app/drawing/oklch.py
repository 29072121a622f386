"""CSS's `oklch(from … l c h)` for colours of sRGB. The numbers are those of the CSS Color specification.

Of a browser's gamut mapping only the clipping: that is what Chromium does.
"""

from math import cbrt


def relit(color: str, lightness: float, chroma: float) -> str:
    """The #rrggbb of `oklch(from color lightness calc(c * chroma) h)`."""
    red, green, blue = (linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = chroma * (1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short)
    b = chroma * (0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    lit = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join([f"{round(255 * min(1.0, max(0.0, coded(channel)))):02x}" for channel in lit])


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def coded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
