"""A drawing in SVG, from whatever program, as shapes."""

from app.exchange.svg.file import read_svg

__all__ = ["read_svg"]
