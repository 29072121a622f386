"""Which pictures the API takes, and what it says of every other file."""

from app.errors import Invalid, UnsupportedMedia
from app.images.content import content_of

TAKEN = "PNG, JPEG, WebP, GIF and AVIF"


def kind_of(head: bytes, name: str = "This file") -> str:
    """PNG, JPEG, WEBP, GIF or AVIF. Raises UnsupportedMedia, and Invalid for no bytes at all."""
    if not head:
        raise Invalid(f"{name} is empty (0 bytes).", field="file")
    content = content_of(head)
    if content.kind:
        return content.kind
    advice = f" {content.advice}" if content.advice else ""
    raise UnsupportedMedia(f"{name} is {content.title}, none of {TAKEN}.{advice}", field="file", limit=TAKEN)
