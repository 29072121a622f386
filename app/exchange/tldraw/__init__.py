"""A tldraw file, or what tldraw puts on a clipboard."""

from app.exchange.tldraw.pages import read_tldraw

__all__ = ["read_tldraw"]
