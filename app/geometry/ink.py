"""Ink whose width follows the pressure. The same as static/js/kinds/ink.js."""


def most_radius(width: float) -> float:
    """px from a point to the edge of the ink, at full pressure."""
    return 0.75 * width


def outline_path(points: str, pressures: str, width: float, origin: tuple[int, int]) -> str:
    return f"M{origin}{points}{pressures}{width}"
