"""A board's thumbnail as an answer."""

from base64 import b64decode

from app.convex.thumbnail_shelf import Latest, Theme
from app.web.download import HEADERS

KEPT = 3600  # s in the browser's cache, as other pictures
# One px that shows what is behind it: browsers draw a broken picture if there is none.
CLEAR = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII=")


def headers(found: Latest, theme: Theme, named: bool) -> dict[str, str]:
    """`named` is whether the address changes with the board. Only a thumbnail that shows the board as it is stays."""
    thumbnail = found.thumbnail
    if thumbnail is None:
        return HEADERS
    level = thumbnail.ts >= found.head
    kept = {"Cache-Control": f"private, max-age={KEPT}"} if named and level else {}
    return HEADERS | kept | {"ETag": f'"{thumbnail.ts}-{thumbnail.version}-{theme}"'}
