"""QR codes."""

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around the code, which cameras need


def qr(address: str, label: str) -> Markup:
    """An SVG element: dark on white in every theme, or cameras do not read it."""
    drawn = segno.make_qr(address, error="m").svg_inline(border=QUIET, omitsize=True, light="#fff", svgclass="qr")
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{Markup.escape(label)}" ', 1))
